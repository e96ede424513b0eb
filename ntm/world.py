"""Worlds: a dataset is either the sample or real, and no figure, sentence or file mixes the two.

*Sample*: generated for illustration, beside what is published. *Real*: what the office has entered (official), beside
what is published. The sample world opens until the first official fact is there; from then on the real one does, and
whatever is not reported in it is unknown.
"""

from enum import StrEnum

PUBLISHED, OFFICIAL, SAMPLE = "published", "official", "sample"  # kinds of facts


class World(StrEnum):
    """Which facts a dataset holds."""

    SAMPLE = "sample"
    REAL = "real"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of facts that belong to this world."""
        return (PUBLISHED, SAMPLE) if self is World.SAMPLE else (PUBLISHED, OFFICIAL)

"""Worlds: a dataset is either the sample or real, and no figure, sentence or file mixes the two.

*Sample*: generated facts, for illustration, and published ones. *Real*: official facts, which the office has entered,
and published ones. The sample world opens until there is an official fact; from then on the real one does, and whatever
is not reported in it is unknown.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What a fact is: published with a source, entered by an office, or generated for illustration."""

    PUBLISHED = "published"
    OFFICIAL = "official"
    SAMPLE = "sample"


PUBLISHED, OFFICIAL, SAMPLE = Kind


class World(StrEnum):
    """Which facts a dataset holds."""

    SAMPLE = "sample"
    REAL = "real"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of facts that belong to this world."""
        return (PUBLISHED, SAMPLE) if self is World.SAMPLE else (PUBLISHED, OFFICIAL)

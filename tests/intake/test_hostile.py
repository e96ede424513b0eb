"""Every hostile file ends in a sentence, with its cost counted before it is paid; the marked workbook too."""

import pytest

from ntm import look, text
from ntm.apart import Refused
from ntm.intake import marked, reading, sheets
from ntm.intake.reading import Asked
from ntm.look import Look
from ntm.reference import Reference
from tests.intake import hostile

ASKED = Asked("assessments", "2024-12-31")


def outcome(content: bytes, facts: Reference) -> tuple[str, reading.Reading | None]:
    """What a clerk reads of a file."""
    try:
        found = reading.read(sheets.read(content), ASKED, facts)
    except Refused as refusal:
        return str(refusal), None
    said = f"{text.number(len(found.faults))} lỗi" if len(found.faults) else f"{text.number(len(found.facts))} số liệu"
    return said, found


@pytest.mark.parametrize("name", hostile.FILES)
def test_it_ends_in_a_sentence(facts, name: str) -> None:
    make, words = hostile.FILES[name]
    said, found = outcome(make(), facts)
    assert any(word in said for word in words.split("|")), said
    if found is not None and len(found.faults):
        assert marked.make(make(), found).startswith(b"PK")


def test_a_sentence_is_in_the_readers_language() -> None:
    with look.use(Look("en")), pytest.raises(Refused, match="without macros"):
        sheets.read(hostile.odd.with_entry(hostile.GOOD, "xl/vbaProject.bin", b"x"))

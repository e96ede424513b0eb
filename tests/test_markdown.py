"""Words that are not ours, as Markdown: nothing of them has a meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.markdown import JOINER, Markdown, plain
from tests.seen import seen

HOSTILE = [
    "![x](http://evil.example/x.png)", "[bấm](http://evil.example)", ":red[đỏ]", "$E=mc^2$", "**đậm**", "_nghiêng_",
    "`mã`", "<b>x</b>", "# tựa", "- mục", "1. mục", "> trích",
    "http://evil.example", "www.evil.example", "a@evil.example",
    ":smile:", ":material/home:", "a -> b", "a\n\n# b", "~~x~~", "| a | b |", "&amp;", "[^1]", "\\*x\\*", "---", "===",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_hostile_is_changed(words: str) -> None:
    assert plain(words) != words


@pytest.mark.parametrize(
    "words", ["Xã Pha Mu", "13,6 tiêu chí", "31/12/2024", "10–14 (26 xã)", "12/QĐ-UBND; a, b.", "100%"]
)
def test_what_people_write_is_the_same(words: str) -> None:
    assert plain(words) == words


@given(st.text())
def test_a_reader_sees_what_was_written(words: str) -> None:
    """Without the escapes and joiners it is the same, but for white space."""
    kept = words.replace(JOINER, "").replace("\\", "")  # a backslash before a sign is an escape, in both
    assert "".join(seen(plain(kept)).split()) == "".join(kept.split())


def test_what_is_ours_stays() -> None:
    ours = Markdown("**đậm**")
    assert plain(ours) is ours

from concurrent.futures import ThreadPoolExecutor

import pytest

from ntm import look, palette, text, typography
from ntm.look import Look


def test_without_a_look_it_is_vietnamese_on_white() -> None:
    assert look.current() == Look("vi", dark=False, high=False, scale=1)


def test_a_look_ends_with_its_block_also_by_an_error() -> None:
    with pytest.raises(ZeroDivisionError), look.use(Look("en", dark=True, scale=1.3)):
        assert (text.language(), palette.theme(), typography.px(10)) == ("en", palette.DARK, 13)
        1 / 0  # noqa: B018
    assert (text.language(), palette.theme(), typography.px(10)) == ("vi", palette.LIGHT, 10)


def test_a_look_is_a_key() -> None:
    assert {Look(): 1}[Look("vi")] == 1
    assert len({Look(), Look("en"), Look(dark=True), Look(high=True), Look(scale=1.3)}) == 5


def test_on_paper_only_the_language_is_kept() -> None:
    assert Look("en", dark=True, high=True, scale=1.3).on_paper(1.6) == Look("en", scale=1.6)


def test_threads_do_not_share_a_look() -> None:
    def speak(language: str) -> str:
        with look.use(Look(language)):
            return "".join({text.language() for _turn in range(1_000)})

    asked = ["vi", "en"] * 10
    with look.use(Look("en")), ThreadPoolExecutor(4) as threads:
        assert list(threads.map(speak, asked)) == asked
        assert threads.submit(text.language).result() == "vi"  # a look is handed over, not inherited

import tomllib
from itertools import pairwise

import pytest

from ntm import look, palette
from ntm import plan as plan_module
from ntm.look import Look
from ntm.paths import ROOT
from ntm.plan import Tier

# Linear-light simulation matrices of Machado, Oliveira and Fernandes (2009), severity 1.
COLOUR_BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TOLD_APART = 15  # CIE76 difference; about 2.3 is just noticeable side by side


def linear(colour: str) -> list[float]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]


def lab(rgb: list[float]) -> list[float]:
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in matrix]
    scaled = [value / white for value, white in zip(xyz, (0.9505, 1.0, 1.089), strict=True)]
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in scaled)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def difference(one: str, other: str, matrix: tuple) -> float:
    def seen(colour: str) -> list[float]:
        rgb = linear(colour)
        return lab([max(sum(weight * part for weight, part in zip(row, rgb, strict=True)), 0) for row in matrix])

    return sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5


@pytest.mark.parametrize("blindness", COLOUR_BLINDNESS)
def test_tiers_are_told_apart(blindness: str) -> None:
    colours = [*palette.BEST_TO_WORST, palette.UNKNOWN]
    for one, other in pairwise(colours):
        assert difference(one, other, COLOUR_BLINDNESS[blindness]) > TOLD_APART, (one, other)


@pytest.mark.parametrize("colour", [*palette.BEST_TO_WORST, palette.MET_CELL, palette.NOT_MET_CELL, palette.UNKNOWN])
def test_text_on_every_colour_is_readable(colour: str) -> None:
    assert palette.contrast(palette.text_on(colour), colour) >= 4.5


@pytest.mark.parametrize("theme", palette.THEMES.values(), ids=map(str, palette.THEMES))
def test_words_in_colour_are_readable_on_their_page(theme: palette.Theme) -> None:
    for colour in (*theme.status.values(), theme.ink, theme.muted, theme.accent, theme.target):
        assert palette.contrast(colour, theme.surface) >= 4.5, colour


@pytest.mark.parametrize("theme", [palette.LIGHT_HIGH, palette.DARK_HIGH], ids=["light", "dark"])
def test_high_contrast_is_high(theme: palette.Theme) -> None:
    for colour in (*theme.status.values(), theme.ink, theme.muted, theme.accent, theme.target):
        assert palette.contrast(colour, theme.surface) >= 7, colour
    for colour in (theme.edge, theme.rule, theme.start):  # what is drawn, not written
        assert palette.contrast(colour, theme.surface) >= 4.5, colour
    for fill in (*palette.BEST_TO_WORST, palette.MET, palette.NOT_MET):
        assert max(palette.contrast(colour, theme.surface) for colour in (fill, theme.edge)) >= 3, fill


@pytest.mark.parametrize("theme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_a_fill_is_told_from_the_page_by_itself_or_its_edge(theme: palette.Theme) -> None:
    for fill in (*palette.BEST_TO_WORST, palette.MET, palette.NOT_MET):
        assert max(palette.contrast(colour, theme.surface) for colour in (fill, theme.edge)) >= 1.6, fill


def test_the_configured_themes_are_the_palettes() -> None:
    configured = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name, theme in (("light", palette.LIGHT), ("dark", palette.DARK)):
        section = configured[name]
        assert (section["textColor"], section["primaryColor"]) == (theme.ink, theme.accent)
        assert section.get("backgroundColor", "#ffffff") == theme.surface


def test_the_theme_in_use() -> None:
    assert palette.theme() is palette.LIGHT
    with look.use(Look(dark=True)):
        assert palette.theme() is palette.DARK
        with look.use(Look(dark=True, high=True)):
            assert palette.theme() is palette.DARK_HIGH
        assert palette.theme() is palette.DARK


def test_contrast_by_hand() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#777777") == 1


def test_each_tier_has_its_colour() -> None:
    colours = palette.tier_colours(plan_module.load_all()[0].tiers)
    assert list(colours) == ["19", "15-18", "10-14", "5-9", "0-4", "unknown"]
    assert len(set(colours.values())) == 6


def test_fewer_tiers_take_the_ends_of_the_scale() -> None:
    colours = palette.tier_colours([Tier("high", 5, 9), Tier("low", 0, 4)])
    assert [colours["high"], colours["low"]] == [palette.BEST_TO_WORST[0], palette.BEST_TO_WORST[-1]]


def test_too_many_tiers_are_refused() -> None:
    with pytest.raises(ValueError, match="6 tiers"):
        palette.tier_colours([Tier(str(number), number, number) for number in range(6)])

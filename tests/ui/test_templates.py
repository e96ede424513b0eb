import pytest

from ntm import look
from ntm.look import Look
from ntm.ui.templates import render

EVIL = '<img src=x onerror="alert(1)">'
ROW = {"name": EVIL, "note": EVIL, "baseline": EVIL, "actual": EVIL, "target": EVIL, "status": "met", "expected": None}
ROW |= {"coverage": EVIL, "of_reported": EVIL, "kind": EVIL, "certain": False}


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("table", {"caption": EVIL, "headings": [EVIL, EVIL], "rows": [[EVIL, EVIL]]}),
        ("band", {"heading": EVIL, "words": EVIL}),
        ("key", {"title": EVIL, "items": [{"words": EVIL, "colour": "#fff", "hatched": False}]}),
        (
            "criteria",
            {"items": [{"answer": "met", "sign": "✓", "words": EVIL, "number": 1, "name": EVIL, "since": EVIL}]},
        ),
        ("scoreboard", {"caption": EVIL, "judged": True, "rows": [ROW], "date": "", "baseline_date": "", "kind": EVIL}),
    ],
)
def test_text_from_data_stays_text(template: str, values: dict) -> None:
    html = render(template, **values)
    assert "<img" not in html
    assert "&lt;img" in html


def test_templates_speak_the_readers_language() -> None:
    values = {"caption": "", "judged": True, "rows": [], "date": "", "baseline_date": "", "kind": ""}
    assert "Mục tiêu" in render("scoreboard", **values)
    with look.use(Look("en")):
        assert "Target" in render("scoreboard", **values)

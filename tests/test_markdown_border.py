"""No value that is not ours reaches Streamlit's Markdown: every call that draws Markdown is looked at in the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm.paths import ROOT

KEYWORDS = ("label", "body", "help", "title", "captions", "delta")  # drawn as Markdown, as is the first argument
DRAWN = (
    *("markdown", "title", "header", "subheader", "caption", "write", "error", "info", "warning", "success", "toast"),
    *("button", "link_button", "download_button", "form_submit_button", "page_link", "badge", "dialog", "status"),
    *("tabs", "expander", "popover", "spinner", "metric", "checkbox", "toggle", "radio", "selectbox", "multiselect"),
    *("select_slider", "slider", "text_input", "text_area", "number_input", "date_input", "time_input", "chat_input"),
    *("file_uploader", "color_picker", "pills", "segmented_control"),
)
FIRST_IS_NO_TEXT = ("page_link",)  # the page
NOT_STREAMLIT = ("labels",)  # modules of ours with functions of the same names


def files() -> list[Path]:
    return [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "ntm" / "ui").glob("*.py"))]


def found(source: str) -> Iterator[tuple[int, str]]:
    """The lines of a source where something that is not a text of ours is drawn as Markdown."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DRAWN:
            for value in drawn_by(node, node.func):
                if not is_ours(value):
                    yield node.lineno, f"{node.func.attr}({ast.unparse(value)[:80]})"


def drawn_by(call: ast.Call, function: ast.Attribute) -> list[ast.expr]:
    """What a call draws as Markdown."""
    if isinstance(function.value, ast.Name) and function.value.id in NOT_STREAMLIT:
        return []
    first = [] if function.attr in FIRST_IS_NO_TEXT else call.args[:1]
    return [*first, *(word.value for word in call.keywords if word.arg in KEYWORDS)]


def is_ours(value: ast.expr) -> bool:
    """Whether an expression is a text that stands in the source, in translation or not, or one made plain."""
    parts: list[ast.expr] = []
    match value:
        case ast.Constant() | ast.Call(func=ast.Name(id="plain" | "len")):
            pass
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.JoinedStr(values=parts):
            pass
        case ast.FormattedValue(value=inner) | ast.GeneratorExp(elt=inner):
            parts = [inner]
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            parts = [one, other]
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=parts):
            pass
        case ast.Call(func=ast.Name(id="_"), args=[ast.Constant()], keywords=given):
            parts = [word.value for word in given]
        case ast.Call(func=ast.Name(id="plural"), args=[ast.Constant(), _count], keywords=given):  # a count is a number
            parts = [word.value for word in given]
        case ast.Call(func=ast.Name(id="list"), args=[ast.Call(args=[ast.Name(id="plain"), *_rest])]):  # of a map
            pass
        case _:
            return False
    return all(map(is_ours, parts))


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_but_our_own_texts_is_drawn_as_markdown(file: Path) -> None:
    assert list(found(file.read_text("utf-8"))) == []


PLANTED = (
    *("value", "f'{value}'", "_('a {x}', x=value)", "_(value)", "str(value)", "'a' + value", "['a', value]"),
    *("value.name", "'a' if value else value", "' '.join(value)", "' '.join(f'- {one}' for one in value)"),
    *("_('a {x}', x=f(value))", "plural('a {x}', 2, x=value)", "list(map(f, value))"),
)


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_planted_is_found(name: str) -> None:
    for value in PLANTED:
        calls = [f"st.{name}('page', label={value})", f"place.{name}('a', help={value})"]
        calls += (
            [] if name in FIRST_IS_NO_TEXT else [f"st.{name}({value})", f"st.columns(2)[0].{name}({value}, key='a')"]
        )
        for call in calls:
            assert list(found(call)), call
        assert not list(found(f"st.{name}(plain({value}))"))

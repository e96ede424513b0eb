"""On each day of an office all that is read is true: pages, figures, slides, reports, files, in both languages."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy.exc import OperationalError

from ntm import look, package, store
from ntm.dataset import Dataset
from ntm.look import Look
from tests.days import rules, surfaces
from tests.days.days import DAYS, SIN_HO, THAN_UYEN, dawn
from tests.days.surfaces import Surface
from tests.pages.conftest import PAGES, navigation_alone, no_cookies, open_page  # noqa: F401

SCOPES = ((), (THAN_UYEN,), (SIN_HO,))
VIEWS = {  # a page → what a reader may have chosen there
    "group": ({"group": THAN_UYEN}, {"group": SIN_HO}),
    "commune": ({"unit": "03628"}, {"unit": "03413"}, {"unit": "03632"}),
    "map": ({}, {"layer": "recognition", "unit": "03632"}, {"layer": "reported"}),
    "explore": ({}, {"by": "group"}, {"by": "criterion"}, {"lacking": "10"}, {"recognition": "unknown"}),
    "present": ({}, {"slide": "2"}, {"slide": "15"}),
}


@dataclass(frozen=True)
class Opened:
    """A day whose database the dashboard has opened."""

    name: str
    url: str
    data: Dataset
    asked: str


@pytest.fixture(scope="module", params=DAYS)
def today(request, engine, data, tmp_path_factory) -> Iterator[Opened]:
    """One day after the other; the dashboard forgets the day before."""
    day = DAYS[request.param]
    file: Path = tmp_path_factory.mktemp("day") / "office.sqlite"
    url, seen = dawn(day, engine, file, data.reference)
    before = os.environ["NTM_DATABASE_URL"]
    os.environ["NTM_DATABASE_URL"] = url
    _forget()
    yield Opened(day.name, url, seen, day.asked)
    os.environ["NTM_DATABASE_URL"] = before
    _forget()


def _forget() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()


def broken(found: Surface) -> list[str]:
    """Return what breaks a rule, with the rule's name."""
    return [f"{found.name} · {rule.__name__}: {line}" for rule in rules.RULES for line in rule(found)]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_true(today: Opened, open_page: Callable, page: str, language: str) -> None:  # noqa: F811
    faults = []
    for view in VIEWS.get(page, ({},)):
        period = today.data.periods[-1]
        app = open_page(page, lang=language, data=today.asked, **({"period": period} | view))
        scope = (view["group"],) if "group" in view else ()
        found = Surface(f"page {page}", today.data, period, surfaces.of_page(app), scope, language)
        assert found.lines
        faults += broken(found)
    assert faults == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_every_figure_slide_and_file_is_true(today: Opened, scope: tuple[str, ...], language: str) -> None:
    with look.use(Look(language)):
        faults = []
        for period in sorted({today.data.periods[0], today.data.periods[-1]}):
            found = [*surfaces.of_figures(today.data, period, scope), *surfaces.of_slides(today.data, period, scope)]
            found += surfaces.of_files(today.data, period, scope[0] if scope else None)
            faults += [fault for surface in found for fault in broken(surface)]
        assert faults == []


def test_while_the_database_is_away_the_day_stays(today: Opened, open_page: Callable, monkeypatch) -> None:  # noqa: F811
    open_page("overview", data=today.asked)

    def away(_engine: object) -> int:
        raise OperationalError("select", {}, Exception("secret address"))

    monkeypatch.setattr(store, "latest", away)
    for page, scope in (("overview", ()), ("group", (SIN_HO,)), ("keeping", ())):
        for language in ("vi", "en"):
            app = open_page(page, lang=language, data=today.asked, group=SIN_HO)
            assert app.warning
            assert not app.error
            lines = surfaces.of_page(app)
            found = Surface(f"page {page}", today.data, today.data.periods[-1], lines, scope, language)
            assert broken(found) == []


LIES = {
    "the_world_is_named": "41/44 xã đã được công nhận, số liệu minh họa",
    "sources_name_the_kinds_that_are_there": "Nguồn: kết quả tiêu chí xã: số liệu chính thức; công nhận: số liệu chính "
    "thức, phiên bản 3, 25/11/2026; kỳ 31/12/2024",
    "no_claim_of_everybody_below_full_coverage": "Bình quân tiêu chí thấp nhất: Than Uyên (19,0)",
    "an_average_below_full_coverage_is_of_those_reported": "bình quân 19,0 tiêu chí mỗi xã",
    "none_missing_only_where_all_is_known": "Sơn Bình | Tam Đường | không có số liệu | không thiếu tiêu chí nào",
    "recognition_is_said_as_far_as_it_is_known": "Khoen On | Than Uyên | 18 | Mới công nhận",
    "only_periods_that_have_data_are_compared": "3 xã đạt thêm 6 tiêu chí từ 30/09/2024",
    "a_change_since_the_baseline_needs_the_baseline": "Bình quân tiêu chí: 19,0 ở xã đã báo cáo, +2,2 so với mốc",
    "nothing_is_late_once_the_year_is_over": "Tổng số xã đạt chuẩn | ▼ Chậm tiến độ",
    "words_are_for_readers": "Phiên bản 3, root: nan",
}


@pytest.fixture(scope="module")
def honest(engine, data, tmp_path_factory) -> Surface:
    """A true surface of the day on which one group has reported."""
    file = tmp_path_factory.mktemp("honest") / "office.sqlite"
    _url, seen = dawn(DAYS["one group with one blank cell"], engine, file, data.reference)
    lines = ("10/94 xã đã báo cáo đủ", "Nguồn: kết quả tiêu chí xã: số liệu chính thức, phiên bản 3, 25/11/2026")
    return Surface("figure", seen, "2024-12-31", lines)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_each_rule_finds_a_planted_lie(honest: Surface, rule: rules.Rule) -> None:
    assert list(rule(honest)) == []
    if rule is rules.the_coverage_is_said:
        silent = replace(honest, lines=honest.lines[1:])
        assert list(rule(silent)) == ["figure: does not say 10/94"]
        return
    assert list(rule(replace(honest, lines=(*honest.lines, LIES[rule.__name__])))) != []


def test_the_sample_that_does_not_say_so_is_found(data: Dataset) -> None:
    silent = Surface("figure", data, "2024-12-31", ("41/44 xã",))
    assert list(rules.the_world_is_named(silent)) == ["figure: does not say that it is a sample"]


def test_a_backup_of_the_day_comes_back_to_the_byte(today: Opened, tmp_path) -> None:
    engine, copy = store.connect(today.url), store.connect(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    packed = package.write(engine, tmp_path / "first.zip")
    assert package.restore(copy, tmp_path / "first.zip") == packed
    assert package.write(copy, tmp_path / "second.zip") == packed
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()

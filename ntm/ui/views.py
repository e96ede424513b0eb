"""Pieces that several pages show: the choices in words, a commune's criteria, a picker of units."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ntm import coverage, labels, succession, text
from ntm.coverage import Coverage
from ntm.criteria import Answer
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.markdown import plain
from ntm.text import _, either, plural
from ntm.ui import blocks, state, templates


def chosen(data: Dataset) -> tuple[str, ...]:
    """Return the codes of the groups that the sidebar filters by; none where it does not filter."""
    return tuple(code for code in data.reference.groups.index if code in state.get("groups"))


def shown_groups(data: Dataset) -> list[str]:
    """Return the codes of the groups that are shown: the chosen ones, or all of them."""
    return list(chosen(data) or data.reference.groups.index)


def shown_units(data: Dataset) -> pd.Series:
    """Return of every unit that a map draws whether it is shown: it is in the chosen groups, or none are chosen."""
    of_unit = data.reference.shaped_units["group_code"]
    return of_unit.isin(chosen(data)) if chosen(data) else of_unit.notna()


def choose_group(code: str) -> None:
    """Show one group alone from here on, as a click on it in a chart asks."""
    state.put("groups", [code])


def filter_words(data: Dataset) -> str:
    """Say the groups' filter in words: "Toàn tỉnh", or the groups' names."""
    return labels.scope(data.reference.groups, chosen(data))


def follow_unit(data: Dataset) -> None:
    """Where the chosen commune is no more at this period, choose the one that succeeded it."""
    code, timeline = state.get("unit"), data.reference.timeline
    if not code or code in data.reference.communes.index:
        return
    later = [succession.successor(timeline, code, day) for day in timeline.division_days]
    here = [unit for unit in later if unit is not None and unit["valid_from"] <= data.reference.day]
    codes = [str(unit.name) for unit in here if unit.name in data.reference.communes.index]
    if codes:
        state.put("unit", codes[0])


def commune_names(data: Dataset) -> dict[str, str]:
    """Return the communes as choices: code → "Mường Tè (Mường Tè) · muong te".

    The name without marks is there because the search in a selectbox finds only what is in the words.
    """
    communes = data.reference.communes
    return {code: f"{row['place']} · {text.plain(row['label'])}" for code, row in communes.to_dict("index").items()}


def criteria_names(data: Dataset) -> dict[str, str]:
    """Return the communes' criteria as choices: number (as text) → "10. Thu nhập"."""
    criteria = data.reference.criteria_of(data.reference.commune_set)
    return {str(number): name for number, name in labels.criteria(criteria).items()}


def chosen_criterion(data: Dataset) -> str:
    """Return the number (as text) of the criterion that the map shows alone; the first where none is chosen."""
    return state.get("criterion") or next(iter(criteria_names(data)))


def chosen_communes(data: Dataset, period: str) -> pd.DataFrame:
    """Return the communes of the chosen groups at a period."""
    return data.communes_of(period, chosen(data))


def say_reported(communes: pd.DataFrame) -> Coverage:
    """Say how many of these communes have reported, where not all have; return it."""
    covered = coverage.of(communes)
    if not covered.is_whole:
        st.info(
            f"**{plain(covered.words())}.** " + _("Các số dưới đây chỉ nêu điều chắc chắn."), icon=":material/pending:"
        )
    return covered


def average(covered: Coverage, figures: pd.Series) -> tuple[str, str]:
    """Return an average's label and value; below full coverage the label says whose it is.

    `covered`: of all that the page speaks of; `figures`: a row of metrics.summary, of these or of a part of them.
    """
    if covered.is_whole or not figures["known"]:
        return _("Bình quân tiêu chí"), text.number(figures["average"], 1)
    label = plural("Bình quân của {count} xã đã báo cáo", figures["known"])
    return label, text.number(figures["average_reported"], 1)


def commune_table(rows: pd.DataFrame, columns: Mapping[str, Column], key: str, **options: Any) -> None:
    """Draw communes (index: code) as a table in which a row can be chosen; its commune's page is offered below."""
    blocks.table(rows, columns, **selecting(list(rows.index), key), **options)
    offer_commune(rows)


def offer_commune(rows: pd.DataFrame) -> None:
    """Offer the page of the chosen commune, where it is among these rows; else say that a row can be chosen."""
    chosen = state.get("unit")
    if chosen in rows.index:
        blocks.go("pages/commune.py", _("Xem xã {name}", name=rows.at[chosen, "label"]))
    else:
        blocks.small(_("Chọn một dòng để xem xã."))


def selecting(codes: list[str], key: str) -> dict[str, Any]:
    """Return the options of a table whose rows are these communes: a row chosen is the chosen commune everywhere.

    The choice is kept by the commune's code, so that it outlives filters, sorting and pages.
    """
    chosen = state.get("unit")
    st.session_state[key] = {"selection": {"rows": [codes.index(chosen)] if chosen in codes else []}}

    def take() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        state.put("unit", codes[rows[0]] if rows else "")

    return {"key": key, "on_select": take, "selection_mode": "single-row"}


def criteria_list(criteria: pd.DataFrame, answers: pd.Series, since: dict[int, str] | None = None) -> None:
    """Draw criteria (indexed by number) with their answers: number → True (met) or False; others are unknown."""
    words = {Answer.MET: ("✓", _("Đạt")), Answer.NOT_MET: ("✕", _("Chưa đạt")), Answer.UNKNOWN: ("?", _("Chưa rõ"))}
    items = []
    for number, criterion in criteria.to_dict("index").items():
        answer = Answer.of(answers.get(number))
        sign, word = words[answer]
        items.append(
            {
                "number": number,
                "name": either(criterion, "name"),
                "answer": answer,
                "sign": sign,
                "words": word,
                "since": (since or {}).get(number, ""),
            }
        )
    templates.show("criteria", items=items)


def unit_picker(label: str, name: str, options: Iterable[str], words: dict[str, str], shown: str) -> str:
    """Draw a selectbox of units bound to the URL; return the chosen code, or `shown` where none is chosen."""
    options = list(options)
    state.allowed(name, options)
    st.selectbox(plain(label), options, format_func=words.__getitem__, **state.bound(name, shown))
    return state.get(name) or shown

"""The page of updates, a file as it was understood: each sheet as a table, its cells coloured by what they are."""

import math
from collections.abc import Mapping
from dataclasses import asdict

import streamlit as st

from ntm import text
from ntm.dataset import Dataset
from ntm.intake import understood
from ntm.intake.reading import Reading
from ntm.intake.understood import Cell, Row, Understood
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import blocks, outcomes, templates

ROWS, COLUMNS = 40, 40  # on a page: some 1,600 cells are drawn at once in half a second
LONGEST_WORD = 60  # signs of a cell that are drawn
FAULT = "fault"
SIGNS = {understood.MET: "✓", understood.NOT_MET: "✗", understood.UNKNOWN: "?", understood.SUM: "Σ", FAULT: "⚠"}
SAMPLES = SIGNS | {understood.UNIT: "A", understood.HEADING: "A", understood.LEFT_OUT: "a"}  # in the key


def sheets(dataset: Dataset, found: Reading) -> None:
    """Draw the sheets of a file as they were understood, one at a time, a page of rows and columns at a time.

    A workbook with a reader of its own (a plan) is not drawn: its cells keep no account.
    """
    if not found.accounts:
        return
    st.header(_("Tệp được hiểu như sau"), anchor=False)
    number = _chosen(found)
    sheet = outcomes.understood_of(found, number, dataset.reference)
    with st.container(horizontal=True):
        chosen = _rows(sheet, number)
        columns = _page(sheet.width, COLUMNS, _("Trang cột, 1 đến {pages}"), f"page of columns {number}")
    rows = [_drawn(row) for row in sheet.rows(chosen, columns)]
    title = _("Sheet {name}", name=sheet.sheet.title) if sheet.sheet.title else _("Bảng trong tệp")
    templates.show("sheet", title=title, key=_key(sheet), columns=sheet.columns(columns), rows=rows)
    first, last = chosen.start + 1, chosen.stop
    blocks.small(
        _(
            "Dòng {first} đến {last} trong {height} dòng. Trỏ vào một ô để xem ô ấy được hiểu là gì.",
            first=text.number(first),
            last=text.number(last),
            height=text.number(sheet.height),
        )
    )


def _chosen(found: Reading) -> int:
    """Let the person choose a sheet, if there are several: at first one that was read."""
    names = {}
    for number, sheet in enumerate(found.sheets):
        name = sheet.title or str(number + 1)
        names[number] = name if number in found.layouts else _("{name} (không đọc)", name=name)
    if len(names) == 1:
        return 0
    numbers = sorted(names, key=lambda number: (number not in found.layouts, number))
    return st.selectbox(
        _("Sheet"), numbers, format_func=lambda number: plain(names[number]), key=f"sheet of {len(names)}"
    )


def _rows(sheet: Understood, number: int) -> range:
    """Let the person choose a page of rows: at first the one with the first fault."""
    first = sheet.faulty_rows[0] // ROWS + 1 if sheet.faulty_rows else 1
    return _page(sheet.height, ROWS, _("Trang dòng, 1 đến {pages}"), f"page of rows {number} {first}", first)


def _page(length: int, size: int, words: str, key: str, first: int = 1) -> range:
    pages = max(1, math.ceil(length / size))
    page = 1
    if pages > 1:
        said = words.format(pages=text.number(pages))
        page = st.number_input(plain(said), 1, pages, value=first, key=f"{key} of {pages}")
    return range((page - 1) * size, min(page * size, length))


def _spoken() -> Mapping[str, str]:
    """What a screen reader says of a cell after its word: what others see by colour and sign."""
    return {
        understood.MET: _("Đạt"),
        understood.NOT_MET: _("Chưa đạt"),
        understood.UNKNOWN: _("không có số liệu"),
        understood.LEFT_OUT: _("không đọc"),
    }


def _drawn(row: Row) -> dict[str, object]:
    return {"number": row.number, "cells": [_cell(cell) for cell in row.cells]}


def _cell(cell: Cell) -> dict[str, object]:
    word = cell.word if len(cell.word) <= LONGEST_WORD else cell.word[: LONGEST_WORD - 1] + "…"
    faults = [_("lỗi: {words}", words=words) for words in cell.faults]
    spoken = [word for word in (_spoken().get(cell.kind, ""), *faults) if word]
    hint = " · ".join(filter(None, (cell.meaning, *faults)))
    sign = SIGNS[FAULT] if faults else SIGNS.get(cell.kind, "")
    return asdict(cell) | {"word": word, "sign": sign, "spoken": ", ".join(spoken), "hint": hint}


def _key(sheet: Understood) -> list[dict[str, str]]:
    counts = sheet.counts()
    counted = {
        understood.MET: _("đạt: {count}"),
        understood.NOT_MET: _("chưa đạt: {count}"),
        understood.UNKNOWN: _("không có số liệu: {count}"),
        understood.FACT: _("số liệu: {count}"),
        FAULT: _("lỗi: {count}"),
    }
    items = [
        {"kind": kind, "sign": SAMPLES.get(kind, ""), "words": words.format(count=text.number(counts[kind]))}
        for kind, words in counted.items()
        if counts.get(kind)
    ]
    others = {
        understood.UNIT: _("đơn vị"),
        understood.HEADING: _("tiêu đề cột"),
        understood.SUM: _("tổng, để đối chiếu"),
        understood.LEFT_OUT: _("không đọc"),
    }
    return items + [{"kind": kind, "sign": SAMPLES.get(kind, ""), "words": words} for kind, words in others.items()]

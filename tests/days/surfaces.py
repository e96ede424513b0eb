"""Surfaces: everything that is read (pages, figures, slides, reports, files), as plain lines of text.

What a file says is read from the blocks that it is written from; test_files_say_the_same proves once that the files say
the same.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from streamlit import dataframe_util
from streamlit.testing.v1 import AppTest

from ntm import exports, layers, listing, map_sheet, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Figure, as_words
from ntm.figures import averages, criteria, standards, tiers, villages
from ntm.geo import boundaries
from ntm.reports import content, deck, pieces, workbook
from ntm.reports.document import Report, Table
from tests.seen import seen

TODAY = dt.date(2025, 1, 6)
TAG = re.compile(r"<[^>]+>")
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


@dataclass(frozen=True)
class Surface:
    """What is read in one place: its name, the groups (codes; none means all) and the period it is of, its lines."""

    name: str
    data: Dataset
    period: str
    lines: tuple[str, ...]
    groups: tuple[str, ...] = ()
    language: str = "vi"

    @property
    def said(self) -> str:
        """All lines as one text."""
        return "\n".join(self.lines)


def of_page(app: AppTest) -> tuple[str, ...]:
    """Return everything that a page says: words, figures, tables, choices; a row of a table is a line."""
    words = [app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.warning, app.success]
    lines = [seen(str(element.value)) for kind in [*words, app.error] for element in kind]
    lines += [f"{seen(metric.label)}: {metric.value} {metric.delta}" for metric in app.metric]
    lines += [button.label for button in app.button]
    lines += [expander.label for expander in app.expander]
    lines += [line for element in app.get("html") for line in _of_html(element.proto.body)]
    for table in app.dataframe:
        lines += _rows(_shown(table))
    return tuple(part for line in lines for part in line.split("\n") if part.strip())


def _of_html(html: str) -> list[str]:
    rows = re.sub(r"</(tr|p|li|caption|div)>", "\n", re.sub(r"\s*\n\s*", " ", STYLE.sub("", html)))
    plain = TAG.sub(" ", re.sub(r"</t[hd]>", " | ", rows))
    return [re.sub(r"\s+", " ", line).strip(" |") for line in plain.split("\n")]


def _shown(table) -> pd.DataFrame:
    written = table.proto.arrow_data.styler.display_values
    return dataframe_util.convert_arrow_bytes_to_pandas_df(written) if written else table.value


def _rows(frame: pd.DataFrame) -> list[str]:
    head = " | ".join(map(str, frame.columns))
    return [head, *(" | ".join("" if pd.isna(value) else str(value) for value in row) for row in frame.to_numpy())]


def of_figures(data: Dataset, period: str, groups: tuple[str, ...]) -> Iterator[Surface]:
    """Return every figure with its title, notes, alternative text and table."""
    numbers = tuple(data.reference.criteria_of(data.reference.commune_set).index)
    first = data.periods[0]
    made = {
        "averages": averages.by_group(data, period, groups),
        "pass rates": criteria.pass_rates(data, period, groups, numbers),
        "lift": criteria.lift(data, period, groups),
        "pairs": criteria.pairs(data, period, groups),
        "rates by group": criteria.by_group(data, period, groups, numbers),
        "grid": criteria.grid(data, period, groups, numbers, "alike"),
        "kept": standards.kept(data, period, groups),
        "tiers by group": tiers.by_group(data, period, groups, True),
        "courses": tiers.courses(data, period, groups),
        "flow": tiers.flow(data, period, groups, first) if first < period else None,
    }
    if data.reference.advanced_set:
        made["advanced pass rates"] = criteria.advanced_pass_rates(data, period, groups)
        made["advanced"] = standards.advanced(data, period, groups)
    if not groups:
        made |= {"tiers": tiers.province(data, period), "trend": averages.province(data, period)}
    for code in groups:
        made |= {"course": averages.course(data, period, code), "tiers": tiers.of_group(data, period, code)}
        target = data.reference.target_of("villages")
        if target and code in target.districts:
            made["villages"] = villages.course(data, period, code)
    for name, figure in made.items():
        if figure:
            figure.draw().to_dict()  # the schema holds
            yield _surface(f"figure {name}", data, period, _of_figure(data, figure), groups)


def _surface(name: str, data: Dataset, period: str, lines: list[str], groups: tuple[str, ...] = ()) -> Surface:
    split = tuple(part for line in lines for part in line.split("\n") if part.strip())
    return Surface(name, data, period, split, groups, text.language())


def _of_figure(data: Dataset, figure: Figure) -> list[str]:
    facts = provenance.facts(data, figure.period, figure.scope, figure.sets)
    lines = [
        figure.title,
        figure.note,
        figure.words,
        provenance.line(data, figure.period, figure.sets, over_time=figure.over_time, beyond=figure.beyond),
    ]
    return [*lines, *_of_facts(facts), *_rows(as_words(figure.frame, figure.columns))]


def _of_facts(facts: dict[str, str]) -> list[str]:
    return [f"{fact}: {words}" for fact, words in facts.items()]


def of_slides(data: Dataset, period: str, groups: tuple[str, ...]) -> Iterator[Surface]:
    """Return every slide as the stage and PowerPoint show it."""
    for name in deck.order(data, groups):
        slide = deck.build(data, period, name, groups)
        lines = [slide.title, *slide.points, provenance.notice(data), provenance.line(data, period, slide.sets)]
        if slide.table is not None:
            lines += _rows(as_words(slide.table.rows, slide.table.columns))
        if slide.figure is not None:
            lines += [slide.figure.note, *_rows(as_words(slide.figure.frame, slide.figure.columns))]
        scope = (name.removeprefix("group-"),) if name.startswith("group-") else groups
        yield _surface(f"slide {name}", data, period, lines, scope)


def of_files(data: Dataset, period: str, group: str | None) -> Iterator[Surface]:
    """Return what the files say: report (DOCX, PDF), workbook (XLSX), the list of communes (CSV), the map (PNG)."""
    chosen = (group,) if group else ()
    report = content.build(data, period, group, today=TODAY)
    yield _surface("report", data, period, report_lines(report), chosen)
    tables = [sheet.table() for sheet in workbook.sheets(data, period, group)]
    facts = provenance.facts(data, period, "", tuple(provenance.SETS))
    cells = [row for table in tables for row in _rows(table.astype(object).where(table.notna(), ""))]
    yield _surface("workbook", data, period, [*_of_facts(facts), *cells], chosen)
    if not data.is_sample:
        table = pieces.reporting_table(data, period)
        yield _surface("reporting", data, period, [table.caption, *_rows(as_words(table.rows, table.columns))])
    communes = data.communes_of(period, chosen)
    rows = as_words(listing.rows(data, communes), listing.columns(data.reference))
    csv = exports.csv(rows, provenance.facts(data, period)).decode("utf-8-sig")
    yield _surface("csv", data, period, csv.splitlines(), chosen)
    drawn = boundaries.published(data.reference)
    assert drawn is not None
    for name in layers.available(data.reference):
        layer = layers.build(data, name, period, 3)
        title, shown = layers.name(name), set(communes.index)
        sheet = map_sheet.build(data, period, layer, drawn, title=title, subtitle="", shown=shown, groups=chosen)
        lines = [sheet.title, sheet.notice, *sheet.lines, *(words for _class, words in sheet.key)]
        yield _surface(f"map {name}", data, period, lines, chosen)


def report_lines(report: Report, *, alternatives: bool = True) -> list[str]:
    """Return a report's text, line by line; with the `alternatives` to its pictures, which are read to the blind."""
    lines = [report.office, report.notice, report.subject, *_of_facts(report.facts)]
    for section in report.sections:
        lines.append(section.heading)
        for block in section.blocks:
            if isinstance(block, str):
                lines.append(block)
            elif isinstance(block, list):
                lines += block
            elif isinstance(block, Table):
                lines += [block.caption, block.note, *_rows(as_words(block.rows, block.columns))]
            else:
                lines += [block.caption, block.alt] if alternatives else [block.caption]
    return lines

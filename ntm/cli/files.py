"""The command line's files: what a command says of a file, and the file as it is read by the remembered columns."""

import argparse
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm import dataset, labels, people, remembered, store, text
from ntm import reference as reference_module
from ntm.facts import FORMS, TYPES
from ntm.intake import forms, origin, reading, sheets, table_shape
from ntm.intake.layout import Layout
from ntm.intake.reading import Asked, Reading
from ntm.intake.undecided import QUESTIONS
from ntm.reference import Reference
from ntm.text import _
from ntm.world import World


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add to a command what is told of a file."""
    titles = "; ".join(f"{form}: {TYPES[form].title}" for form in FORMS)
    command.add_argument("file", type=Path, metavar="TỆP", help="xlsx, ods, xls hoặc csv")
    command.add_argument("--form", choices=list(FORMS), default="assessments", help=titles)
    command.add_argument("--period", default="", help="kỳ, dạng 2024-12-31, nếu tệp không ghi")
    command.add_argument("--set", dest="criteria_set", default="", help="bộ tiêu chí, nếu không phải của xã")
    command.add_argument(
        "--complete-to", metavar="NGÀY", default="", help="với recognitions: danh sách công nhận là đầy đủ đến ngày này"
    )
    command.add_argument(
        "--complete-of", metavar="MÃ", action="append", help="danh sách đầy đủ của huyện này; mặc định: toàn tỉnh"
    )
    command.add_argument(
        "--decide",
        metavar="CÂU_HỎI=TRẢ_LỜI",
        action="append",
        default=[],
        help="trả lời điều mà tệp để ngỏ, ví dụ period=2024-12-31; lệnh cho biết cần trả lời gì",
    )
    command.add_argument(
        "--no-remembered", action="store_true", help="đọc cột theo tiêu đề, không dùng cách đọc cột đã sửa và nhớ"
    )
    command.add_argument("--blank-is-not-met", action="store_true", help="ô trống là chưa đạt, không phải chưa biết")


@dataclass(frozen=True)
class OfficeFile:
    """An office's file as it was read. `remembered`: in sentences, which columns are read as somebody has corrected."""

    content: bytes
    read: Reading
    remembered: Sequence[str]


def read(call: argparse.Namespace) -> OfficeFile:
    """Return the file that a command names, read as it says. Raises Refused, Undecided among them."""
    content = call.file.read_bytes()
    asked = Asked(call.form, call.period, call.criteria_set, call.blank_is_not_met, tuple(map(_decision, call.decide)))
    reference = reference_of(call.form, call.period)
    check_known(asked.criteria_set, reference.timeline.criteria_sets.index, _("bộ tiêu chí"))
    found = sheets.read(content)
    if call.no_remembered or forms.has_workbook(call.form):
        return OfficeFile(content, forms.read(found, asked, reference), ())
    layouts, sentences = _as_remembered(found, asked, reference)
    return OfficeFile(content, forms.read(found, asked, reference, layouts), sentences)


def _as_remembered(
    found: list[sheets.Sheet], asked: Asked, reference: Reference
) -> tuple[dict[int, Layout], list[str]]:
    """How the sheets are read: as the headings say, but for the columns that are remembered; these in sentences."""
    origin.refuse_sample(found)
    engine, layouts, sentences = store.connect(), reading.layouts_of(found, asked, reference), []
    for number, layout in layouts.items():
        kept = remembered.find(engine, people.owner(), table_shape.of(layout, layout.criteria_set))
        if kept is None:
            continue
        layouts[number] = layout.corrected(kept.roles)
        sentence = _(
            "Sheet “{sheet}”: đã dùng cách đọc cột của lần trước (ngày {date}, {person}): {columns}. Không dùng: "
            "--no-remembered.",
            sheet=layout.name,
            date=text.moment(kept.at),
            person=labels.signature(kept.person),
            columns=table_shape.words(kept.roles, reference.criteria_of(layout.criteria_set)),
        )
        sentences.append(sentence)
    return layouts, sentences


def reference_of(form: str, day: str) -> Reference:
    """What is in force on a day; for a plan with the plans that are in the database, beside which it must fit."""
    reference = reference_module.load(day)
    if not forms.has_workbook(form):
        return reference
    return reference_module.of_day(dataset.timeline_of(store.connect(), World.REAL), reference.day)


def _decision(words: str) -> tuple[str, str]:
    """Return the question and the answer of --decide QUESTION=ANSWER. Raises Refused."""
    question, _equals, answer = words.partition("=")
    check_known(question or "?", QUESTIONS, _("câu hỏi"))
    return question, answer


def check_known(found: str, allowed: Collection[str], what: str) -> None:
    """Refuse what is named and is not there; "" names nothing."""
    if found and found not in allowed:
        raise sheets.Refused(
            _("Không có {what} {found}. Có: {allowed}.", what=what, found=found, allowed=", ".join(allowed))
        )

"""The command line's data commands: import, preview, publish, open, undo, history, diff, log, template."""

import argparse
import json
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd

from ntm import (
    changes,
    clock,
    dataset,
    labels,
    people,
    preview,
    provenance,
    store,
    text,
    whole_file,
)
from ntm import reference as reference_module
from ntm.cli import files
from ntm.cli.files import OfficeFile
from ntm.cli.terminal import DONE, FAULTY
from ntm.facts import FORMS, TYPES, complete_lists, openings, rules
from ntm.figure import as_words
from ntm.intake import forms, head, marked, prefilled, sheets
from ntm.intake.prefilled import Known
from ntm.intake.reading import FAULT_COLUMNS, Asked, Reading
from ntm.reports import findings
from ntm.reports.findings import Findings
from ntm.store import Change
from ntm.text import _, plural
from ntm.world import OFFICIAL, World

SHOWN = 50  # rows of a table


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    for name, run, words in (
        ("import", _import, "đọc và kiểm tra một tệp, không lưu gì"),
        ("preview", _preview, "xem tệp sẽ làm thay đổi những gì, không lưu gì"),
        ("publish", _publish, "công bố một tệp thành phiên bản số liệu chính thức"),
    ):
        command = commands.add_parser(name, help=words)
        files.add_arguments(command)
        _json_argument(command)
        command.set_defaults(run=run)
        if name == "import":
            command.add_argument("--marked", type=Path, metavar="TỆP.xlsx", help="ghi tệp có đánh dấu các ô lỗi")
            command.add_argument(
                "--faults-to",
                type=Path,
                metavar="TỆP.xlsx|.pdf",
                help="ghi danh sách các lỗi và các chỗ không đọc: .xlsx có đủ, .pdf một trang để in và gửi",
            )
        if name == "publish":
            _author_arguments(command)
            command.add_argument(
                "--acknowledge", type=int, default=0, metavar="SỐ", help="số chỗ không đọc mà bạn đã xem và đồng ý bỏ"
            )

    undo = commands.add_parser("undo", help="hoàn tác một phiên bản, bằng một phiên bản mới")
    undo.add_argument("revision", type=int, metavar="SỐ")
    _author_arguments(undo)
    _json_argument(undo)
    undo.set_defaults(run=_undo)

    history = commands.add_parser("history", help="lịch sử của một đơn vị, một tiêu chí hoặc một kỳ")
    history.add_argument("unit", metavar="MÃ")
    history.add_argument("--facts", choices=list(TYPES), default="assessments", help="bảng số liệu")
    history.add_argument("--period")
    history.add_argument("--criterion", type=int)
    history.add_argument("--set", dest="criteria_set")
    _json_argument(history)
    history.set_defaults(run=_history)

    diff = commands.add_parser("diff", help="so hai phiên bản")
    diff.add_argument("earlier", type=int, metavar="TRƯỚC")
    diff.add_argument("later", type=int, metavar="SAU")
    _json_argument(diff)
    diff.set_defaults(run=_diff)

    log = commands.add_parser("log", help="nhật ký: ai đã làm gì")
    _json_argument(log)
    log.set_defaults(run=_log)

    make = commands.add_parser("template", help="tạo tệp mẫu để điền")
    make.add_argument("output", type=Path, metavar="TỆP.xlsx")
    make.add_argument("--form", choices=list(FORMS), default="assessments")
    make.add_argument("--period", required=True)
    make.add_argument("--set", dest="criteria_set", default="")
    make.add_argument("--group", "--district", action="append", default=[], metavar="MÃ")
    make.add_argument("--plan", default="", metavar="MÃ", help="với plans: điền sẵn kế hoạch này, để sửa")
    make.add_argument("--filled", action="store_true", help="điền sẵn số liệu đã biết của kỳ, hoặc của kỳ trước")
    make.set_defaults(run=_template)

    opening = commands.add_parser("open", help="mở một kỳ để các huyện báo cáo")
    opening.add_argument("period", metavar="KỲ", help="dạng 2024-12-31")
    _author_arguments(opening)
    _json_argument(opening)
    opening.set_defaults(run=_open)


def _author_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--author", help="tên người công bố; mặc định là người quản trị máy chủ")
    command.add_argument("--note", required=True, help="ghi chú, ví dụ số văn bản")


def _json_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="in kết quả dạng JSON, cho chương trình khác đọc")


def _say(call: argparse.Namespace, words: str, content: dict[str, Any]) -> None:
    """Print words for people, or the content as JSON for programs."""
    print(json.dumps(content, ensure_ascii=False, default=str) if call.json else words)


def _say_of_file(call: argparse.Namespace, file: OfficeFile, words: str, content: dict[str, Any]) -> None:
    """Say what became of a file, and which remembered columns were used."""
    _say(call, "\n".join([*file.remembered, words]), content | {"remembered": file.remembered})


def _table(frame: pd.DataFrame) -> str:
    shown = frame.head(SHOWN).to_string(index=False)
    more = len(frame) - SHOWN
    return "\n".join([shown, plural("… và {count} dòng nữa.", more)]) if more > 0 else shown


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(clock.stamped(frame).to_json(orient="records", date_format="iso", force_ascii=False))


def _found_faults(call: argparse.Namespace, file: OfficeFile) -> bool:
    """Say a file's faults, if it has any."""
    if file.read.faults.empty:
        return False
    shown = file.read.faults[FAULT_COLUMNS]
    words = "\n".join([*file.remembered, plural("{count} lỗi; không lưu gì.", len(shown)), _table(shown)])
    content = {"faults": _records(shown), "remembered": file.remembered}
    print(json.dumps(content, ensure_ascii=False) if call.json else words, file=sys.stderr)
    return True


def _left_out(read: Reading) -> str:
    """Say what holds something and was not read; "" if there is nothing."""
    if read.left_out.empty:
        return ""
    return "\n" + plural("{count} chỗ không đọc:", len(read.left_out)) + "\n" + _table(read.left_out)


def _check_acknowledged(call: argparse.Namespace, read: Reading) -> None:
    """Raise Refused unless the person has said how many places of the file were left out."""
    if call.acknowledge == len(read.left_out):
        return
    raise sheets.Refused(
        _(
            "Tệp có {count} chỗ không đọc hoặc cần biết. Nếu đúng ý, thêm --acknowledge {count}. Chưa lưu gì.{list}",
            count=len(read.left_out),
            list=_left_out(read),
        )
    )


def _import(call: argparse.Namespace) -> int:
    file = files.read(call)
    read = file.read
    if call.marked and len(read.faults):
        whole_file.write(call.marked, marked.make(file.content, read))
    if call.faults_to:
        _write_findings(call, read)
    if _found_faults(call, file):
        return FAULTY
    understood = {
        read.sheets[number].title: [role for role in layout.roles if role] for number, layout in read.layouts.items()
    }
    words = plural("Đọc được {count} số liệu, không có lỗi. Chưa lưu gì.", len(read.rows)) + _left_out(read)
    content = {"rows": len(read.rows), "columns": understood, "head": read.head, "left_out": _records(read.left_out)}
    _say_of_file(call, file, words, content)
    return DONE


def _write_findings(call: argparse.Namespace, read: Reading) -> None:
    """Write the list of what was found, as the end of the file's name says. Raises Refused."""
    files.check_known(call.faults_to.suffix.lower() or "?", findings.WRITERS, _("loại tệp"))
    office = labels.office(people.owner(), reference_module.load(call.period))
    found = Findings(call.file.name, office, clock.today(), read)
    whole_file.write(call.faults_to, findings.WRITERS[call.faults_to.suffix.lower()](found))


def _preview(call: argparse.Namespace) -> int:
    file = files.read(call)
    read = file.read
    if _found_faults(call, file):
        return FAULTY
    engine = store.connect()
    dataset.build(engine)
    seen = preview.make(dataset.load(engine, world=World.REAL, day=call.period), _facts(call, read))
    figures = ["literal_actual", "literal_low", "literal_high", "known", "total", "status", "literal_target"]
    now, then = (table[figures].astype(object) for table in (seen.now, seen.then))
    targets = now.join(then, how="outer", suffixes=("_before", "_after"))
    differs = _differ(targets, "literal_actual") | _differ(targets, "literal_target")
    words = "\n".join(
        [
            _("Ô mới {new}, ô thay đổi {changed}, ô như cũ {same}, ô bỏ đi {gone}. Chưa lưu gì.", **seen.cells),
            _table(seen.moves),
            _table(targets[differs].reset_index()),
        ]
    )
    words += _left_out(read)
    content = {
        "base": seen.base,
        "left_out": _records(read.left_out),
        "cells": seen.cells,
        "opens_real_data": seen.opens,
        "moves": _records(seen.moves),
        "targets": _records(targets.reset_index()),
    }
    _say_of_file(call, file, words, content)
    return DONE


def _differ(targets: pd.DataFrame, name: str) -> pd.Series:
    before, after = targets[f"{name}_before"], targets[f"{name}_after"]
    return before.ne(after) & ~(before.isna() & after.isna())


def _publish(call: argparse.Namespace) -> int:
    file = files.read(call)
    read = file.read
    if _found_faults(call, file):
        return FAULTY
    _check_acknowledged(call, read)
    kind = TYPES[call.form].published_as
    change = Change(people.owner(call.author), head.noted(call.note, read.head), kind, _facts(call, read))
    revision = store.publish(store.connect(), change, files.reference_of(call.form, ""))
    words = _("Đã lưu phiên bản {revision} ({kind}).", revision=revision, kind=labels.kind(kind))
    _say_of_file(call, file, words, {"revision": revision, "rows": len(read.rows)})
    return DONE


def _facts(call: argparse.Namespace, read: Reading) -> dict[str, pd.DataFrame]:
    """The facts of a file, and, where --complete-to says so, that the list of recognitions is complete with them."""
    facts = {call.form: read.facts}
    if call.complete_to:
        if not FORMS[call.form].may_be_complete:
            lists = ", ".join(name for name, form in FORMS.items() if form.may_be_complete)
            raise sheets.Refused(_("--complete-to chỉ dùng với --form {forms}.", forms=lists))
        reference = reference_module.load()
        facts["complete_lists"] = complete_lists.rows(call.complete_of or [reference.province_code], call.complete_to)
    return facts


def _undo(call: argparse.Namespace) -> int:
    author = people.owner(call.author)
    added = store.undo(store.connect(), call.revision, author, call.note, reference_module.load())
    words = _("Đã hoàn tác phiên bản {undone} bằng phiên bản {revision}.", undone=call.revision, revision=added)
    _say(call, words, {"revision": added, "undoes": call.revision})
    return DONE


def _history(call: argparse.Namespace) -> int:
    asked = {"unit_code": call.unit, "period": call.period, "criterion": call.criterion}
    asked |= {"criteria_set": call.criteria_set}
    known = set(TYPES[call.facts].columns)
    cell = {name: value for name, value in asked.items() if value is not None and name in known}
    written = store.history(store.connect(), call.facts, cell)
    words = _table(changes.words(written, reference_module.load()))
    _say(call, words, {"history": _records(written)})
    return DONE


def _diff(call: argparse.Namespace) -> int:
    engine = store.connect()
    changed = {name: store.diff(engine, name, call.earlier, call.later) for name in TYPES}
    filled = {name: frame for name, frame in changed.items() if len(frame)}
    words = "\n".join(f"{name}\n{_table(frame)}" for name, frame in filled.items()) or _("Không có khác biệt.")
    _say(call, words, {name: _records(frame) for name, frame in changed.items()})
    return DONE


def _log(call: argparse.Namespace) -> int:
    engine = store.connect()
    entries, data = store.log(engine), dataset.load(engine)
    words = f"{provenance.shown(data)}\n{_table(as_words(changes.log(entries), changes.log_columns()))}"
    _say(call, words, {"revision": data.revision, "world": data.world, "log": _records(entries)})
    return DONE


def _template(call: argparse.Namespace) -> int:
    if not rules.is_month_end(call.period):
        raise sheets.Refused(_("Kỳ {found} phải là ngày cuối tháng, dạng 2024-12-31.", found=call.period))
    reference = files.reference_of(call.form, call.period)
    files.check_known(call.criteria_set, reference.timeline.criteria_sets.index, _("bộ tiêu chí"))
    for group in call.group:
        files.check_known(group, reference.groups.index, _("huyện"))
    files.check_known(call.plan, [plan.id for plan in reference.timeline.plans], _("kế hoạch"))
    asked = Asked(call.form, call.period, call.criteria_set)
    known = _known(asked, call.group) if call.filled else None
    made = forms.make(reference, asked, call.group, call.plan, known)
    whole_file.write(call.output, made)
    print(_("Đã ghi {file}.", file=call.output))
    return DONE


def _known(asked: Asked, groups: Collection[str]) -> Known:
    """What a template is filled with. Raises Refused if there is nothing: the sample never fills one."""
    if forms.has_workbook(asked.form):
        raise sheets.Refused(_("Với --form {form}, hãy điền sẵn bằng --plan MÃ.", form=asked.form))
    known = prefilled.of(dataset.load(store.connect(), world=World.REAL, day=asked.period), asked, groups)
    if known is None:
        raise sheets.Refused(
            _(
                "Chưa có số liệu của tỉnh đến {date} để điền sẵn; số liệu minh họa không được điền vào mẫu. "
                "Hãy bỏ --filled để lấy mẫu trống.",
                date=text.date(asked.period),
            )
        )
    return known


def _open(call: argparse.Namespace) -> int:
    reference = reference_module.load()
    facts = {"openings": openings.row(reference.province_code, call.period)}
    change = Change(people.owner(call.author), call.note, OFFICIAL, facts)
    revision = store.publish(store.connect(), change, reference)
    words = _("Đã mở kỳ {period} bằng phiên bản {revision}.", period=text.date(call.period), revision=revision)
    _say(call, words, {"revision": revision, "period": call.period})
    return DONE

"""The command line's data commands: import, preview, publish, undo, history, diff, log, template, backup, restore."""

import argparse
import json
import sys
from pathlib import Path

import pandas as pd

from ntm import (
    changes,
    clock,
    complete_lists,
    dataset,
    labels,
    package,
    people,
    preview,
    provenance,
    schema,
    store,
    text,
)
from ntm import reference as reference_module
from ntm.figure import as_words
from ntm.intake import marked, reading, sheets, template
from ntm.intake.layout import FORM_NAMES, FORMS, PUBLISHED_AS
from ntm.intake.reading import FAULT_COLUMNS, Asked, Reading
from ntm.store import Change
from ntm.terminal import DONE, FAULTY
from ntm.text import _
from ntm.world import World

SHOWN = 50  # rows of a table


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands to the command line."""
    for name, run, words in (
        ("import", _import, "đọc và kiểm tra một tệp, không lưu gì"),
        ("preview", _preview, "xem tệp sẽ làm thay đổi những gì, không lưu gì"),
        ("publish", _publish, "công bố một tệp thành phiên bản số liệu chính thức"),
    ):
        command = commands.add_parser(name, help=words)
        _file_arguments(command)
        command.set_defaults(run=run)
        if name == "import":
            command.add_argument("--marked", type=Path, metavar="TỆP.xlsx", help="ghi tệp có đánh dấu các ô lỗi")
        if name == "publish":
            _author_arguments(command)

    undo = commands.add_parser("undo", help="hoàn tác một phiên bản, bằng một phiên bản mới")
    undo.add_argument("revision", type=int, metavar="SỐ")
    _author_arguments(undo)
    _json_argument(undo)
    undo.set_defaults(run=_undo)

    history = commands.add_parser("history", help="lịch sử của một đơn vị, một tiêu chí hoặc một kỳ")
    history.add_argument("unit", metavar="MÃ")
    history.add_argument("--facts", choices=list(schema.FACTS), default="assessments", help="bảng số liệu")
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
    make.add_argument("--district", action="append", default=[], metavar="MÃ")
    make.set_defaults(run=_template)

    backup = commands.add_parser("backup", help="gói mọi số liệu, phiên bản và nhật ký vào một tệp")
    backup.add_argument("file", type=Path, metavar="TỆP.zip")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="khôi phục một gói vào cơ sở dữ liệu trống, rồi kiểm tra")
    restore.add_argument("file", type=Path, metavar="TỆP.zip")
    restore.set_defaults(run=_restore)


def _file_arguments(command: argparse.ArgumentParser) -> None:
    forms = "; ".join(f"{form}: {words}" for form, words in FORM_NAMES.items())
    command.add_argument("file", type=Path, metavar="TỆP", help="xlsx, ods, xls hoặc csv")
    command.add_argument("--form", choices=list(FORMS), default="assessments", help=forms)
    command.add_argument("--period", default="", help="kỳ, dạng 2024-12-31, nếu tệp không ghi")
    command.add_argument("--set", dest="criteria_set", default="", help="bộ tiêu chí, nếu không phải của xã")
    command.add_argument(
        "--complete-to", metavar="NGÀY", default="", help="với recognitions: danh sách công nhận là đầy đủ đến ngày này"
    )
    command.add_argument(
        "--complete-of", metavar="MÃ", action="append", help="danh sách đầy đủ của huyện này; mặc định: toàn tỉnh"
    )
    command.add_argument("--blank-is-not-met", action="store_true", help="ô trống là chưa đạt, không phải chưa biết")
    _json_argument(command)


def _author_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--author", help="tên người công bố; mặc định là người quản trị máy chủ")
    command.add_argument("--note", required=True, help="ghi chú, ví dụ số văn bản")


def _json_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="in kết quả dạng JSON, cho chương trình khác đọc")


def _read(call: argparse.Namespace) -> tuple[bytes, Reading]:
    content = call.file.read_bytes()
    asked = Asked(call.form, call.period, call.criteria_set, call.blank_is_not_met)
    reference = reference_module.load()
    if asked.criteria_set and asked.criteria_set not in reference.criteria_sets.index:
        allowed = ", ".join(reference.criteria_sets.index)
        raise sheets.Refused(
            _("Không có bộ tiêu chí {found}. Có: {allowed}.", found=asked.criteria_set, allowed=allowed)
        )
    return content, reading.read(sheets.read(content), asked, reference)


def _say(call: argparse.Namespace, words: str, content: dict) -> None:
    """Print words for people, or the content as JSON for programs."""
    print(json.dumps(content, ensure_ascii=False, default=str) if call.json else words)


def _table(frame: pd.DataFrame) -> str:
    shown = frame.head(SHOWN).to_string(index=False)
    more = len(frame) - SHOWN
    return "\n".join([shown, _("… và {count} dòng nữa.", count=more)]) if more > 0 else shown


def _records(frame: pd.DataFrame) -> list[dict]:
    return json.loads(clock.stamped(frame).to_json(orient="records", date_format="iso", force_ascii=False))


def _found_faults(call: argparse.Namespace, read: Reading) -> bool:
    """Say a file's faults, if it has any."""
    if read.faults.empty:
        return False
    shown = read.faults[FAULT_COLUMNS]
    words = _("{count} lỗi; không lưu gì.", count=len(shown)) + "\n" + _table(shown)
    print(json.dumps({"faults": _records(shown)}, ensure_ascii=False) if call.json else words, file=sys.stderr)
    return True


def _import(call: argparse.Namespace) -> int:
    content, read = _read(call)
    if call.marked and len(read.faults):
        call.marked.write_bytes(marked.make(content, read))
    if _found_faults(call, read):
        return FAULTY
    understood = {
        read.sheets[number].name: [role for role in layout.roles if role] for number, layout in read.layouts.items()
    }
    words = _("Đọc được {count} số liệu, không có lỗi. Chưa lưu gì.", count=len(read.rows))
    _say(call, words, {"rows": len(read.rows), "columns": understood, "unread": read.unread})
    return DONE


def _preview(call: argparse.Namespace) -> int:
    _content, read = _read(call)
    if _found_faults(call, read):
        return FAULTY
    engine = store.connect()
    dataset.build(engine)
    seen = preview.make(dataset.load(engine, world=World.REAL), _facts(call, read))
    differs = seen.now["literal_actual"].ne(seen.then["literal_actual"]) & ~(
        seen.now["literal_actual"].isna() & seen.then["literal_actual"].isna()
    )
    figures = ["literal_actual", "literal_low", "literal_high", "known", "total", "status"]
    targets = seen.now[figures].join(seen.then[figures], lsuffix="_before", rsuffix="_after")
    words = "\n".join(
        [
            _("Ô mới {new}, ô thay đổi {changed}, ô như cũ {same}. Chưa lưu gì.", **seen.cells),
            _table(seen.moves),
            _table(targets[differs].reset_index()),
        ]
    )
    content = {
        "base": seen.base,
        "cells": seen.cells,
        "opens_real_data": seen.opens,
        "moves": _records(seen.moves),
        "targets": _records(targets.reset_index()),
    }
    _say(call, words, content)
    return DONE


def _publish(call: argparse.Namespace) -> int:
    _content, read = _read(call)
    if _found_faults(call, read):
        return FAULTY
    kind = PUBLISHED_AS[call.form]
    change = Change(people.owner(call.author), call.note, kind, _facts(call, read))
    revision = store.publish(store.connect(), change, reference_module.load())
    words = _("Đã lưu phiên bản {revision} ({kind}).", revision=revision, kind=labels.kind(kind))
    _say(call, words, {"revision": revision, "rows": len(read.rows)})
    return DONE


def _facts(call: argparse.Namespace, read: Reading) -> dict[str, pd.DataFrame]:
    """The facts of a file, and, where --complete-to says so, that the list of recognitions is complete with them."""
    facts = {call.form: read.facts}
    if call.complete_to:
        if call.form != "recognitions":
            raise sheets.Refused(_("--complete-to chỉ dùng với --form recognitions."))
        reference = reference_module.load()
        facts["complete_lists"] = complete_lists.rows(call.complete_of or [reference.plan.province], call.complete_to)
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
    known = set(schema.columns(schema.FACTS[call.facts]))
    cell = {name: value for name, value in asked.items() if value is not None and name in known}
    written = store.history(store.connect(), call.facts, cell)
    words = _table(changes.words(written, reference_module.load()))
    _say(call, words, {"history": _records(written)})
    return DONE


def _diff(call: argparse.Namespace) -> int:
    engine = store.connect()
    changed = {name: store.diff(engine, name, call.earlier, call.later) for name in schema.FACTS}
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
    made = template.make(reference_module.load(), call.form, call.period, call.criteria_set, call.district)
    call.output.write_bytes(made)
    print(_("Đã ghi {file}.", file=call.output))
    return DONE


def _backup(call: argparse.Namespace) -> int:
    engine = store.connect()
    digest = package.write(engine, call.file)
    print(_("Đã gói đến phiên bản {revision} vào {file}.", revision=store.latest(engine), file=call.file))
    print(f"SHA-256 {digest}")
    return DONE


def _restore(call: argparse.Namespace) -> int:
    engine = store.connect()
    digest = package.restore(engine, call.file)
    print(_("Đã khôi phục đến phiên bản {revision}; mọi bảng giống lúc gói.", revision=store.latest(engine)))
    print(f"SHA-256 {digest} · {text.date(clock.today())}")
    return DONE

"""The list of people as a file that commands write: somebody is added or taken out, all else stays as it is.

Comments and order are kept (tomlkit). What is written is read first, as strictly as the server reads it.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument

from ntm import people, people_list, whole_file
from ntm.environment import setting
from ntm.people import Faulty, People, Role
from ntm.text import _

OWNER_ALONE = 0o600
BEGINNING = 'reading = "open"  # "listed": only people on the list may read\n'


def place() -> Path:
    """Return the file that NTM_PEOPLE names. Raises ValueError if it names none."""
    if not setting("NTM_PEOPLE"):
        raise ValueError(
            _(
                "Chưa có danh sách người dùng. Hãy đặt NTM_PEOPLE là tên tệp (ví dụ NTM_PEOPLE=people.toml) cho cả máy "
                "chủ và dòng lệnh, rồi chạy lại."
            )
        )
    return Path(setting("NTM_PEOPLE"))


def begin(file: Path) -> None:
    """Make a list without people, if the file is not there."""
    if not file.exists():
        _write(file, BEGINNING)


def add(file: Path, address: str, name: str, role: Role, groups: Sequence[str] = ()) -> People:
    """Add somebody to a list and return it as it is now. Raises people.Faulty, ValueError if they are there already."""

    def change(document: TOMLDocument) -> None:
        entry = tomlkit.table()
        entry.add("name", name)
        entry.add("role", str(role))
        if groups:
            entry.add("groups", list(groups))
        if "people" not in document:
            document.add("people", tomlkit.table(is_super_table=True))
        document["people"][address] = entry

    if people.fold(address) in people_list.read(file).listed:
        raise ValueError(_("{address} đã có trong danh sách {file}.", address=address, file=file.name))
    return _change(file, change)


def remove(file: Path, address: str) -> People:
    """Take somebody out of a list and return it. Raises people.Faulty, ValueError if they are not there."""
    listed = people_list.read(file).listed.get(people.fold(address))
    if listed is None:
        raise ValueError(_("{address} không có trong danh sách {file}.", address=address, file=file.name))

    def change(document: TOMLDocument) -> None:
        del document["people"][listed.email]

    return _change(file, change)


def _change(file: Path, change: Callable[[TOMLDocument], None]) -> People:
    document = tomlkit.parse(file.read_bytes().decode("utf-8-sig"))
    change(document)
    words = tomlkit.dumps(document)
    try:
        found = people_list.parse(words.replace("\r\n", "\n"), file)
    except Faulty as faulty:
        raise ValueError(_("Chưa ghi gì vào {file}: {wrong}.", file=file.name, wrong=faulty.wrong)) from faulty
    _write(file, words)
    return found


def _write(file: Path, words: str) -> None:
    """Write a list; it is readable for whom it was, or for its owner alone."""
    with whole_file.writing(file) as part:
        part.touch(OWNER_ALONE)
        part.write_bytes(words.encode())
        if file.exists():
            shutil.copymode(file, part)
            if os.name == "posix":  # root may have been asked to change another account's file
                known = file.stat()
                os.chown(part, known.st_uid, known.st_gid)

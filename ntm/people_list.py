"""The list of people as a file: TOML, strictly read. Whatever is not understood closes the door, in one sentence.

    reading = "open"                       # or "listed": only people on the list may read; one of them must stand here
    email_verified = "required"            # or "not sent": for a provider that says nothing of it

    [people."an@laichau.example"]
    name = "Lò Thị An"
    role = "group editor"                  # viewer, group editor, editor, administrator
    groups = ["110", "Tam Đường"]          # of a group editor: the only ones that they may change

A group is a district, or a group of a grouping that the data names, of any day. Older lists say `district editor` and
`districts`; both are still understood.

A sentence names the line and what is allowed there, and no address: readers see it too.
"""

import re
import tomllib
import unicodedata
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from ntm import gazetteer, signs, timeline
from ntm.environment import setting
from ntm.people import GROUP_EDITOR, Faulty, People, Person, Role, fold
from ntm.text import _

Reading = Literal["open", "listed"]
Verified = Literal["required", "not sent"]
Written = Literal["viewer", "group editor", "district editor", "editor", "administrator"]
OLDER = {"district editor": GROUP_EDITOR}  # a role as older lists call it
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
LARGEST = 1_000_000  # bytes


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Entry(_Strict):
    name: str
    role: Written = "viewer"
    groups: list[str | int] | None = None
    districts: list[str | int] | None = None  # as older lists say


class _File(_Strict):
    reading: Reading
    email_verified: Verified = "required"
    people: dict[str, _Entry] = {}


ALLOWED = {  # a key → what it may hold, where that is one of some words
    "reading": get_args(Reading),
    "email_verified": get_args(Verified),
    "role": tuple(Role),
}


def load(file: Path | None = None) -> People:
    """Read the list (NTM_PEOPLE where no file is named); nobody where none is named. Raises Faulty."""
    named = file or setting("NTM_PEOPLE")
    return read(Path(named)) if named else People()


def read(file: Path) -> People:
    """Read a list. Raises people.Faulty."""
    return parse(_words(file), file)


def parse(words: str, file: Path) -> People:
    """Return the list that a file's words are. Raises people.Faulty, which names the file."""
    try:
        content = tomllib.loads(words)
        found = _File.model_validate(content)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise Faulty(file.name, int(line[1]) if line else len(words.splitlines()), _not_toml()) from error
    except ValidationError as error:
        place, wrong = _first(error)
        raise Faulty(file.name, _line(words, place), wrong) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets without end
        raise Faulty(file.name, 1, _not_toml()) from error
    return _people(found, file, words)


def _words(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise Faulty(file.name, 1, _("tệp quá lớn, không phải danh sách người dùng"))
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Faulty(
            file.name, 1, _("không phải mã UTF-8; hãy lưu lại với mã UTF-8 (Notepad: Save as › UTF-8)")
        ) from error
    except OSError as error:
        raise Faulty(file.name, None, _("không đọc được tệp; hãy xem NTM_PEOPLE và quyền đọc")) from error


def _not_toml() -> str:
    return _('không đúng cú pháp TOML; ví dụ đúng: role = "editor" dưới [people."an@laichau.example"]')


Place = tuple[str | int, ...]


def _first(error: ValidationError) -> tuple[Place, str]:
    """Where the first fault is, and what is wrong there."""
    faults = error.errors(include_url=False)
    fault = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])  # what was meant
    place = tuple(part for part in fault["loc"] if part not in ("str", "int"))
    key = str(place[-1]) if place else ""
    if fault["type"] == "extra_forbidden":
        return place, _unknown(place, key)
    if fault["type"] == "missing" and key == "reading":
        return (), _('thiếu reading = "open" hoặc reading = "listed" ở đầu tệp')
    if fault["type"] == "missing":
        return place[:-1], _("thiếu “{key}”; mỗi người cần: {allowed}", key=key, allowed="name")
    return place, _wrong_value(place, key)


def _wrong_value(place: Place, key: str) -> str:
    if key in ALLOWED:
        return _("“{key}” phải là một trong: {allowed}", key=key, allowed=", ".join(ALLOWED[key]))
    if {"groups", "districts"} & set(place):
        return _('“groups” phải là danh sách mã hoặc tên nhóm xã (huyện, cụm…), ví dụ ["110", "Tam Đường"]')
    if key == "name":
        return _("“name” phải là chữ trong dấu ngoặc kép")
    return _('mỗi người là một mục riêng: [people."địa chỉ"], dưới đó là name, role, groups')


def _unknown(place: Place, key: str) -> str:
    inside = len(place) > 1
    known = list(_Entry.model_fields if inside else _File.model_fields)
    if inside and key in _File.model_fields:
        return _("“{key}” phải đứng ở đầu tệp, trên mọi mục [people…]", key=key)
    near = get_close_matches(key.lower(), known, n=1)
    meant = _(" (có phải “{near}”?)", near=near[0]) if near else ""
    named = "…" if "@" in key else key[:40]
    return _("không có mục “{key}”{meant}; được dùng: {allowed}", key=named, meant=meant, allowed=", ".join(known))


def _line(words: str, place: Place) -> int:
    """The number of the line that a place of the content stands in; of the nearest above it, where it has none."""
    lines, names = words.splitlines(), [str(part) for part in place if isinstance(part, str)]
    at, start = 1, 0
    for name in names:
        quoted = re.compile(rf"""\s*\[*.*?(?<![\w@.-])["']?{re.escape(name)}["']?\s*[\].=]""")
        found = next((number for number in range(start, len(lines)) if quoted.match(lines[number])), None)
        if found is not None:
            at, start = found + 1, found
    return at


def _people(found: _File, file: Path, words: str) -> People:
    listed: dict[str, Person] = {}
    for address, entry in found.people.items():
        line = _line(words, ("people", address))
        folded = fold(address)
        if not ADDRESS.fullmatch(address) or signs.fault(address):
            raise Faulty(file.name, line, _("địa chỉ thư phải có dạng ten@coquan.vn, không có dấu cách"))
        if folded in listed:
            raise Faulty(file.name, line, _("địa chỉ này đã có ở một mục khác (chữ hoa, chữ thường là một)"))
        listed[folded] = _person(address, entry, file, line)
    return People(listed, found.reading, found.email_verified)


def _person(address: str, entry: _Entry, file: Path, line: int) -> Person:
    name = signs.composed(entry.name)
    if not name or set("@<>\n") & set(unicodedata.normalize("NFKC", name)) or signs.fault(name):
        raise Faulty(file.name, line, _("“name” phải là họ tên, không phải địa chỉ thư: mọi người đọc thấy tên này"))
    role = Role(OLDER.get(entry.role, entry.role))
    words = [*(entry.groups or ()), *(entry.districts or ())]
    if bool(words) != (role == GROUP_EDITOR) or [] in (entry.groups, entry.districts):
        raise Faulty(file.name, line, _("“groups” phải có với “group editor”, và chỉ với vai trò này"))
    return Person(name, role, frozenset(_group(word, file, line) for word in words), address)


def _group(word: str | int, file: Path, line: int) -> str:
    """The code of a group that is named by its code, as a number too, or by its name in any spelling."""
    known = timeline.load().group_names
    if (code := str(word).strip()) in known:
        return code
    sought = gazetteer.key(word) if isinstance(word, str) else None
    meant = [found for found, name in known.items() if gazetteer.key(name) == sought]
    if len(meant) == 1:
        return meant[0]
    allowed = ", ".join(f"{found} {known[found]}" for found in meant or known)
    if meant:
        wrong = _("nhiều nhóm xã tên “{found}”; hãy ghi mã: {allowed}", found=code[:40], allowed=allowed)
    else:
        wrong = _("không có nhóm xã “{found}”; được dùng: {allowed}", found=code[:40], allowed=allowed)
    raise Faulty(file.name, line, wrong)


assert set(get_args(Written)) == {*Role, *OLDER}

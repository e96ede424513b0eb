"""Units that a file can mean: those of its day, of the level and kind that the form, or the criteria set, is for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ntm import gazetteer, succession, text
from ntm.facts import FORMS, rules
from ntm.gazetteer import LONGEST_NAME, Names, Place
from ntm.intake.asked import Asked
from ntm.reference import Reference
from ntm.text import _

CODE_DIGITS = {"commune": 5, "district": 3}
LONGEST_SPOKEN = 5  # words of a name in a title
SHORTEST_CODE = 3  # figures: what is shorter is a number
SUMS = (  # what the name of a row of sums begins with
    *("tong", "tongso", "tongcong", "cong", "binhquan", "toantinh", "toanhuyen", "trungbinh", "tyle", "soxa"),
    *("sodonvi", "xadat"),
)
_NUMBER = re.compile(r"^\s*(?:[IVX]{1,4}|\d{1,3})\s*[.)\-–:]\s*(?=\D)")
DISTRICT_WORDS = ("huyen ", "thanh pho ", "thi xa ", "tp ", "tp.", "h. ")
CAPTIONS = ("huyện", "thành phố", "thị xã")  # kinds of districts


def level_of(asked: Asked, reference: Reference) -> str:
    """Return the level of the units that a file can name: that of its criteria set, or of its form; "" for all."""
    form = FORMS[asked.form]
    return reference.timeline.criteria_sets.at[asked.criteria_set, "unit_level"] if form.by_criterion else form.level


def kind_of(asked: Asked, reference: Reference) -> str:
    """Return the kind of the units that a file can name: that of its criteria set; "" for all."""
    by_criterion = FORMS[asked.form].by_criterion
    return reference.timeline.criteria_sets.at[asked.criteria_set, "unit_kind"] if by_criterion else ""


class Units:
    """The units of one day, ready to be looked up for each row."""

    def __init__(self, asked: Asked, reference: Reference):
        self.level, self.kind = level_of(asked, reference), kind_of(asked, reference)
        known = reference.units[reference.units["level"] == self.level] if self.level else reference.units
        of_kind = known[known["kind"] == self.kind] if self.kind else known  # a commune and a town are called alike
        aliases = gazetteer.load_aliases()
        self.names = gazetteer.build(of_kind, reference.districts, aliases)
        self.others = gazetteer.build(known, reference.districts, aliases) if self.kind else self.names
        self.codes = frozenset(reference.units.index)
        self.labels = reference.units["label"].to_dict()
        self.districts = reference.districts["name"].to_dict()
        self.district_keys = {gazetteer.key(name): code for code, name in self.districts.items()}

    def code(self, word: str) -> str:
        """Return a code as the catalogue writes it: a spreadsheet may have made a number of it (3409)."""
        word = word.lstrip("'’").strip()
        if not word.isdecimal() or word in self.codes:
            return word
        padded = (word.zfill(digits) for digits in CODE_DIGITS.values())
        return next((longer for longer in padded if longer in self.codes), word)

    def find(self, place: Place) -> str | None:
        """Return the code of the unit that a place is; None if it is none, or no single one."""
        if place.code and not place.name:
            return place.code if place.code in self.others.codes else None
        for names in (self.names, self.others):
            if (code := self._in(names, place)) is not None:
                return code
        return None

    @staticmethod
    def _in(names: Names, place: Place) -> str | None:
        found = names.find(place if names.have_districts else replace(place, district=""))
        kind = gazetteer.split_kind(place.name)[1]
        if found is None or (kind and found.kind and kind != found.kind):  # "Thị trấn X" is no commune X
            return None
        return found.code

    def is_unit(self, words: str) -> bool:
        """Return whether words are a code, or a name, of a unit that a file can name."""
        name = words[:LONGEST_NAME]
        return words in self.names.codes or (bool(name) and bool(self.names.by_key.get(gazetteer.key(name))))

    def is_in(self, words: Sequence[str]) -> bool:
        """Return whether any of a row's words names a unit, and none a district over the rows below."""
        names = [self.code(without_number(word)) for word in words]
        return any(map(self.is_unit, names)) and not any(text.plain(name).startswith(DISTRICT_WORDS) for name in names)

    def is_known(self, words: str) -> bool:
        """Return whether words are a code, or a name, of any unit, or of a district."""
        name = words[:LONGEST_NAME]
        if words.isdecimal():
            return len(words) >= SHORTEST_CODE and self.code(words) in self.codes
        key = gazetteer.key(without_number(name))
        return words in self.codes or (bool(key) and (key in self.others.by_key or key in self.district_keys))

    def caption(self, words: str) -> str:
        """Return the code of the district that a row between the communes names ("I. Huyện Than Uyên (11 xã)")."""
        spoken = without_number(re.split(r"[(:]", words[:LONGEST_NAME])[0]).strip()
        kind = gazetteer.split_kind(spoken)[1]
        known = self.district_keys.get(gazetteer.key(spoken), "")
        is_commune = bool(self.names.by_key.get(gazetteer.key(spoken)))
        return known if kind in CAPTIONS or not is_commune else ""

    def unknown(self, place: Place) -> tuple[str, str]:
        """Say that a place is no unit: the rule, and what is most like it."""
        if place.name and self.others.is_ambiguous(place.name):
            return _("có nhiều đơn vị cùng tên; hãy ghi mã hoặc huyện"), ""
        near = self.names.nearest(place.name) if place.name else None
        suggestion = "" if near is None else f"{self.labels[near.code]} {near.code}"
        return _("không có đơn vị này trong danh mục của tỉnh"), suggestion


class Directory:
    """The units of every day that a file speaks of: a name may have meant another unit before."""

    def __init__(self, asked: Asked, reference: Reference):
        self.asked, self.reference = asked, reference
        self._known: dict[tuple[str, str], Units] = {}  # what was asked for → units
        self._built: dict[tuple[str, str], Units] = {}  # first day and set → units
        sets = reference.timeline.criteria_sets["name_vi"]
        self._sets = {text.letters(words): code for code, name in sets.items() for words in (code, name)}

    def criteria_set(self, words: str) -> str:
        """Return the code of the criteria set that a cell names; the words themselves if it names none."""
        return self._sets.get(text.letters(words), words)

    def on(self, day: str, criteria_set: str = "") -> Units:
        """Return the units of a day that a set is for; of the reference's day and the set asked for without them."""
        if (day, criteria_set) not in self._known:  # asked for each row: a look at the timeline costs more
            self._known[day, criteria_set] = self._units(day, criteria_set)
        return self._known[day, criteria_set]

    def _units(self, day: str, criteria_set: str) -> Units:
        reference = self.reference.at(day) if rules.is_day(day) else self.reference
        known = criteria_set in reference.timeline.criteria_sets.index
        asked = replace(self.asked, criteria_set=criteria_set) if known else self.asked
        key = (reference.day, asked.criteria_set)
        if key not in self._built:
            self._built[key] = Units(asked, reference)
        return self._built[key]

    def of_another_day(self, place: Place, units: Units) -> tuple[str, str] | None:
        """Say that a place is a unit of another division, and what succeeded it; None if it is none either."""
        for day in self.reference.timeline.division_days:
            code = self.on(day).find(place) if self.on(day) is not units else None
            if code is not None:
                later = succession.successor(self.reference.timeline, code, day)
                suggestion = f"{later['name']} {later.name}" if later is not None else ""
                return _("đơn vị không tồn tại ở kỳ này"), suggestion
        return None


def without_number(words: str) -> str:
    """Return words without the number of their row: "II - Huyện Tam Đường", "1. Bản Giang"."""
    return _NUMBER.sub("", words).strip()


def is_sum(words: str) -> bool:
    """Return whether the name of a row says that it holds sums."""
    return text.letters(words[:LONGEST_NAME]).startswith(SUMS)


def spoken_unit(titles: Sequence[str], units: Units) -> str:
    """Return the code of the one unit that the titles of a table name ("PHIẾU ĐÁNH GIÁ XÃ BẢN GIANG"); "" if none."""
    found = {code for title in titles for code in _spoken(title, units) if units.kind}
    return found.pop() if len(found) == 1 else ""


def _spoken(title: str, units: Units) -> Iterator[str]:
    """The units that a title names: after the word for their kind, what is longest and a name."""
    districts = [name for name in _named(title, "huyện") if gazetteer.key(name) in units.district_keys]
    district = districts[0] if districts else ""
    for start in re.finditer(rf"\b{units.kind}\s", title, re.IGNORECASE):
        names = _named(title[start.start() :], units.kind)
        places = (Place(name=f"{units.kind} {name}", district=district) for name in names)
        yield from list(filter(None, map(units.find, places)))[:1]


def _named(title: str, kind: str) -> Iterator[str]:
    """What may be the name after the first word for a kind, the longest first."""
    found = re.search(rf"\b{kind}\s+([^,;:()–-]+)", title, re.IGNORECASE)
    words = found[1].split()[:LONGEST_SPOKEN] if found else []
    return (" ".join(words[:count]) for count in range(len(words), 0, -1))

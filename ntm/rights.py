"""Rights: which effects a role may bring about. The store asks before it writes; a refusal says what is allowed.

| effect | viewer | group editor | editor | administrator |
|---|---|---|---|---|
| official and published facts of the units of one's own groups, also of what succeeded them | no | yes | yes | yes |
| … of any unit | no | no | yes | yes |
| a period comes to the list, or leaves it | no | no | yes | yes |
| readers come from the sample to the real data, or back | no | no | yes | yes |
| sample facts; an act without any facts | no | no | no | yes |
"""

from ntm import succession
from ntm.effects import Effect
from ntm.people import ADMINISTRATOR, GROUP_EDITOR, Denied, Person
from ntm.reference import Reference
from ntm.text import _, date
from ntm.world import SAMPLE

NAMED = 5  # units that a refusal names


def check(person: Person, effect: Effect, reference: Reference) -> None:
    """Raise Denied unless a person may bring an effect about."""
    if not person.may_change:
        raise Denied(_("{person} chỉ được xem, không được thay đổi số liệu.", person=person.name))
    if person.role == ADMINISTRATOR:
        return
    if SAMPLE in effect.kinds or not effect.units:
        raise Denied(
            _(
                "Chỉ quản trị viên được đổi số liệu minh họa hoặc hoàn tác một phiên bản không có số liệu; {person} "
                "không phải quản trị viên.",
                person=person.name,
            )
        )
    if person.role == GROUP_EDITOR:
        _check_groups(person, effect, reference)
        _check_opening(person, effect)


def _check_groups(person: Person, effect: Effect, reference: Reference) -> None:
    timeline = reference.timeline
    units = effect.units
    outside = sorted({code for code, day in units if not succession.is_within(timeline, code, person.groups, day)})
    if outside:
        labels, groups = timeline.labels(), timeline.group_labels()
        raise Denied(
            _(
                "{person} chỉ được thay đổi số liệu của: {groups}. Ngoài phạm vi: {outside}.",
                person=person.name,
                groups=", ".join(groups.get(code, code) for code in sorted(person.groups)),
                outside=", ".join(labels.get(code, code) for code in outside[:NAMED]),
            )
        )


def _check_opening(person: Person, effect: Effect) -> None:
    if effect.periods:
        raise Denied(
            _(
                "{person} chỉ được đổi số liệu của kỳ đã mở. Việc này sẽ mở hoặc đóng kỳ {periods} với mọi người; hãy "
                "nhờ người cập nhật toàn tỉnh mở kỳ.",
                person=person.name,
                periods=", ".join(date(period) for period in sorted(effect.periods)),
            )
        )
    if effect.turns:
        raise Denied(
            _(
                "Việc này sẽ chuyển mọi người giữa số liệu minh họa và số liệu chính thức; {person} chỉ cập nhật địa "
                "bàn của mình. Hãy nhờ người cập nhật toàn tỉnh mở kỳ đầu tiên.",
                person=person.name,
            )
        )

"""Updates: an office's file in, checked, compared and published; revisions, their undoing, history and log."""

import streamlit as st

from ntm.text import _
from ntm.ui import blocks, data, findings_view, publish_view, revisions_view, understood_view, update_view, upload_view

dataset = data.current()  # what readers see; what an office changes is real
real = data.real()

blocks.heading(
    _("Cập nhật số liệu"),
    _("Tải tệp mẫu, điền, tải lên; xem lỗi và thay đổi trước khi công bố. Mỗi lần công bố là một phiên bản."),
)
revisions_view.announce()
person = update_view.who(real)

upload, revisions, history, log = st.tabs(
    [_("Nhập tệp"), _("Phiên bản"), _("Lịch sử"), _("Nhật ký")], on_change="rerun"
)
with data.reachable():
    with upload:
        wanted = update_view.ask(real, data.period())
        real = real.at(wanted.asked.period)
        if wanted.is_of_period:
            update_view.reported(real, wanted.asked.period)
        if wanted.is_of_period and person.may_change:
            update_view.opening(real, wanted.asked.period, person)
        file = upload_view.upload(real, wanted.asked, person) if person.may_change else None
        if file:
            understood_view.sheets(real, file.found)
            acknowledged = findings_view.understood(file)
            is_faulty = findings_view.faults(file)
            findings_view.lists(file, person, real.reference)
            if not is_faulty:
                seen = publish_view.effects(real, file.found, wanted)
                publish_view.publish(real, file, wanted, seen, person, acknowledged=acknowledged)
    if revisions.open:
        with revisions:
            revisions_view.revisions(real, person)
    if history.open:
        with history:
            revisions_view.history(real)
    if log.open:
        with log:
            revisions_view.log(person)

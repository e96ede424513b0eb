"""Presentation: slides from the live data, moved by keys or a clicker; set up here, shown full screen."""

from ntm.text import _
from ntm.ui import blocks, data, present_view

dataset = data.current()
period = data.period()

if period in dataset.periods and present_view.is_running():
    present_view.show(dataset, period)
else:
    blocks.heading(
        _("Trình chiếu"),
        _("Chiếu toàn màn hình từ số liệu đang xem: chọn kỳ và phạm vi ở thanh bên, chọn trang ở đây, rồi bắt đầu."),
    )
    if not blocks.no_data(dataset, period):
        present_view.set_up(dataset, period)

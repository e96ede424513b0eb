import contextvars

from ntm import text
from ntm.text import _
from ntm.ui import blocks


def test_a_file_made_later_speaks_the_readers_language() -> None:
    text.use("en")
    make = blocks.later(lambda: _("Nguồn số liệu").encode())
    assert contextvars.Context().run(make) == b"Source of the data"

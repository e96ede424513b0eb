from ntm import look
from ntm.look import Look
from ntm.text import _
from ntm.ui import blocks


def test_a_file_made_later_speaks_the_readers_language() -> None:
    with look.use(Look("en")):
        make = blocks.later(lambda: _("Nguồn số liệu").encode())
    assert make() == b"Source of the data"

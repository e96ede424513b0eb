"""A file that is there whole, or as it was before: whatever happens while it is written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def writing(file: Path) -> Iterator[Path]:
    """Give a place next to a file to write to; what is written there takes the file's place, if all goes well.

    Raises OSError (a full disk). Nothing is left behind.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def write(file: Path, content: bytes) -> None:
    """Write a file's content. Raises OSError."""
    with writing(file) as part:
        part.write_bytes(content)

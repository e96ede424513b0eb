"""One file from the internet, on a person's own wish: whole or not at all."""

import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from ntm import whole_file
from ntm.text import _

CHUNK = 1 << 18
TIMEOUT = 30  # seconds without a sign of life
MAX_BYTES = 500_000_000


class Failed(ValueError):
    """A download that did not arrive, said in a sentence."""


def fetch(address: str, target: Path, told: Callable[[int, int], None] = lambda _arrived, _all: None) -> None:
    """Download an address to a file, through the proxy of the environment (HTTPS_PROXY) where there is one.

    `told` hears the bytes that arrived and the bytes in all (0 where the server does not say). Nothing is resumed: what
    arrives half is thrown away, and an older file stays. Failed, with a sentence.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise Failed(_("Địa chỉ “{address}” không dùng được; cần http:// hoặc https://.", address=address))
    try:
        with whole_file.writing(target) as draft:
            _fetch(address, draft, told)
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise Failed(
            _(
                "Không tải được {address}: {reason}. Kiểm tra mạng, biến HTTPS_PROXY, hoặc tải tệp bằng trình duyệt "
                "rồi dùng boundaries import.",
                address=address,
                reason=reason,
            )
        ) from error


def _fetch(address: str, draft: Path, told: Callable[[int, int], None]) -> None:
    with urllib.request.build_opener().open(address, timeout=TIMEOUT) as answer, draft.open("wb") as file:
        expected = int(answer.headers.get("Content-Length") or 0)
        arrived = 0
        while chunk := answer.read(CHUNK):
            arrived += len(chunk)
            if arrived > MAX_BYTES:
                raise Failed(_("Tệp ở {address} quá lớn.", address=address))
            file.write(chunk)
            told(arrived, expected)
    if expected and arrived != expected:
        raise Failed(_("Tải dở: {arrived} trên {expected} byte. Tải lại từ đầu.", arrived=arrived, expected=expected))

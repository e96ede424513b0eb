import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ntm.geo import download
from ntm.geo.download import Failed

CONTENT = b"boundaries" * 100_000


class Server(http.server.ThreadingHTTPServer):
    """Serves CONTENT; below /half it hangs up in the middle. As a proxy it notes what it was asked for."""

    asked: list[str]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path.endswith("missing"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT[: len(CONTENT) // 2] if self.path.endswith("half") else CONTENT)

    def log_message(self, *_arguments: object) -> None:
        """Nothing: the tests' output is theirs."""


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    started = Server(("127.0.0.1", 0), Handler)
    started.asked = []
    threading.Thread(target=started.serve_forever, daemon=True).start()
    yield started
    started.shutdown()
    started.server_close()


@pytest.fixture
def at(server) -> Callable[[str], str]:
    return lambda path: f"http://127.0.0.1:{server.server_port}/{path}"


def test_a_file_arrives_whole(at, tmp_path) -> None:
    told: list[tuple[int, int]] = []
    download.fetch(at("layer.zip"), tmp_path / "new" / "layer.zip", lambda arrived, all_: told.append((arrived, all_)))
    assert (tmp_path / "new" / "layer.zip").read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))


@pytest.mark.parametrize(("path", "sentence"), [("half", "Tải dở"), ("missing", "Not Found")])
def test_what_does_not_arrive_whole_leaves_nothing(at, tmp_path, path: str, sentence: str) -> None:
    target = tmp_path / "layer.zip"
    target.write_bytes(b"older")
    with pytest.raises(Failed, match=sentence):
        download.fetch(at(path), target)
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


def test_a_proxy_is_used(server, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
    download.fetch("http://boundaries.example/layer.zip", tmp_path / "layer.zip")
    assert server.asked == ["http://boundaries.example/layer.zip"]
    assert (tmp_path / "layer.zip").read_bytes() == CONTENT


def test_a_machine_that_cannot_be_reached(tmp_path, server) -> None:
    server.shutdown()
    server.server_close()
    with pytest.raises(Failed, match="HTTPS_PROXY"):
        download.fetch(f"http://127.0.0.1:{server.server_port}/layer.zip", tmp_path / "layer.zip")


def test_too_much_is_stopped(at, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(download, "MAX_BYTES", 1000)
    with pytest.raises(Failed, match="quá lớn"):
        download.fetch(at("layer.zip"), tmp_path / "layer.zip")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example/x", "layer.zip", ""])
def test_other_addresses_are_refused(tmp_path, address: str) -> None:
    with pytest.raises(Failed, match="http"):
        download.fetch(address, Path(tmp_path) / "layer.zip")

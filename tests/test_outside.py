"""No request leaves the machine: a proxy on loopback stands before the commands and the server, and hears nothing."""

import http.server
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm.paths import ROOT
from tests.ports import free_port

CRS = {
    "a link": '"crs":{"type":"link","properties":{"href":"http://HOST/crs"}},',
    "a link with an escape": '"crs":{"type":"l\\u0069nk","properties":{"hre\\u0066":"http://HOST/crs"}},',
    "a link in other words": '"crs" : { "properties":{"type":"proj4","href":"http://HOST/crs"}, "type" : "link"},',
    "a name that is an address": '"crs":{"type":"name","properties":{"name":"http://HOST/crs"}},',
}
GML, XSI = "http://www.opengis.net/gml", "http://www.w3.org/2001/XMLSchema-instance"
SQUARE = [[[102.5, 22.0], [102.6, 22.0], [102.6, 22.1], [102.5, 22.0]]]
FEATURE = {
    "type": "Feature",
    "properties": {"ten_xa": "Pha Mu"},
    "geometry": {"type": "Polygon", "coordinates": SQUARE},
}


class Proxy:
    """Listens, notes every request and connection, and answers none."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def note(self) -> None:
                proxy.heard.append(f"{self.command} {self.path}")
                self.send_error(502)

            do_GET = do_POST = do_CONNECT = do_HEAD = note

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
        return dict.fromkeys(names, f"http://{self.address}") | {"NO_PROXY": "", "no_proxy": ""}


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    made = Proxy()
    yield made
    made.server.shutdown()


def run(proxy: Proxy, folder: Path, *command: str) -> subprocess.CompletedProcess:
    own = {"NTM_DATABASE_URL": f"sqlite:///{folder / 'own.sqlite'}", "NTM_BOUNDARIES": str(folder / "boundaries")}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | proxy.environment | own,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_proxy_would_hear(proxy, tmp_path) -> None:
    code = "import urllib.request as u\ntry: u.urlopen('http://checkip.example/', timeout=5)\nexcept OSError: pass"
    run(proxy, tmp_path, "-c", code)
    assert proxy.heard == ["GET http://checkip.example/"]


@pytest.mark.parametrize("name", CRS)
def test_a_file_of_boundaries_asks_nobody(proxy, tmp_path, name: str) -> None:
    """Neither by the proxy of the environment nor at the address itself."""
    file = tmp_path / "layer.geojson"
    rest = json.dumps([FEATURE])
    crs = CRS[name].replace("HOST", proxy.address)
    file.write_text(f'{{"type":"FeatureCollection",{crs}"features":{rest}}}', encoding="utf-8")
    done = run(proxy, tmp_path, "-m", "ntm", "boundaries", "import", str(file))
    assert done.returncode == 1
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert proxy.heard == []


@pytest.mark.parametrize("suffix", ["geojson", "kml", "gml", "json", "vrt"])
def test_other_ways_to_name_an_address(proxy, tmp_path, suffix: str) -> None:
    http = f"http://{proxy.address}/x"
    address = f"/vsicurl/{http}.geojson"
    content = {
        "geojson": json.dumps({"type": "FeatureCollection", "features": [], "next": address}),
        "json": f"{http}.geojson",
        "kml": f'<kml xmlns="http://www.opengis.net/kml/2.2"><NetworkLink><Link><href>{http}</href></Link></NetworkLink></kml>',
        "gml": f'<gml:FeatureCollection xmlns:gml="{GML}" xmlns:xsi="{XSI}" xsi:schemaLocation="a {http}.xsd"/>',
        "vrt": f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{address}</SrcDataSource></OGRVRTLayer>'
        "</OGRVRTDataSource>",
    }[suffix]
    file = tmp_path / f"layer.{suffix}"
    file.write_text(content, encoding="utf-8")
    assert run(proxy, tmp_path, "-m", "ntm", "boundaries", "import", str(file)).returncode == 1
    assert proxy.heard == []


def test_commands_ask_nobody(proxy, tmp_path) -> None:
    (tmp_path / "one.csv").write_text("Tên xã,10\nPha Mu,x\n", encoding="utf-8")
    for command in (
        ["build"],
        ["check"],
        ["import", str(tmp_path / "one.csv"), "--period", "2024-12-31"],
        ["publish", str(tmp_path / "one.csv"), "--period", "2024-12-31", "--note", "1/BC"],
        ["report", "--kind", "docx", "--period", "2024-12-31", "-o", str(tmp_path)],
        ["backup", str(tmp_path / "b.zip")],
        ["doctor"],
    ):
        assert "Traceback" not in run(proxy, tmp_path, "-m", "ntm", *command).stderr
    assert proxy.heard == []


def test_the_server_asks_nobody_whoever_asks_it(proxy, tmp_path) -> None:
    port = free_port()
    own = {"NTM_DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite'}"}
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", f"--server.port={port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | proxy.environment | own)
    try:
        _until_it_answers(port)
        for host, origin in (
            ("localhost", "http://evil.example"),
            ("rebind.evil.example", "http://rebind.evil.example"),
        ):
            assert _upgraded(port, host, origin) in (400, 403)
        assert _upgraded(port, f"127.0.0.1:{port}", f"http://127.0.0.1:{port}") == 101
    finally:
        server.terminate()
        server.wait(60)
    assert proxy.heard == []


def _until_it_answers(port: int) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        try:
            opener.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=10)
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("The server did not answer.")


def _upgraded(port: int, host: str, origin: str) -> int:
    """The status with which the server answers who would open a websocket."""
    lines = [
        "GET /_stcore/stream HTTP/1.1", f"Host: {host}", f"Origin: {origin}", "Upgrade: websocket",
        "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: c29tZXRoaW5nIHNlY3JldA==", "", "",
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall("\r\n".join(lines).encode())
        return int(connection.recv(100).split()[1])

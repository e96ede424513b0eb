"""Finds or installs PostgreSQL for the tests, and runs one of their own: its own folder, loopback, a free port.

Run as a module it prints the folder of its programs, or says what to install and exits with 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

ADVICE = (
    "The tests of the database run on PostgreSQL too. Set PG_BIN to the folder of its programs (initdb, pg_ctl), or "
    "install it: on Debian 'apt-get install postgresql'."
)
USER = "ntm"
NOBODY = "postgres"  # the user that Debian's package makes: the server refuses to run as root


def find() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest where there are several."""
    named = os.environ.get("PG_BIN")
    if named:
        return Path(named) if (Path(named) / "initdb").exists() else None
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda program: int(program.parts[-3]), default=None)
    return newest.parent if newest else None


def install() -> Path | None:
    """Try apt; return the folder of what is there afterwards."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-q"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "postgresql"], check=False)
    return find()


@dataclass(frozen=True)
class Server:
    """A server of the tests' own: the folder of its programs, its own folder, its port."""

    programs: Path
    folder: Path
    port: int

    @property
    def address(self) -> str:
        """Its address without a database's name."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}"

    def create(self) -> None:
        """Make its files."""
        _run(self.programs / "initdb", "-D", self.folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        own = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        self._control("-l", self.folder / "log", "-w", "-t", "180", "-o", f"-p {self.port} {own}", "start")

    def stop(self) -> None:
        """Stop it at once, whoever is connected."""
        self._control("-m", "immediate", "stop")

    def _control(self, *words: Path | str) -> None:
        _run(self.programs / "pg_ctl", "-D", self.folder / "data", *words)


@contextmanager
def running() -> Iterator[Server]:
    """Run a server in a folder of its own. RuntimeError with ADVICE where there is no PostgreSQL."""
    programs = find()
    if programs is None:
        raise RuntimeError(ADVICE)
    with tempfile.TemporaryDirectory(prefix="ntm-postgres-", ignore_cleanup_errors=True) as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, NOBODY)
        server = Server(programs, Path(folder), free_port())
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _run(*command: Path | str) -> None:
    lowered = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    words = [str(part) for part in command]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/", **lowered)


if __name__ == "__main__":
    folder = find() or (None if os.environ.get("PG_BIN") else install())
    print(folder or ADVICE)
    sys.exit(0 if folder else 1)

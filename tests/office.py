"""Finds LibreOffice for the tests of reports: $SOFFICE, the machine's, or (root on Debian) apt's; converts with it.

Run as a module it prints the path, or says what to install and exits with 1.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

ADVICE = (
    "The tests of reports open them with LibreOffice. Set SOFFICE to its path, or install it: "
    "on Debian 'apt-get install libreoffice-writer libreoffice-calc libreoffice-impress'."
)
SECONDS = 300
FILTERS = {"txt": "txt:Text (encoded):UTF8", "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1"}


def find() -> str | None:
    """Return the path of a LibreOffice that is there already."""
    named = os.environ.get("SOFFICE")
    if named:
        return named if Path(named).exists() else None
    return shutil.which("soffice") or shutil.which("libreoffice")


def install() -> str | None:
    """Try apt; return the path of what is there afterwards."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        packages = ["libreoffice-writer", "libreoffice-calc", "libreoffice-impress"]
        subprocess.run(["apt-get", "update", "-q"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], check=False)
    return find()


def words(file: Path, kind: str) -> str:
    """Return what LibreOffice reads in a file: "txt" of a letter, "csv" of a workbook's first sheet; see convert."""
    return convert(file, kind).read_text(encoding="utf-8-sig")


def convert(file: Path, kind: str) -> Path:
    """Return what LibreOffice makes of a file ("pdf", or a kind of FILTERS), beside it.

    RuntimeError with ADVICE where there is no LibreOffice.
    """
    return _converted(file.parent, str(file), kind, file.stem)


def fetch(folder: Path, address: str, reading: str = "") -> str:
    """Return as CSV what LibreOffice reads at an address. `reading`: the filter to read it with, if it needs one."""
    name = Path(urlsplit(address).path).stem
    return _converted(folder, address, "csv", name, *([f"--infilter={reading}"] if reading else [])).read_text("utf-8")


def _converted(folder: Path, source: str, kind: str, name: str, *options: str) -> Path:
    program = find()
    if program is None:
        raise RuntimeError(ADVICE)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # nobody's settings, and no lock
    asked = ["--headless", *options, "--convert-to", FILTERS.get(kind, kind), "--outdir", str(folder), source]
    subprocess.run([program, profile, *asked], check=True, timeout=SECONDS, capture_output=True)
    return folder / f"{name}.{kind}"


def read_again(folder: Path, name: str, file: bytes, kind: str) -> str:
    """What LibreOffice reads in a file."""
    path = folder / name
    path.write_bytes(file)
    return re.sub(r"\s+", " ", words(path, kind))


if __name__ == "__main__":
    path = find() or (None if os.environ.get("SOFFICE") else install())
    print(path or ADVICE)
    sys.exit(0 if path else 1)

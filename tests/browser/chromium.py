"""Finds a Chromium for the browser tests: $CHROMIUM, the machine's, Playwright's, or (root on Debian) apt's.

Run as a module it prints the path, or says what to install and exits with 1.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "The browser tests need Chromium. Set CHROMIUM to its path, or install it: "
    "'playwright install chromium', or on Debian 'apt-get install chromium'."
)


def find() -> str | None:
    """Return the path of a Chromium that is there already."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights()


def _playwrights() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Try Playwright's download, then apt; return the path of what is there afterwards."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not find() and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-q"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-q", "chromium"], check=False)
    return find()


if __name__ == "__main__":
    path = find() or (None if os.environ.get("CHROMIUM") else install())
    print(path or ADVICE)
    sys.exit(0 if path else 1)

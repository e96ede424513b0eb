"""Where the project keeps its files."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
STATIC = ROOT / "static"
LOCALE = ROOT / "ntm" / "locale"
VAR = ROOT / "var"

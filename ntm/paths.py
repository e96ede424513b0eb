"""Where the project keeps its files.

`DATA` is a province's folder: $NTM_DATA, or the project's own `data/`. `OWN_DATA` is what reading needs for every
province alike: words at the heads of columns, sources of boundary layers.
"""

from pathlib import Path

from ntm.environment import setting

ROOT = Path(__file__).resolve().parent.parent
OWN_DATA = ROOT / "data"
DATA = Path(setting("NTM_DATA") or OWN_DATA)
STATIC = ROOT / "static"
LOCALE = ROOT / "ntm" / "locale"
VAR = ROOT / "var"
LEAST_FREE = 1_000_000_000  # bytes of the disk, for a database that grows and a backup beside it

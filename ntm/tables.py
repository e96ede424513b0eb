"""Tables of the data folder: CSV files of words. A file that a province does not need may be missing."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd


def read(file: Path) -> pd.DataFrame:
    """Return a CSV file, every cell as text, an empty one as "". FileNotFoundError if it is missing."""
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def read_optional(file: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Return a CSV file as `read` does; an empty table with these columns if it is missing."""
    return read(file) if file.exists() else pd.DataFrame(columns=list(columns), dtype=str)

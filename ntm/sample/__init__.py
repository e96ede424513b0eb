"""Sample data: invented years, generated from fixed seeds and labelled sample wherever they appear."""

from pathlib import Path

import pandas as pd

from ntm.facts import assessments, recognitions
from ntm.paths import DATA
from ntm.reference import Reference
from ntm.sample import year_2024, year_2026


def generate(reference: Reference, recognised: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Generate the sample of all years. `recognised`: the published recognitions (unit_code, …).

    Returns {"assessments", "recognitions", "complete_lists", "villages"} in the columns of the database's tables.
    """
    first = year_2024.generate(reference.at(year_2024.PERIODS[-1]), recognised)
    later = year_2026.generate(reference.at(year_2026.PERIODS[-1]))
    tables = first | {name: pd.concat([first[name], later[name]]) for name in later}
    whole = [(reference.province_code, recognitions.NTM, year_2026.PERIODS[-1])]
    tables["complete_lists"] = pd.DataFrame(whole, columns=["unit_code", "standard", "complete_to"])
    tables["assessments"] = tables["assessments"].sort_values(assessments.KEY).reset_index(drop=True)
    return tables


def write(tables: dict[str, pd.DataFrame], folder: Path = DATA / "sample") -> list[Path]:
    """Write the generated tables as CSV, byte for byte the same each time; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, table in tables.items():
        file = folder / f"{name}.csv"
        file.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="\n")
        files.append(file)
    return files

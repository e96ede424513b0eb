"""The catalogue of data: what there is, from where, how certain, under which terms (data/datapackage.json)."""

import json
from pathlib import Path

import pandas as pd

from ntm.paths import DATA

COLUMNS = ["name", "path", "title_vi", "title_en", "description_vi", "description_en"]
COLUMNS += ["sources", "date", "certainty", "terms_vi", "terms_en"]


def load(file: Path = DATA / "datapackage.json") -> pd.DataFrame:
    """Return the resources of the data package, in its order.

    Columns: name, path (below data/), title_vi, title_en, description_vi, description_en, sources (text), date,
    certainty (a key of labels.EVIDENCE), terms_vi, terms_en.
    """
    resources = json.loads(file.read_text(encoding="utf-8"))["resources"] if file.exists() else []
    rows = [
        {
            "name": resource["name"],
            "path": resource["path"],
            "title_vi": resource["title"],
            "title_en": resource["title_en"],
            "description_vi": resource["description"],
            "description_en": resource["description_en"],
            "sources": "; ".join(source["title"] for source in resource["sources"]),
            "date": resource["date"],
            "certainty": resource["certainty"],
            "terms_vi": resource["terms"],
            "terms_en": resource["terms_en"],
        }
        for resource in resources
    ]
    return pd.DataFrame(rows, columns=COLUMNS)

"""Formats: a table as JSON, CSV, XLSX or Parquet, and which of them a request asks for."""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import pandas as pd

from ntm import exports
from ntm.api.problems import Problem
from ntm.text import _

TYPES = {  # a format, as an address ends → its media type
    "json": "application/json",
    "csv": f"{exports.CSV_TYPE}; charset=utf-8",
    "xlsx": exports.XLSX_TYPE,
    "parquet": "application/vnd.apache.parquet",
}
MOST_ROWS = {"xlsx": 20_000}  # a workbook costs a hundred times what a CSV does
ANY = ("*/*", "application/*")
DIGITS = 15  # of a number in JSON: what a float holds


def chosen(extension: str, accept: str) -> str:
    """Return the format that an address's ending asks for, else a request's Accept. Raises Problem (406)."""
    if extension in TYPES:
        return extension
    if not extension:
        for wanted in _wanted(accept):
            for name, media_type in TYPES.items():
                if wanted in ANY or wanted == media_type.partition(";")[0]:
                    return name
            if wanted == "text/*":
                return "csv"
        if "text/html" in accept:  # somebody who looks at an address in a browser
            return "json"
    raise Problem(
        HTTPStatus.NOT_ACCEPTABLE,
        _(
            "Không có dạng “{found}”. Có: {endings} ở cuối địa chỉ, hoặc Accept: {allowed}.",
            found=(extension or accept)[:60],
            endings=", ".join(f".{name}" for name in TYPES),
            allowed=", ".join(media_type.partition(";")[0] for media_type in TYPES.values()),
        ),
    )


def _wanted(accept: str) -> list[str]:
    """The media types of an Accept header, the most wanted first; everything if there is none."""
    found = []
    for part in (accept or "*/*").lower().split(","):
        media_type, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            weight = float(quality)
        except ValueError:
            weight = 0.0
        if weight > 0:
            found.append((-weight, media_type))
    return [media_type for _weight, media_type in sorted(found, key=lambda one: one[0])]


def write(rows: pd.DataFrame, about: Mapping[str, Any], name: str) -> bytes:
    """Return a table in a format (a key of TYPES). `about`: what JSON says of all rows next to them."""
    return _WRITERS[name](rows, about)


def _csv(rows: pd.DataFrame, about: Mapping[str, Any]) -> bytes:
    return exports.plain_csv(rows)


def _json(rows: pd.DataFrame, about: Mapping[str, Any]) -> bytes:
    head = json.dumps(dict(about), ensure_ascii=False)
    lines = rows.to_json(orient="records", force_ascii=False, double_precision=DIGITS)
    return f'{head[:-1]}, "rows": {lines}}}'.encode()


def _xlsx(rows: pd.DataFrame, about: Mapping[str, Any]) -> bytes:
    return exports.xlsx({str(about["resource"]): rows}, {name: _word(value) for name, value in about.items()})


def _word(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _parquet(rows: pd.DataFrame, about: Mapping[str, Any]) -> bytes:
    written: bytes = rows.to_parquet(index=False)
    return written


_WRITERS: Mapping[str, Callable[[pd.DataFrame, Mapping[str, Any]], bytes]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
}

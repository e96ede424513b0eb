"""What a request asks: the parameters of an address, strictly read. What is not understood is said, never left out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.datastructures import QueryParams

from ntm.api.filters import checked
from ntm.api.problems import Problem, unprocessable
from ntm.text import LANGUAGES, _
from ntm.world import World

MOST_ROWS = 100_000  # of one answer: a province's ten years of assessments; more goes by pages
COMMON = ("world", "grouping", "lang", "limit", "offset")
LONGEST = 4000  # signs of a parameter


@dataclass(frozen=True)
class Asked:
    """Parameters, read. `limit`: None for all rows; `filters`: name → values."""

    grouping: str = ""
    limit: int | None = None
    offset: int = 0
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """Return the only value of a filter; "" if it is not asked. Raises Problem for several."""
        values = self.filters.get(name, ())
        if len(values) > 1:
            raise unprocessable(name, ",".join(values), _("một giá trị"))
        return values[0] if values else ""


def read(query: QueryParams, filters: Collection[str]) -> Asked:
    """Read the parameters of an address. `filters`: those that the resource has. Raises Problem (422)."""
    for name, value in query.multi_items():
        if name not in filters and name not in COMMON:
            raise Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                _(
                    "Không có tham số “{found}” ở đây. Được dùng: {allowed}.",
                    found=name[:60],
                    allowed=", ".join((*filters, *COMMON)),
                ),
            )
        if len(value) > LONGEST:
            raise unprocessable(name, value, _("dài nhất {most}", most=LONGEST))
    checked("lang", _values(query, "lang"), list(LANGUAGES))
    asked = {name: _values(query, name) for name in filters}
    return Asked(
        grouping=query.get("grouping", ""),
        limit=_number(query, "limit", 1, MOST_ROWS) if "limit" in query else None,
        offset=_number(query, "offset", 0, None) if "offset" in query else 0,
        filters={name: values for name, values in asked.items() if values},
    )


def world(query: QueryParams) -> World | None:
    """Return the world that an address asks for; None for the one that opens. Raises Problem (422)."""
    found = checked("world", _values(query, "world"), list(World))
    if len(found) > 1:
        raise unprocessable("world", ",".join(found), _("một giá trị"))
    return World(found[0]) if found else None


def _values(query: QueryParams, name: str) -> tuple[str, ...]:
    """The values of a parameter: several with commas between, or the parameter several times."""
    return tuple(part.strip() for value in query.getlist(name) for part in value.split(",") if part.strip())


def _number(query: QueryParams, name: str, least: int, most: int | None) -> int:
    found = query[name]
    value = int(found) if found.isascii() and found.isdigit() and len(found) <= len(str(10**12)) else least - 1
    if value < least or (most is not None and value > most):
        raise unprocessable(name, found, _bounds(least, most))
    return value


def _bounds(least: int, most: int | None) -> str:
    if most is None:
        return _("số nguyên từ {least}", least=least)
    return _("số nguyên từ {least} đến {most}", least=least, most=most)

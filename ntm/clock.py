"""The province's time. The database keeps moments as naive UTC; whatever is shown or written out is local time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ntm.environment import setting

if TYPE_CHECKING:  # pandas is imported where it is used: who reads a file in a process of its own needs none
    import pandas as pd

DEFAULT = "Asia/Ho_Chi_Minh"


class UnknownZone(ValueError):
    """NTM_TIMEZONE names no time zone; the text is the name."""


def zone() -> ZoneInfo:
    """Return the province's time zone: the one that NTM_TIMEZONE names, Vietnam's by default. Raises UnknownZone."""
    name = setting("NTM_TIMEZONE") or DEFAULT
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:  # unknown; an impossible path; a folder of zones
        raise UnknownZone(name) from error


def now() -> dt.datetime:
    """Return the present moment in the province's time, with its offset."""
    return dt.datetime.now(zone())  # noqa: TID251  in the province's zone


def today() -> dt.date:
    """Return the province's date."""
    return now().date()


def last_month_end() -> dt.date:
    """Return the last day of the latest month that is over in the province, today if it ends one."""
    return (today() + dt.timedelta(days=1)).replace(day=1) - dt.timedelta(days=1)


def local(moment: dt.datetime) -> dt.datetime:
    """Return a moment of the database (naive UTC; a datetime or a pandas Timestamp) in the province's time.

    The result is of the same type, with its offset. A moment that has an offset already keeps its meaning.
    """
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(zone())


def local_times(moments: pd.Series) -> pd.Series:
    """Return moments of the database in the province's time, without offset: for tables, which sort by them."""
    import pandas as pd

    return pd.to_datetime(moments).dt.tz_localize(dt.UTC).dt.tz_convert(zone()).dt.tz_localize(None)


def stamped(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with its moments as ISO 8601 with offset ("2025-01-01T03:30:00+07:00"), for other programs."""
    import pandas as pd

    moments = [name for name in frame.columns if pd.api.types.is_datetime64_any_dtype(frame[name])]
    return frame.assign(**{name: frame[name].map(lambda moment: local(moment).isoformat()) for name in moments})

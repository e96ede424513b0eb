"""The province's time. The database keeps moments as naive UTC; whatever is shown or written out is local time."""

import datetime as dt
import os
from zoneinfo import ZoneInfo

import pandas as pd

DEFAULT = "Asia/Ho_Chi_Minh"


def zone() -> ZoneInfo:
    """Return the province's time zone: the one that NTM_TIMEZONE names, Vietnam's by default.

    ValueError for an unknown name.
    """
    name = os.environ.get("NTM_TIMEZONE") or DEFAULT
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:  # unknown; an impossible path; a folder of zones
        from ntm.text import _  # here, because ntm.text needs this module

        message = _(
            "NTM_TIMEZONE là “{found}”: không có múi giờ này. Ví dụ đúng: {example}.", found=name, example=DEFAULT
        )
        raise ValueError(message) from error


def now() -> dt.datetime:
    """Return the present moment in the province's time, with its offset."""
    return dt.datetime.now(zone())


def today() -> dt.date:
    """Return the province's date."""
    return now().date()


def local(moment: dt.datetime) -> dt.datetime:
    """Return a moment of the database (naive UTC; a datetime or a pandas Timestamp) in the province's time.

    The result is of the same type, with its offset. A moment that has an offset already keeps its meaning.
    """
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(zone())


def local_times(moments: pd.Series) -> pd.Series:
    """Return moments of the database in the province's time, without offset: for tables, which sort by them."""
    return pd.to_datetime(moments).dt.tz_localize(dt.UTC).dt.tz_convert(zone()).dt.tz_localize(None)


def stamped(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with its moments as ISO 8601 with offset ("2025-01-01T03:30:00+07:00"), for other programs."""
    moments = [name for name in frame.columns if pd.api.types.is_datetime64_any_dtype(frame[name])]
    return frame.assign(**{name: frame[name].map(lambda moment: local(moment).isoformat()) for name in moments})

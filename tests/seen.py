"""Markdown and tables as a reader sees them, and words that no reader should see."""

import re

import pandas as pd
from streamlit import dataframe_util
from streamlit.testing.v1.element_tree import Dataframe

from ntm.markdown import JOINER

NOT_FOR_READERS = re.compile(
    r"python|\broot\b|\bUTC\b|\.toml|\.csv|\.py\b|datapackage|\bdata/|\bdocs/|\.md\b|\bstatic\b|NTM_|<NA>|NaN"
)


def seen(markdown: str) -> str:
    """Return Markdown of ntm.markdown.plain as it is read."""
    return re.sub(r"\\([^\sA-Za-z0-9])", r"\1", markdown.replace(JOINER, ""))


def shown(table: Dataframe) -> pd.DataFrame:
    """A table as it is read: what its writers have made of the values."""
    written = table.proto.arrow_data.styler.display_values
    return dataframe_util.convert_arrow_bytes_to_pandas_df(written) if written else table.value

import pandas as pd
import pytest

from ntm import ledger


@pytest.mark.parametrize(
    ("undoes", "until", "taken_back"),
    [
        ([None, None, None], 3, set()),
        ([None, 1, None], 3, {1}),
        ([None, 1, 2], 3, {2}),  # an undoing that is taken back itself no longer counts
        ([None, 1, 2], 2, {1}),  # as it was at the second revision
    ],
)
def test_which_revisions_are_taken_back(undoes: list[int | None], until: int, taken_back: set[int]) -> None:
    known = pd.DataFrame({"id": [1, 2, 3], "undoes": pd.array(undoes, dtype="Int64")})
    assert ledger.undone(known, until) == taken_back

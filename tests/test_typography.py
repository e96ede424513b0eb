import pytest

from ntm import look, typography
from ntm.look import Look


@pytest.mark.parametrize(("scale", "size"), [(0.9, 12), (1, 13), (1.6, 21)])
def test_a_size_follows_the_scale_of_the_look_and_is_whole(scale: float, size: int) -> None:
    with look.use(Look(scale=scale)):
        assert typography.px(typography.LABEL) == size

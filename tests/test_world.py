from ntm.world import World


def test_the_worlds_share_only_what_is_published() -> None:
    assert set(World.SAMPLE.kinds) & set(World.REAL.kinds) == {"published"}
    assert "official" not in World.SAMPLE.kinds and "sample" not in World.REAL.kinds

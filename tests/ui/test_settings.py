from ntm.ui import settings


def test_a_known_time_zone_stays(monkeypatch) -> None:
    monkeypatch.setenv("NTM_TIMEZONE", "UTC")
    settings.check()
    assert settings.clock.zone().key == "UTC"

from ntm import environment


def test_a_setting_is_read_at_every_call(monkeypatch) -> None:
    monkeypatch.setenv("NTM_HOSTS", "ntm.office")
    assert environment.setting("NTM_HOSTS") == "ntm.office"
    monkeypatch.delenv("NTM_HOSTS")
    assert environment.setting("NTM_HOSTS") == ""


def test_a_process_inherits_everything_and_what_is_added(monkeypatch) -> None:
    monkeypatch.setenv("NTM_HOSTS", "ntm.office")
    assert environment.inherited(NTM_TEST="1").items() >= {("NTM_HOSTS", "ntm.office"), ("NTM_TEST", "1")}


def test_what_is_replaced_or_forgotten_is_so_for_this_process(monkeypatch) -> None:
    monkeypatch.setenv("NTM_TIMEZONE", "Hanoi")
    environment.replace("NTM_TIMEZONE", "UTC")
    assert environment.setting("NTM_TIMEZONE") == "UTC"
    environment.forget("NTM_TIMEZONE", "NTM_NEVER_SET")
    assert environment.setting("NTM_TIMEZONE") == ""

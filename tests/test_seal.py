import os
import stat

from ntm import seal


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NTM_SEAL", str(tmp_path / "place" / "seal.key"))
    assert seal.key() is None
    key = seal.make_key()
    assert seal.make_key() == seal.key() == key
    if os.name == "posix":
        assert stat.S_IMODE(seal.file().stat().st_mode) == 0o600
    assert [file.name for file in seal.file().parent.iterdir()] == ["seal.key"]

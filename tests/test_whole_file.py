from pathlib import Path

import pytest

from ntm import whole_file


def test_a_file_that_fails_leaves_the_one_before(tmp_path, monkeypatch) -> None:
    file = tmp_path / "kept.csv"
    whole_file.write(file, b"before")
    monkeypatch.setattr(Path, "replace", lambda self, target: (_ for _ in ()).throw(OSError(13, "denied")))
    with pytest.raises(OSError, match="denied"):
        whole_file.write(file, b"after")
    assert file.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["kept.csv"]

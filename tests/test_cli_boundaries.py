import io
import sys

import pytest

from ntm import boundaries, download
from ntm.cli import main
from tests import foreign
from tests.test_boundary_import import as_gadm_json


@pytest.fixture(autouse=True)
def installation(monkeypatch, tmp_path):
    monkeypatch.setenv("NTM_BOUNDARIES", str(tmp_path / "installation"))


@pytest.fixture(scope="module")
def gadm(facts, tmp_path_factory):
    return as_gadm_json(foreign.units(facts), tmp_path_factory.mktemp("gadm"))


def test_import_reports_and_takes_into_use(gadm, capsys) -> None:
    assert main(["boundaries", "import", str(gadm)]) == 0
    printed = capsys.readouterr().out
    assert "Khớp: 106 trên 106 đơn vị, từ 108 đối tượng" in printed
    assert "MaLiChải → Sì Lở Lầu (03550)" in printed
    assert "so với 9.068,78 km²" in printed
    assert boundaries.published().id == "gadm"


def test_switching_back_is_one_command(gadm, capsys) -> None:
    main(["boundaries", "import", str(gadm)])
    assert main(["boundaries", "use", "schematic-2024"]) == 0
    assert boundaries.published().id == "schematic-2024"
    capsys.readouterr()
    assert main(["--language", "en", "boundaries", "list"]) == 0
    printed = capsys.readouterr().out
    assert "* schematic-2024" in printed
    assert "non-commercial" in printed


def test_an_unknown_layer_is_a_wrong_call(capsys) -> None:
    assert main(["boundaries", "use", "nonsense"]) == 2
    assert "schematic-2024" in capsys.readouterr().err


def test_what_cannot_be_used_changes_nothing(tmp_path, capsys) -> None:
    main(["boundaries", "use", "schematic-2024"])
    used = boundaries.published()
    file = tmp_path / "layer.geojson"
    file.write_bytes(b"nonsense")
    assert main(["boundaries", "import", str(file)]) == 1
    assert "Lớp bản đồ đang dùng không đổi" in capsys.readouterr().err
    assert boundaries.published() == used


def test_own_title_and_terms(facts, tmp_path) -> None:
    file = tmp_path / "xa.gpkg"
    foreign.cadastre(foreign.units(facts)).to_file(file)
    terms = "Chỉ dùng trong cơ quan"
    assert main(["boundaries", "import", str(file), "--title", "Sở <b>TN&MT</b>", "--terms", terms]) == 0
    layer = boundaries.published()
    assert (layer.id, layer.note_vi, layer.terms_vi) == ("file-xa", "Ranh giới: Sở <b>TN&MT</b>", terms)


def test_download_asks_first(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    monkeypatch.setattr(download, "fetch", lambda *_arguments: pytest.fail("downloaded without consent"))
    assert main(["boundaries", "download", "gadm"]) == 2
    assert "phi thương mại" in capsys.readouterr().out


def test_download_takes_another_address_and_imports(gadm, monkeypatch, capsys) -> None:
    asked = []

    def fetch(address, target, _told):
        asked.append(address)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gadm.read_bytes())

    monkeypatch.setattr(download, "fetch", fetch)
    address = "http://intranet/gadm41_VNM_3.json.zip"
    assert main(["boundaries", "download", "gadm", "--accept-terms", "--address", address]) == 0
    assert asked == [address]
    assert boundaries.published().id == "gadm"


def test_a_failed_download_is_said(monkeypatch, capsys) -> None:
    def fetch(*_arguments):
        raise download.Failed("Không tải được")

    monkeypatch.setattr(download, "fetch", fetch)
    assert main(["boundaries", "download", "gadm", "--accept-terms"]) == 1
    assert "Không tải được" in capsys.readouterr().err

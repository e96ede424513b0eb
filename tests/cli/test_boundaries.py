import io
import sys

import pytest

from ntm.cli import boundaries as cli_boundaries
from ntm.cli import main
from ntm.geo import boundaries, download
from ntm.geo import importing as boundary_import
from tests import foreign
from tests.geo.test_importing import as_gadm_json


@pytest.fixture(autouse=True)
def installation(monkeypatch, tmp_path):
    monkeypatch.setenv("NTM_BOUNDARIES", str(tmp_path / "installation"))


@pytest.fixture(scope="module")
def gadm(facts, tmp_path_factory):
    return as_gadm_json(foreign.units(facts), tmp_path_factory.mktemp("gadm"))


def test_import_reports_and_takes_into_use(facts, gadm, capsys) -> None:
    assert main(["boundaries", "import", str(gadm)]) == 0
    printed = capsys.readouterr().out
    assert "Khớp: 106 trên 106 đơn vị, từ 108 đối tượng" in printed
    assert "MaLiChải → Sì Lở Lầu (03550)" in printed
    assert "so với 9.068,78 km²" in printed
    assert boundaries.published(facts).id == "gadm"


def test_switching_back_is_one_command(facts, gadm, capsys) -> None:
    main(["boundaries", "import", str(gadm)])
    assert main(["boundaries", "use", "schematic-2024"]) == 0
    assert boundaries.published(facts).id == "schematic-2024"
    capsys.readouterr()
    assert main(["--language", "en", "boundaries", "list"]) == 0
    printed = capsys.readouterr().out
    assert "* schematic-2024" in printed
    assert "non-commercial" in printed


def test_an_unknown_layer_is_a_wrong_call(capsys) -> None:
    assert main(["boundaries", "use", "nonsense"]) == 2
    assert "schematic-2024" in capsys.readouterr().err


def test_what_cannot_be_used_changes_nothing(facts, tmp_path, capsys) -> None:
    main(["boundaries", "use", "schematic-2024"])
    used = boundaries.published(facts)
    file = tmp_path / "layer.geojson"
    file.write_bytes(b"nonsense")
    assert main(["boundaries", "import", str(file)]) == 1
    assert "Lớp bản đồ đang dùng không đổi" in capsys.readouterr().err
    assert boundaries.published(facts) == used


def test_own_title_and_terms(facts, tmp_path) -> None:
    file = tmp_path / "xa.gpkg"
    foreign.cadastre(foreign.units(facts)).to_file(file)
    terms = "Chỉ dùng trong cơ quan"
    assert main(["boundaries", "import", str(file), "--title", "Sở <b>TN&MT</b>", "--terms", terms]) == 0
    layer = boundaries.published(facts)
    assert (layer.id, layer.note_vi, layer.terms_vi) == ("file-xa", "Ranh giới: Sở <b>TN&MT</b>", terms)


def test_download_asks_first(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    monkeypatch.setattr(download, "fetch", lambda *_arguments: pytest.fail("downloaded without consent"))
    assert main(["boundaries", "download", "gadm"]) == 2
    assert "phi thương mại" in capsys.readouterr().out


def test_download_takes_another_address_and_imports(facts, gadm, monkeypatch, capsys) -> None:
    asked = []

    def fetch(address, target, _told):
        asked.append(address)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gadm.read_bytes())

    monkeypatch.setattr(download, "fetch", fetch)
    address = "http://intranet/gadm41_VNM_3.json.zip"
    assert main(["boundaries", "download", "gadm", "--accept-terms", "--address", address]) == 0
    assert asked == [address]
    assert boundaries.published(facts).id == "gadm"


def test_a_failed_download_is_said(monkeypatch, capsys) -> None:
    def fetch(*_arguments):
        raise download.Failed("Không tải được")

    monkeypatch.setattr(download, "fetch", fetch)
    assert main(["boundaries", "download", "gadm", "--accept-terms"]) == 1
    assert "Không tải được" in capsys.readouterr().err


def test_a_file_that_takes_too_much_memory_ends_in_a_sentence(gadm, monkeypatch, capsys) -> None:
    monkeypatch.setattr(cli_boundaries, "MEMORY", 1_000_000)
    monkeypatch.setattr(boundary_import, "take", lambda *_asked, **_options: bytearray(3_000_000_000))
    assert main(["boundaries", "import", str(gadm)]) == 1
    assert "quá nhiều bộ nhớ" in capsys.readouterr().err
    assert len(bytearray(50_000_000)) == 50_000_000  # the bound does not outlive the command

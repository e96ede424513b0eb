import io
import zipfile
from xml.etree import ElementTree

from ntm import office_metadata
from tests.intake import odd


def parts(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = [archive.read(f"docProps/{name}.xml").decode() for name in ("core", "app")]
    for part in found:
        ElementTree.fromstring(part)  # is XML
    return "\n".join(found)


def test_a_file_names_its_title_and_its_office_and_nobody_else() -> None:
    said = parts(office_metadata.stamped(odd.xlsx(("S", [["a"]])), "Báo cáo <1> & 2", "UBND tỉnh"))
    assert "<dc:title>Báo cáo &lt;1&gt; &amp; 2</dc:title>" in said
    assert "<dc:creator>UBND tỉnh</dc:creator>" in said
    assert "openpyxl" not in said


def test_a_title_is_no_formula_and_the_product_stands_in_for_an_unknown_office() -> None:
    said = parts(office_metadata.stamped(odd.xlsx(("S", [["a"]])), "=1+1"))
    assert "<dc:title>=" not in said
    assert f"<dc:creator>{office_metadata.product_name()}</dc:creator>" in said

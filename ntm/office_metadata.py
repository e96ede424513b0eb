"""What an Office file says of itself: the office and the title, and nobody and nothing of the libraries' templates."""

import datetime as dt
import io
import zipfile
from xml.sax.saxutils import escape

from ntm import clock, text, timeline
from ntm.spreadsheets import neutralise
from ntm.text import _

CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{office}</dc:creator>
<dc:language>{language}</dc:language><cp:lastModifiedBy>{office}</cp:lastModifiedBy>
<dcterms:created xsi:type="dcterms:W3CDTF">{now}</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">{now}</dcterms:modified></cp:coreProperties>"""
APP = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>{product}</Application><Company>{office}</Company></Properties>"""


def product_name() -> str:
    """Return what the dashboard calls itself: the programme and the province."""
    return _("Nông thôn mới {province}", province=timeline.load().province_name())


def stamped(content: bytes, title: str, office: str = "") -> bytes:
    """Return a DOCX, PPTX or XLSX with the title and the office (the product, where none is known) as its metadata."""
    product = product_name()
    words = {"title": title, "office": office or product, "product": product, "language": text.language()}
    safe = {name: escape(str(neutralise(value))) for name, value in words.items()}
    safe["now"] = clock.now().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    own = {"docProps/core.xml": CORE.format(**safe), "docProps/app.xml": APP.format(**safe)}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in made.infolist():
            archive.writestr(entry.filename, own.get(entry.filename, made.read(entry)))
    return file.getvalue()

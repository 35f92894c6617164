"""Workbooks of a few cells, XLSX and ODS, written by hand, since nothing here writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XLSX_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(row: int, column: int, value: object) -> str:
    at = f'r="{letters(column)}{row + 1}"'
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, tuple):  # a date, as its number of days
        return f'<c {at} s="1"><v>{value[0]}</v></c>'
    if isinstance(value, str) and value.startswith("#"):
        return f'<c {at} t="e"><v>{value}</v></c>'
    if isinstance(value, str):
        return f'<c {at} t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c {at}><v>{value!r}</v></c>"


def sheet(rows: Sequence[Sequence[object]], dimension: str = "") -> str:
    body = "".join(
        f'<row r="{r + 1}">{"".join(cell(r, c, value) for c, value in enumerate(row))}</row>'
        for r, row in enumerate(rows)
    )
    size = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f"{_XLSX_HEAD}<worksheet {_NS}>{size}<sheetData>{body}</sheetData></worksheet>"


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[object]] | str], hidden: Sequence[str] = ()
) -> bytes:
    """A workbook of sheets, each of rows of cells, or of its XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        types = "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" '
            f'ContentType="{_TYPE}.worksheet+xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "[Content_Types].xml",
            f'{_XLSX_HEAD}<Types xmlns="{_PACK}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f"{types}</Types>",
        )
        archive.writestr(
            "_rels/.rels",
            f'{_XLSX_HEAD}<Relationships xmlns="{_PACK}/relationships"><Relationship Id="rId1" '
            f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        named = "".join(
            f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"'
            + (' state="hidden"' if name in hidden else "")
            + "/>"
            for i, name in enumerate(sheets, 1)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'{_XLSX_HEAD}<workbook {_NS} xmlns:r="{_REL}"><sheets>{named}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="rId{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        styles = f'<Relationship Id="rId99" Type="{_REL}/styles" Target="styles.xml"/>'
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{_XLSX_HEAD}<Relationships xmlns="{_PACK}/relationships">{links}{styles}'
            f"</Relationships>",
        )
        archive.writestr(
            "xl/styles.xml",
            f'{_XLSX_HEAD}<styleSheet {_NS}><cellXfs count="2"><xf numFmtId="0"/>'
            f'<xf numFmtId="14"/></cellXfs></styleSheet>',
        )
        for i, rows in enumerate(sheets.values(), 1):
            text = rows if isinstance(rows, str) else sheet(rows)
            archive.writestr(f"xl/worksheets/sheet{i}.xml", text)
    return file.getvalue()


_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN_NS = (
    f'xmlns:office="{_OPEN}:office:1.0" xmlns:table="{_OPEN}:table:1.0" '
    f'xmlns:text="{_OPEN}:text:1.0"'
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind, said = "float", f'office:value="{value!r}"'
    if isinstance(value, bool):
        kind, said = "boolean", f'office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, str):
        kind, said = "string", ""
    return (
        f'<table:table-cell office:value-type="{kind}" {said}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def ods(sheets: Mapping[str, Sequence[Sequence[object]] | str]) -> bytes:
    """An OpenDocument spreadsheet of sheets, each of rows of cells, or of the XML of its rows."""
    body = ""
    for name, rows in sheets.items():
        text = rows if isinstance(rows, str) else "".join(
            f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
        )  # fmt: skip
        body += f'<table:table table:name="{name}">{text}</table:table>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            f'{_XLSX_HEAD}<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f"{_XLSX_HEAD}<office:document-content {_OPEN_NS}><office:body><office:spreadsheet>"
            f"{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()

"""One small file for each oddity that spreadsheets of the wild have: what is odd, its bytes, what is made of it.

The oddities are those of the regression files of calamine, readxl and openpyxl, and of exports that people met.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tests.exchange import handmade
from tests.exchange.handmade import number_formats, ods, ods_table, row_xml, xls, xlsx, xlsx_parts, zipped

Cells = Mapping[int, tuple[object, ...]]


@dataclass(frozen=True)
class Odd:
    """An odd file. Its first sheet holds `cells` (rows that are not told are empty), or it is refused by `code`.

    `headings` and `header_row` are those of the table that is found on it, where that is the point; `sheets` the names
    of its sheets that hold cells and are shown, where there are several.
    """

    name: str
    content: bytes
    cells: Cells | None = None
    code: str = ""
    headings: tuple[str, ...] = ()
    header_row: int | None = 1
    sheets: tuple[str, ...] = ()


def _day(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def _time(time: str) -> dt.datetime:
    return dt.datetime.fromisoformat(time)


def _cell(place: str, value: object, kind: str = "", style: int | str | None = None, formula: str = "") -> str:
    kind = f' t="{kind}"' if kind else ""
    style = f' s="{style}"' if style is not None else ""
    return f'<c r="{place}"{style}{kind}>{formula}<v>{value}</v></c>'


def _rows(*rows: str) -> str:
    return "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, 1))


def _text(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


_HEADINGS = _text("A1", "Asset Tag") + _text("B1", "Acquired")
_DATES = number_formats("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", '"yyyy: "0', '"on "d\\-mmm\\-yyyy', "[h]:mm:ss")


def _book_1904() -> bytes:
    parts = xlsx_parts(_rows(_HEADINGS, _text("A2", "T1") + _cell("B2", 42735, style=1)), styles=_DATES)
    book = str(parts["xl/workbook.xml"])
    return zipped(parts | {"xl/workbook.xml": book.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')})


def _prefixed() -> bytes:
    parts = xlsx_parts(_rows(_text("A1", "a") + _text("B1", "b"), _cell("A2", 1) + _cell("B2", 3)))
    told = {}
    for name, content in parts.items():
        text = str(content)
        if handmade.MAIN in text:
            text = text.replace(f'xmlns="{handmade.MAIN}"', f'xmlns:x="{handmade.MAIN}"')
            for tag in ("worksheet", "sheetData", "row", "c", "v", "is", "t", "workbook", "sheets", "sheet"):
                for sign in (" ", ">", "/"):
                    text = text.replace(f"<{tag}{sign}", f"<x:{tag}{sign}").replace(f"</{tag}>", f"</x:{tag}>")
        told[name] = text
    return zipped(told)


def _with_chart_sheet() -> bytes:
    parts = xlsx_parts(
        row_xml(1, "Tag") + row_xml(2, "T1"), "", row_xml(1, "Phone") + row_xml(2, "P1"), names=["µ", "Chart", "∂"]
    )
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(
        'relationships/worksheet" Target="worksheets/sheet2', 'relationships/chartsheet" Target="chartsheets/sheet2'
    )
    del parts["xl/worksheets/sheet2.xml"]
    parts["xl/chartsheets/sheet2.xml"] = f'<chartsheet xmlns="{handmade.MAIN}"/>'
    return zipped(parts)


def _with_macros() -> bytes:
    parts = xlsx_parts(row_xml(1, "Tag") + row_xml(2, "T1"), **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)})
    types = str(parts["[Content_Types].xml"])
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = types.replace(f"{handmade.SHEET_TYPE}.sheet.main+xml", kind)
    return zipped(parts)


def _template() -> bytes:
    parts = xlsx_parts(row_xml(1, "Tag") + row_xml(2, "T1"))
    types = str(parts["[Content_Types].xml"])
    parts["[Content_Types].xml"] = types.replace(".sheet.main+xml", ".template.main+xml")
    return zipped(parts)


def _with_table() -> bytes:
    """A table in Excel's own sense: a part that names a range."""
    rows = row_xml(1, "Item", "Type", "Quantity") + row_xml(2, 1, "Apple", 50) + row_xml(3, 2, "Banana", 200)
    table = (
        f'<table xmlns="{handmade.MAIN}" id="1" name="Inventory" displayName="Inventory" ref="A1:C3">'
        '<tableColumns count="3"><tableColumn id="1" name="Item"/><tableColumn id="2" name="Type"/>'
        '<tableColumn id="3" name="Quantity"/></tableColumns></table>'
    )
    return xlsx(
        rows,
        **{
            "xl/tables/table1.xml": table,
            "xl/worksheets/_rels/sheet1.xml.rels": handmade.relations(("table", "../tables/table1.xml")),
        },
    )


WORKBOOKS = [
    Odd("days counted from 1904.xlsx", _book_1904(), {1: ("Asset Tag", "Acquired"), 2: ("T1", _day("2021-01-01"))}),
    Odd(
        "days counted from 1904.xls",
        xls([["Asset Tag", "Acquired"], ["T1", 42735.0]], date_1904=True, formats=["yyyy-mm-dd"], styles={1: 1}),
        {1: ("Asset Tag", "Acquired"), 2: ("T1", _day("2021-01-01"))},
    ),
    Odd(
        "days as text with a type.xlsx",
        xlsx(
            _rows(
                _HEADINGS,
                _text("A2", "T1") + _cell("B2", "2021-01-01", "d"),
                _text("A3", "T2") + _cell("B3", "2021-01-01T10:10:10", "d"),
            )
        ),
        {1: ("Asset Tag", "Acquired"), 2: ("T1", _day("2021-01-01")), 3: ("T2", _time("2021-01-01T10:10:10"))},
    ),
    Odd(
        "number formats with words in quotes.xlsx",
        xlsx(
            _rows(_cell("A1", 44197, style=4) + _cell("B1", 44197, style=3) + _cell("C1", 0.5, style=5)), styles=_DATES
        ),
        {1: (_day("2021-01-01"), 44197.0, dt.timedelta(hours=12))},
        headings=("Column A", "Column B", "Column C"),
        header_row=None,
    ),
    Odd(
        "the 29th of February 1900.xlsx",
        xlsx(
            _rows("".join(_cell(f"{c}1", n, style=1) for c, n in zip("ABCD", (1, 59, 60, 61), strict=True))),
            styles=_DATES,
        ),
        # The day that never was is told as the day before it; the others are what Excel shows.
        {1: (_day("1900-01-01"), _day("1900-02-28"), _day("1900-02-28"), _day("1900-03-01"))},
    ),
    Odd(
        "inline text in CDATA.xlsx",
        xlsx(_rows(_text("A1", "<![CDATA[Asset <Tag>]]>") + _text("B1", "a<![CDATA[&]]>b"))),
        {1: ("Asset <Tag>", "a&b")},
    ),
    Odd(
        "inline text and a value.xlsx",
        xlsx(_rows(_text("A1", "Asset Tag").replace("<is>", "<v>7</v><is>") + _text("B1", "Cost"))),
        {1: ("Asset Tag", "Cost")},
    ),
    Odd(
        "an empty shared text.xlsx",
        xlsx(
            _rows(_cell("A1", 0, "s") + _cell("B1", 1, "s"), _cell("A2", 2, "s")),
            shared="<si><t>abc</t></si><si/><si><t/></si>",
        ),
        {1: ("abc", None)},
    ),
    Odd(
        "shared texts out of order.xlsx",
        xlsx(
            _rows(_cell("A1", 2, "s") + _cell("B1", 0, "s"), _cell("A2", 1, "s") + _cell("B2", 2, "s")),
            shared="<si><t>b</t></si><si><r><t>ri</t></r><r><t>ch</t></r></si>"
            "<si><t>a</t><rPh sb='0' eb='1'><t>x</t></rPh></si>",
        ),
        {1: ("a", "b"), 2: ("rich", "a")},
    ),
    Odd("an empty style.xlsx", xlsx(_rows(_cell("A1", 5, style="") + _text("B1", "x"))), {1: (5.0, "x")}),
    Odd(
        "carriage returns written out.xlsx",
        xlsx(_rows(_text("A1", "Serial_x000D_\nNumber"), _text("A2", "S1_x000D_"), _text("A3", "_x005F_x000D_"))),
        {1: ("Serial\r\nNumber",), 2: ("S1\r",), 3: ("_x000D_",)},
        headings=("Serial Number",),
    ),
    Odd(
        "line breaks in headings.xlsx",
        xlsx(
            _rows(
                _text("A1", "Asset\nTag ") + _text("B1", "\u00a0Serial\u00a0No.:"),
                _text("A2", "T1") + _text("B2", "S1"),
            )
        ),
        headings=("Asset Tag", "Serial No.:"),
    ),
    Odd(
        "the headings in row 9.xlsx",
        xlsx(
            row_xml(1, "IT equipment of the Fire Department")
            + row_xml(3, "As of 1 March")
            + row_xml(9, "Asset Tag", "Model", "Cost")
            + "".join(row_xml(n, f"T{n}", "APX 8000", n) for n in range(10, 20))
        ),
        headings=("Asset Tag", "Model", "Cost"),
        header_row=9,
    ),
    Odd(
        "no headings.xlsx",
        xlsx(row_xml(1, "a", 0) + row_xml(2, "b", 1)),
        headings=("Column A", "Column B"),
        header_row=None,
    ),
    Odd("a table by name.xlsx", _with_table(), headings=("Item", "Type", "Quantity")),
    Odd(
        "merged cells.xlsx",
        xlsx(
            row_xml(1, "Location", "Asset Tag", "Model")
            + row_xml(2, "Engine 7", "T1", "APX")
            + row_xml(3, None, "T2")
            + row_xml(4, None, "T3", "APX"),
            after='<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="B3:C3"/></mergeCells>',
        ),
        # Downwards the value holds in each row; to the right it stands once.
        {
            1: ("Location", "Asset Tag", "Model"),
            2: ("Engine 7", "T1", "APX"),
            3: ("Engine 7", "T2", None),
            4: ("Engine 7", "T3", "APX"),
        },
    ),
    Odd(
        "links.xlsx",
        xlsx(
            row_xml(1, "E-mail") + row_xml(2, "ann@example.com"),
            after=f'<hyperlinks><hyperlink ref="A2" xmlns:r="{handmade.OFFICE}" r:id="rId1"/></hyperlinks>',
        ),
        {1: ("E-mail",), 2: ("ann@example.com",)},
    ),
    Odd(
        "formulas with their last values.xlsx",
        xlsx(
            _rows(
                _text("A1", "Tag") + _text("B1", "Cost") + _text("C1", "Total"),
                _cell("A2", "T1", "str", formula='<f t="shared" ref="A2:A3" si="0">"T"&amp;ROW()-1</f>')
                + _cell("B2", 5, formula="<f>2+3</f>")
                + _cell("C2", 11, formula='<f t="array" ref="C2">SUM(B2:B3)</f>'),
                _cell("A3", "T2", "str", formula='<f t="shared" si="0"/>')
                + _cell("B3", "#VALUE!", "e", formula="<f>1/x</f>")
                + _cell("C3", 1, "b", formula="<f>TRUE()</f>"),
            )
        ),
        {1: ("Tag", "Cost", "Total"), 2: ("T1", 5.0, 11.0), 3: ("T2", "#VALUE!", True)},
    ),
    Odd(
        "formulas that were never worked out.xlsx",
        xlsx(_rows(_text("A1", "Tag") + _text("B1", "Cost"), _text("A2", "T1") + '<c r="B2"><f>1+1</f></c>')),
        {1: ("Tag", "Cost"), 2: ("T1", None)},
    ),
    Odd(
        "texts whose number lies.xls",
        xls(
            [[("shared", 0), ("shared", 1)], [("shared", 2), 4.0]], shared=["Tag", "Cost", "Ä1"], shared_said=(9, 2**24)
        ),
        {1: ("Tag", "Cost"), 2: ("Ä1", 4.0)},
    ),
    Odd(
        "blank rows and columns first.xlsx",
        xlsx(row_xml(3, "Tag", "Cost", first="C") + row_xml(4, "T1", 5, first="C") + row_xml(5, "T2", 6, first="C")),
        {3: (None, None, "Tag", "Cost"), 4: (None, None, "T1", 5.0), 5: (None, None, "T2", 6.0)},
        headings=("Tag", "Cost"),
        header_row=3,
    ),
    Odd(
        "blanks around texts.xlsx",
        xlsx(row_xml(1, " Asset Tag", "Serial Number\u00a0") + row_xml(2, " T1 ", "\u00a0S1\t")),
        {1: (" Asset Tag", "Serial Number\u00a0"), 2: (" T1 ", "\u00a0S1\t")},
        headings=("Asset Tag", "Serial Number"),
    ),
    Odd(
        "columns without a name and with the same.xlsx",
        xlsx(row_xml(1, None, "var2", None, "var2") + row_xml(2, 1, "a", 1.1, "aa") + row_xml(3, 2, "b", 2.1, "bb")),
        headings=("Column A", "var2", "Column C", "var2 (2)"),
    ),
    Odd(
        "cells with only a style.xlsx",
        xlsx(
            row_xml(1, "Tag", "Cost")
            + row_xml(2, "T1", 5)
            + '<row r="900"><c r="Z900" s="1"/><c r="AA900" s="1"/></row>',
            styles=_DATES,
        ),
        {1: ("Tag", "Cost"), 2: ("T1", 5.0)},
        headings=("Tag", "Cost"),
    ),
    Odd(
        "long runs of digits as text and as numbers.xlsx",
        xlsx(
            row_xml(1, "IMEI", "Serial")
            + row_xml(2, 490154203237518, "00490154203237518")
            + row_xml(3, 2147483648, "1E5")
        ),
        {1: ("IMEI", "Serial"), 2: (490154203237518.0, "00490154203237518"), 3: (2147483648.0, "1E5")},
    ),
    Odd("another prefix for the names.xlsx", _prefixed(), {1: ("a", "b"), 2: (1.0, 3.0)}),
    Odd(
        "neither styles nor shared texts.xlsx",
        xlsx(row_xml(1, "Language") + row_xml(2, "German")),
        {1: ("Language",), 2: ("German",)},
    ),
    Odd("a chart between sheets.xlsx", _with_chart_sheet(), {1: ("Tag",), 2: ("T1",)}, sheets=("µ", "∂")),
    Odd("macros.xlsm", _with_macros(), {1: ("Tag",), 2: ("T1",)}),
    Odd("a template.xltx", _template(), {1: ("Tag",), 2: ("T1",)}),
    Odd("a workbook by another ending.csv", xlsx(row_xml(1, "Tag") + row_xml(2, "T1")), {1: ("Tag",), 2: ("T1",)}),
    Odd(
        "a cell twice and rows out of order.xlsx",
        xlsx(row_xml(3, "T2", 2) + row_xml(1, "Tag", "Cost") + row_xml(2, "T1", 1)),
        {1: ("Tag", "Cost"), 2: ("T1", 1.0), 3: ("T2", 2.0)},
    ),
    Odd("nothing at all.xlsx", b"", code="file.empty"),
    Odd("an archive of nothing.xlsx", zipped({"null_file.xlsx": ""}), code="file.not-spreadsheet"),
    Odd("an archive with no files.xlsx", zipped({}), code="file.empty"),
    Odd("an empty sheet.xlsx", xlsx(""), {}),
    Odd(
        "rows and columns repeated without end.ods",
        ods(
            '<table:table table:name="x"><table:table-row table:number-rows-repeated="1048576">'
            '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
            "</table:table-cell></table:table-row></table:table>"
        ),
        code="file.too-big",
    ),
    Odd(
        "empty cells repeated to the edge.ods",
        ods(
            ods_table(["Tag", "Cost"], ["T1", 5]).replace(
                "</table:table>",
                '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
                'table:number-columns-repeated="16384"/></table:table-row></table:table>',
            )
        ),
        {1: ("Tag", "Cost"), 2: ("T1", 5.0)},
    ),
]

TEXTS = [
    Odd("a mark at the beginning.csv", "\ufeffTag,Name\n1,x\n".encode(), {1: ("Tag", "Name"), 2: ("1", "x")}),
    Odd("UTF-16 of Windows.csv", "Tag\tName\r\n1\té\r\n".encode("utf-16"), {1: ("Tag", "Name"), 2: ("1", "é")}),
    Odd("UTF-16 without a mark.csv", "Tag,Name\r\n1,é\r\n".encode("utf-16-le"), {1: ("Tag", "Name"), 2: ("1", "é")}),
    Odd("carriage returns alone.csv", b"Tag,Name\r1,x\r2,y", {1: ("Tag", "Name"), 2: ("1", "x"), 3: ("2", "y")}),
    Odd(
        "semicolons named .xls.xls",
        b"Tag;Cost\n1;2,50\n2;3,50\n",
        {1: ("Tag", "Cost"), 2: ("1", "2,50"), 3: ("2", "3,50")},
    ),
    Odd("bars.txt", b"Tag|Name\n1|x\n2|y\n", {1: ("Tag", "Name"), 2: ("1", "x"), 3: ("2", "y")}),
    Odd("sep.csv", b"sep=|\nTag|Name\n1|x\n", {1: ("Tag", "Name"), 2: ("1", "x")}),
    Odd(
        "a blank after each comma.csv",
        b'Decimal, "Alpha Tag", Mode\n1, "a, b", none\n',
        {1: ("Decimal", "Alpha Tag", "Mode"), 2: ("1", "a, b", "none")},
    ),
    Odd(
        "inch marks.csv",
        b'Tag,Monitor\n1,VIEWSONIC 19"\n2,"Dell 24"""\n',
        {1: ("Tag", "Monitor"), 2: ("1", 'VIEWSONIC 19"'), 3: ("2", 'Dell 24"')},
    ),
    Odd(
        "a title and the same heading twice.csv",
        b"Osmocom TAC database under CC-BY-SA\ntac,name,name,gsmarena\n"
        + b"".join(b"%08d,Nokia,310,x\n" % n for n in range(12)),
        headings=("tac", "name", "name (2)", "gsmarena"),
        header_row=2,
    ),
    Odd("comments alone.dat", b"# radio id list\n# id, enabled, alias\n", {}),
    Odd(
        "comments above.txt",
        b"; keep\nA, 1, 2\nB, 3, 4\n",
        {2: ("A", "1", "2"), 3: ("B", "3", "4")},
        header_row=None,
        headings=("Column A", "Column B", "Column C"),
    ),
    Odd("a radio's memory.img", b"\x00\x01BF\xff\xff" * 99, code="file.not-spreadsheet"),
    Odd(
        "columns laid out by blanks.conf",
        b"Digital Name   Receive    Power\n1   DB0LDS   439.5\n2   DB0X   430.1\n",
        code="file.not-spreadsheet",
    ),
    Odd("configuration.json", b'{"assets": [{"tag": 1}]}', code="file.not-spreadsheet"),
    Odd(
        "rows of different length.csv",
        b"Tag,Name,\n1\n1,2,3,4\n",
        {1: ("Tag", "Name", None, None), 2: ("1", None, None, None), 3: ("1", "2", "3", "4")},
    ),
]

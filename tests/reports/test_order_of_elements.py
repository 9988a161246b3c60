"""Word and Excel repair, or refuse, a file whose elements stand in another order than the schema's
(ECMA-376, part 1, annex A), whose identifiers come twice or whose parts are not declared. That they
open cannot be tried here; what they are strict about can be read in every part of a file."""

import io
import re
import zipfile
from collections import Counter
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

import pytest

from reports import files
from reports.content import consolidated
from reports.content.assignments import assignments
from tests.builders import TODAY

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# The children of an element in the order of the schema.
ORDER = {
    (W, "pPr"): "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    (W, "rPr"): "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight "
    "u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    (W, "tblPr"): "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
    "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    (W, "trPr"): "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader "
    "tblCellSpacing jc hidden",
    (W, "tcPr"): "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark",
    (W, "tblBorders"): "top left start bottom right end insideH insideV",
    (W, "pBdr"): "top left bottom right between bar",
    (W, "tblCellMar"): "top left start bottom right end",
    (W, "tbl"): "tblPr tblGrid tr",
    (W, "tc"): "tcPr p",
    (W, "sectPr"): "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings",
    (W, "style"): "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr "
    "tcPr tblStylePr",
    (WP, "inline"): "extent effectExtent docPr cNvGraphicFramePr graphic",
    (C, "chartSpace"): "date1904 lang roundedCorners style clrMapOvr pivotFmts protection chart "
    "spPr txPr externalData printSettings userShapes",
    (C, "chart"): "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend "
    "plotVisOnly dispBlanksAs",
    (C, "barChart"): "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    (C, "ser"): "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat "
    "val shape",
    (C, "dLbls"): "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName "
    "showSerName showPercent showBubbleSize separator showLeaderLines",
    (C, "catAx"): "axId scaling delete axPos majorGridlines minorGridlines title numFmt "
    "majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn "
    "lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    (C, "valAx"): "axId scaling delete axPos majorGridlines minorGridlines title numFmt "
    "majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt crossBetween "
    "majorUnit minorUnit dispUnits",
    (C, "scaling"): "logBase orientation max min",
    (C, "legend"): "legendPos legendEntry layout overlay spPr txPr",
    (S, "worksheet"): "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr "
    "sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate "
    "customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks "
    "printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture "
    "oleObjects controls webPublishItems tableParts",
    (S, "workbook"): "fileVersion fileSharing workbookPr workbookProtection bookViews sheets "
    "functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews",
    (S, "styleSheet"): "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs "
    "tableStyles colors",
    (S, "xf"): "alignment protection",
    (S, "border"): "left right top bottom diagonal vertical horizontal",
}


_made: dict[str, bytes] = {}


@pytest.fixture
def made(request, db):
    """Every DOCX and XLSX that is produced, those behind the charts too; made once."""
    if not _made:
        plan = request.getfixturevalue("every_state").plan
        report, appendix = consolidated(plan, TODAY), assignments(plan, TODAY)
        for kind in ("docx", "xlsx"):
            _made[f"report.{kind}"] = files.make(report, kind).data
            _made[f"assignments.{kind}"] = files.make_assignments(appendix, kind).data
        behind = parts(_made["report.docx"]).items()
        _made.update((name, part) for name, part in behind if name.endswith(".xlsx"))
        assert len(_made) > 6
    return _made


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def trees(data):
    return {
        name: ElementTree.fromstring(part)
        for name, part in parts(data).items()
        if name.endswith((".xml", ".rels"))
    }


def named(element):
    space, _, name = element.tag.removeprefix("{").partition("}")
    return space, name


def out_of_order(tree):
    """Elements with a child that is unknown, stands too late, or comes twice where it may not."""
    for element in tree.iter():
        order = ORDER.get(named(element))
        if order is None:
            continue
        known = {name: place for place, name in enumerate(order.split())}
        children = [name for space, name in map(named, element) if space == named(element)[0]]
        children += [n for s, n in map(named, element) if s != named(element)[0] and n in known]
        places = [known.get(name, -1) for name in children]
        if -1 in places or places != sorted(places):
            yield named(element)[1], children


def test_elements_stand_in_the_order_of_the_schema(made):
    wrong = [
        (file, part, *one)
        for file, data in made.items()
        for part, tree in trees(data).items()
        for one in out_of_order(tree)
    ]

    assert wrong[:5] == []


def test_a_wrong_order_is_seen():
    tree = ElementTree.fromstring(f'<w:pPr xmlns:w="{W}"><w:jc/><w:ind/></w:pPr>')

    assert list(out_of_order(tree)) == [("pPr", ["jc", "ind"])]


def test_every_part_is_declared_and_every_relation_leads_somewhere(made):
    for data in made.values():
        all_parts = parts(data)
        types = ElementTree.fromstring(all_parts["[Content_Types].xml"])
        endings = {one.get("Extension") for one in types if one.get("Extension")}
        declared = [one.get("PartName") for one in types if one.get("PartName")]
        assert len(declared) == len(set(declared))
        assert {name.removeprefix("/") for name in declared} <= set(all_parts)
        for name in set(all_parts) - {"[Content_Types].xml"}:
            assert f"/{name}" in declared or name.rpartition(".")[2] in endings, name
        for name, tree in trees(data).items():
            if not name.endswith(".rels"):
                continue
            identifiers = [one.get("Id") for one in tree]
            assert len(identifiers) == len(set(identifiers)), name
            base = dirname(dirname(name))
            for one in tree:
                assert one.get("TargetMode") != "External", name
                target = one.get("Target")
                path = target.lstrip("/") if target.startswith("/") else join(base, target)
                assert normpath(path) in all_parts, (name, target)


def test_references_are_relations_of_their_part(made):
    for data in made.values():
        found = trees(data)
        for name, tree in found.items():
            used = {
                value
                for element in tree.iter()
                for key, value in element.attrib.items()
                if key in (f"{{{R}}}id", f"{{{R}}}embed")
            }
            relations = found.get(join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels"))
            known = {one.get("Id") for one in relations} if relations is not None else set()
            assert used <= known, name


def test_identifiers_come_once(made):
    for name, data in made.items():
        if not name.endswith(".docx"):
            continue
        for tree in trees(data).values():
            drawn = [one.get("id") for one in tree.iter(f"{{{WP}}}docPr")]
            marks = [one.get(f"{{{W}}}id") for one in tree.iter(f"{{{W}}}bookmarkStart")]
            styles = [one.get(f"{{{W}}}styleId") for one in tree.iter(f"{{{W}}}style")]
            for identifiers in (drawn, marks, styles):
                assert [one for one, count in Counter(identifiers).items() if count > 1] == []
            assert "0" not in drawn  # Word wants a positive number


def test_cells_of_a_table_end_with_a_paragraph_and_fill_its_grid(made):
    for name, data in made.items():
        if not name.endswith(".docx"):
            continue
        for table in trees(data)["word/document.xml"].iter(f"{{{W}}}tbl"):
            columns = len(table.find(f"{{{W}}}tblGrid"))
            for row in table.iter(f"{{{W}}}tr"):
                cells = row.findall(f"{{{W}}}tc")
                assert all(named(list(cell)[-1])[1] == "p" for cell in cells)
                spans = [cell.find(f"{{{W}}}tcPr/{{{W}}}gridSpan") for cell in cells]
                reach = sum(1 if one is None else int(one.get(f"{{{W}}}val")) for one in spans)
                assert reach == columns


def test_names_styles_and_merged_cells_of_a_workbook(made):
    for name, data in made.items():
        if not name.endswith(".xlsx"):
            continue
        found = trees(data)
        book = found["xl/workbook.xml"]
        sheets = [one.get("name") for one in book.iter(f"{{{S}}}sheet")]
        assert len(sheets) == len(set(sheets))
        assert all(len(one) <= 31 and not re.search(r"[\[\]:*?/\\]", one) for one in sheets)
        names = [
            (one.get("name"), one.get("localSheetId")) for one in book.iter(f"{{{S}}}definedName")
        ]
        assert len(names) == len(set(names))
        filters = 0
        formats = len(found["xl/styles.xml"].find(f"{{{S}}}cellXfs"))
        looks = [
            ElementTree.tostring(one) for one in found["xl/styles.xml"].find(f"{{{S}}}cellXfs")
        ]
        assert len(looks) == len(set(looks))
        for part, tree in found.items():
            if not part.startswith("xl/worksheets/sheet"):
                continue
            filters += tree.find(f"{{{S}}}autoFilter") is not None
            assert all(int(cell.get("s", 0)) < formats for cell in tree.iter(f"{{{S}}}c"))
            rows = [int(row.get("r")) for row in tree.iter(f"{{{S}}}row") if row.get("r")]
            assert rows == sorted(set(rows))
            merged = [one.get("ref") for one in tree.iter(f"{{{S}}}mergeCell")]
            assert len(merged) == len(set(merged))
        assert filters == sum(one == "_xlnm._FilterDatabase" for one, _ in names)

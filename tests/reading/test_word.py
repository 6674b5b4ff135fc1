"""Word tables with everything people leave in them."""

import io

import docx as python_docx
import pytest
from office_parts import docx, p, tbl, tc, tr

from chronology.errors import UnreadableFileError

HEAD = tr("Date", "Event", "Action")


@pytest.fixture
def read_body(read_bytes):
    def reader(body, **parts):
        return read_bytes(docx(body, **parts), "log.docx")

    return reader


def row_of(document, number=2, grid=0):
    return next(line for line in document.grids[grid].lines if line.number == number)


def flags(line):
    return [(flag.code, flag.text) for flag in line.flags]


def sdt(inner, properties=""):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param(f"<w:p>{sdt(run('seen'))}</w:p>", id="content control in a paragraph"),
        pytest.param(sdt(p("seen")), id="content control around a paragraph"),
        pytest.param(sdt(sdt(p("seen"))), id="control in a control"),
        pytest.param(f"<w:p>{sdt(run('seen'), '<w:date/>')}</w:p>", id="date picker"),
        pytest.param(f"<w:p><w:smartTag>{run('seen')}</w:smartTag></w:p>", id="smart tag"),
        pytest.param(f"<w:p><w:hyperlink>{run('seen')}</w:hyperlink></w:p>", id="link"),
        pytest.param(f"<w:p><w:ins>{run('seen')}</w:ins></w:p>", id="tracked insertion"),
        pytest.param(f"<w:p><w:moveTo>{run('seen')}</w:moveTo></w:p>", id="moved here"),
        pytest.param(f"<w:p><w:unheardOf>{run('seen')}</w:unheardOf></w:p>", id="unknown wrapper"),
        pytest.param(f"<w:p><w:fldSimple>{run('seen')}</w:fldSimple></w:p>", id="field"),
        pytest.param(f"<w:p>{run('se')}{run('en')}</w:p>", id="two runs"),
    ],
)
def test_words_in_any_wrapper_are_read_once(read_body, inner):
    document = read_body(tbl(HEAD, tr("1/2/13", tc(inner), "none")))
    assert row_of(document).cells == ("1/2/13", "seen", "none")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(tr("1/2/13", sdt(tc("seen")), "none"), id="cell in a control"),
        pytest.param(sdt(tr("1/2/13", "seen", "none")), id="row in a control"),
    ],
)
def test_a_wrapped_cell_or_row_neither_vanishes_nor_shifts(read_body, row):
    assert row_of(read_body(tbl(HEAD, row))).cells == ("1/2/13", "seen", "none")


def test_a_table_in_a_control_or_text_box_is_a_table_of_its_own(read_body):
    box = f"<w:p><w:r><w:txbxContent>{tbl(HEAD)}</w:txbxContent></w:r></w:p>"
    document = read_body(sdt(tbl(HEAD)) + box + tbl(HEAD))
    assert [grid.sheet for grid in document.grids] == ["table 1", "table 2", "table 3"]


def test_a_prompt_nobody_answered_is_blank_and_counted(read_body):
    control = sdt(run("Click to enter a date."), "<w:showingPlcHdr/>")
    document = read_body(tbl(HEAD, tr(tc(f"<w:p>{control}</w:p>"), "seen", "none")))
    assert row_of(document).cells == ("", "seen", "none")
    assert any("prompt" in note for note in document.notes)


def test_deleted_and_moved_away_words_are_left_out_but_said(read_body):
    inner = (
        f"<w:p>{run('seen ')}<w:del><w:r><w:delText>not seen</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('elsewhere')}</w:moveFrom></w:p>"
    )
    line = row_of(read_body(tbl(HEAD, tr("1/2/13", tc(inner), "none"))))
    assert line.cells[1] == "seen "
    assert [code for code, _ in flags(line)] == ["row-tracked"]
    assert "'not seen'" in flags(line)[0][1]


def test_a_row_deleted_under_tracked_changes_is_noted(read_body):
    gone = tr(tc("<w:p><w:del><w:r><w:delText>1/2/13 bruise</w:delText></w:r></w:del></w:p>"),
              properties="<w:del/>")  # fmt: skip
    grid = read_body(tbl(HEAD, gone, tr("2/2/13", "seen", "none"))).grids[0]
    assert [line.number for line in grid.lines] == [1, 3]
    assert any("Row 2" in note and "bruise" in note for note in grid.notes)


def test_an_inserted_row_is_kept_and_flagged(read_body):
    line = row_of(read_body(tbl(HEAD, tr("1/2/13", "seen", "none", properties="<w:ins/>"))))
    assert [code for code, _ in flags(line)] == ["row-tracked"]


def test_cells_merged_across_never_shift_the_columns(read_body):
    wide = tc("a title", '<w:gridSpan w:val="2"/>')
    late = tr("event", "action", properties='<w:gridBefore w:val="1"/>')
    document = read_body(tbl(HEAD, tr(wide, "none"), late))
    assert row_of(document).cells == ("a title", "", "none")
    assert row_of(document, 3).cells == ("", "event", "action")


def test_a_date_merged_down_fills_its_rows_and_no_further(read_body):
    rows = (
        tr(tc("1/2/13", '<w:vMerge w:val="restart"/>'), "first", "a"),
        tr(tc("<w:p/>", "<w:vMerge/>"), "second", "b"),
        tr(tc("<w:p/>", '<w:vMerge w:val="continue"/>'), "third", "c"),
        tr("", "fourth", "d"),
    )
    lines = read_body(tbl(HEAD, *rows)).grids[0].lines[1:]
    assert [line.cells[0] for line in lines] == ["1/2/13", "1/2/13", "1/2/13", ""]
    assert [line.filled for line in lines] == [frozenset(), {0}, {0}, frozenset()]


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ("<w:strike/>", "row-struck"),
        ("<w:dstrike/>", "row-struck"),
        ("<w:vanish/>", "row-hidden"),
        ('<w:strike w:val="0"/>', None),
        ('<w:vanish w:val="false"/>', None),
    ],
)
def test_struck_and_hidden_words_are_kept_and_flagged(read_body, properties, code):
    inner = f"<w:p>{run('withdrawn', properties)}</w:p>"
    line = row_of(read_body(tbl(HEAD, tr("1/2/13", tc(inner), "none"))))
    assert line.cells[1] == "withdrawn"
    assert [found for found, _ in flags(line)] == ([code] if code else [])


def test_breaks_tabs_and_paragraphs_are_kept(read_body):
    inner = "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>2</w:t></w:r></w:p>" + p("x")
    line = row_of(read_body(tbl(HEAD, tr("1/2/13", tc(inner), "none"))))
    assert line.cells[1] == "one\ntwo\t2\nx"


def test_tick_boxes_are_read(read_body):
    inner = (
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run(" seen alone") + "</w:p>"
    )
    assert row_of(read_body(tbl(HEAD, tr("1/2/13", tc(inner), "")))).cells[1] == "☒ seen alone"


def test_alternate_content_is_read_once(read_body):
    box = "<w:txbxContent>" + p("in a box") + "</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>' + box + "</mc:Choice>"
        "<mc:Fallback>" + box + "</mc:Fallback></mc:AlternateContent>"
    )
    old = (
        '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Fallback>'
        + box
        + "</mc:Fallback></mc:AlternateContent>"
    )
    document = read_body(
        tbl(
            HEAD,
            tr("1/2/13", tc(f"<w:p><w:r>{both}</w:r></w:p>"), tc(f"<w:p><w:r>{old}</w:r></w:p>")),
        )
    )
    assert row_of(document).cells == ("1/2/13", "in a box", "in a box")


def test_a_nested_table_is_its_own_table_and_shifts_no_number(read_body):
    inner = p("before") + tbl(tr("am", "fed"), tr("pm", "slept")) + "<w:p/>"
    document = read_body(tbl(HEAD, tr("1/2/13", tc(inner), "none")) + tbl(HEAD))
    assert [grid.sheet for grid in document.grids] == [
        "table 1",
        "table 1.1 (inside table 1, row 2)",
        "table 2",
    ]
    assert row_of(document).cells == ("1/2/13", "before", "none")
    assert [line.cells for line in document.grids[1].lines] == [("am", "fed"), ("pm", "slept")]
    assert any("table 1.1" in note for note in document.grids[0].notes)


def test_comments_and_footnotes_go_with_their_row(read_body):
    marks = '<w:r><w:commentReference w:id="4"/></w:r><w:r><w:footnoteReference w:id="7"/></w:r>'
    document = read_body(
        tbl(HEAD, tr("1/2/13", tc(f"<w:p>{run('seen')}{marks}</w:p>"), "none")),
        comments=f'<w:comment w:id="4" w:author="B. Rudge">{p("Ask the GP")}</w:comment>',
        footnotes=f'<w:footnote w:id="7">{p("From the log")}</w:footnote>',
    )
    texts = [text for code, text in flags(row_of(document)) if code == "row-note"]
    assert "Comment by B. Rudge: 'Ask the GP'" in texts[0]
    assert "Footnote: 'From the log'" in texts[1]


def test_paragraphs_above_a_table_are_kept_with_it(read_body):
    many = "".join(p(f"line {n}") for n in range(8))
    document = read_body(many + tbl(HEAD) + p("2019") + tbl(HEAD) + tbl(HEAD))
    assert [grid.above for grid in document.grids] == [
        tuple(f"line {n}" for n in range(3, 8)),
        ("2019",),
        (),
    ]
    assert any(note.startswith("9 paragraphs stand outside") for note in document.notes)
    assert [line.number for line in document.outside] == list(range(1, 10))


def test_rows_are_counted_with_their_heading_and_blank_rows(read_body):
    lines = read_body(tbl(HEAD, tr("", "", ""), tr("1/2/13", "seen", ""))).grids[0].lines
    assert [line.number for line in lines] == [1, 3]


@pytest.mark.parametrize(
    "body", [p("Only words"), tbl(tr("", ""))], ids=["no table", "blank table"]
)
def test_a_file_without_a_table_is_refused(read_body, body):
    with pytest.raises(UnreadableFileError, match="no table"):
        read_body(body)


def test_a_deeply_nested_file_is_refused(read_body):
    deep = "<w:sdt>" * 10_000 + "</w:sdt>" * 10_000
    with pytest.raises(UnreadableFileError, match="100 deep"):
        read_body(deep + tbl(HEAD))


def test_an_absurd_span_is_refused(read_body):
    with pytest.raises(UnreadableFileError, match="16,384 columns"):
        read_body(tbl(tr(tc("x", '<w:gridSpan w:val="999999999"/>'))))


def test_an_ordinary_document_is_read(read_bytes):
    made = python_docx.Document()
    made.add_paragraph("Chronology of Ann Example")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Date", "Event", "1 May 2013", "Seen"], strict=True):
        cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    grid = read_bytes(stream.getvalue(), "a.docx").grids[0]
    assert [line.cells for line in grid.lines] == [("Date", "Event"), ("1 May 2013", "Seen")]
    assert grid.above == ("Chronology of Ann Example",)

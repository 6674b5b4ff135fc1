"""XML: elements with their lines; no document type, no depth, no damage let in."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.errors import UnreadableFileError
from chronology.reading.mending import mended

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)


def test_elements_have_their_name_space_line_and_text(read_bytes):
    document = read_bytes(b'<a xmlns="urn:x">\n <b k="1"> t </b>\n <b/>\n</a>', "a.xml")
    root = document.root
    assert (root.name, root.space, root.line) == ("a", "urn:x", 1)
    assert [(one.name, one.line, one.text) for one in root.all("b")] == [
        ("b", 2, "t"),
        ("b", 3, ""),
    ]
    assert root.first("b").attributes == {"k": "1"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(LAUGHS, "document type", id="billion laughs"),
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "document type",
            id="outside entity",
        ),
        pytest.param(b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>', "document type",
                     id="outside dtd"),
        pytest.param("<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE x><x/>".encode("utf-16"),
                     "document type", id="dtd in UTF-16"),
        pytest.param(b"<a>" * 101 + b"</a>" * 101, "100 deep", id="101 deep"),
        pytest.param(b"<a>" * 500_000, "100 deep", id="only opening"),
        pytest.param(b"<a>\ntext", "line 2", id="nothing but a beginning"),
        pytest.param(b"<a>&unknown;</a>", "damaged", id="unknown entity"),
        pytest.param(b"<a/><b/>", "damaged", id="two roots"),
        pytest.param(b'<?xml version="1.0" encoding="klingon"?><a>\xff</a', "damaged",
                     id="unknown letters and cut short"),
    ],
)  # fmt: skip
def test_what_is_no_whole_or_safe_xml_is_refused_in_plain_words(read_bytes, data, words):
    with pytest.raises(UnreadableFileError, match=words) as refusal:
        read_bytes(data, "a.xml")
    assert str(refusal.value).endswith(".")


def test_a_hundred_deep_is_read(read_bytes):
    assert read_bytes(b"<a>" * 100 + b"</a>" * 100, "a.xml").root.name == "a"


@pytest.mark.parametrize(
    ("data", "note"),
    [
        pytest.param("<a>Zoë £5</a>".encode(), "", id="UTF-8 undeclared"),
        pytest.param(b"\xef\xbb\xbf" + "<a>Zoë £5</a>".encode(), "", id="UTF-8 with a mark"),
        pytest.param('<?xml version="1.0" encoding="UTF-16"?><a>Zoë £5</a>'.encode("utf-16"), "",
                     id="UTF-16"),
        pytest.param('<?xml version="1.0" encoding="ISO-8859-1"?><a>Zoë £5</a>'.encode("latin-1"),
                     "", id="Latin-1"),
        pytest.param(
            '<?xml version="1.0" encoding="windows-1252"?><a>Zoë £5</a>'.encode("cp1252"), "1252",
            id="cp1252 declared",
        ),
        pytest.param('<?xml version="1.0" encoding="UTF-8"?><a>Zoë £5</a>'.encode("cp1252"), "1252",
                     id="cp1252 declared as UTF-8"),
        pytest.param("<a>Zoë £5</a>".encode("cp1252"), "1252", id="cp1252 undeclared"),
    ],
)  # fmt: skip
def test_xml_in_any_letters(read_bytes, data, note):
    document = read_bytes(data, "a.xml")
    assert document.root.text == "Zoë £5"
    assert any(note in sentence for sentence in document.notes) if note else not document.notes


def test_hostile_text_stays_text(read_bytes):
    data = b"<a><b>&lt;script&gt;alert(1)&lt;/script&gt;</b><c><![CDATA[=cmd|'x'!A0]]></c></a>"
    root = read_bytes(data, "a.xml").root
    assert root.said("b") == "<script>alert(1)</script>"
    assert root.said("c") == "=cmd|'x'!A0"


def test_words_between_the_elements_of_prose_keep_their_place(read_bytes):
    data = b'<a><div xmlns="http://www.w3.org/1999/xhtml">One <b>two</b> three<br/>four</div></a>'
    parts = read_bytes(data, "a.xml").root.first("div").children
    assert [(one.name, one.text) for one in parts] == [
        ("", "One "), ("b", "two"), ("", " three"), ("br", ""), ("", "four"),
    ]  # fmt: skip


def test_words_between_other_elements_are_kept_apart(read_bytes):
    root = read_bytes(b"<a>One <b>two</b> three</a>", "a.xml").root
    assert root.stray == "One  three"
    assert [one.name for one in root.children] == ["b"]


def test_a_tag_mistyped_spoils_nothing_else_and_is_said(read_bytes):
    data = b"""<Root><Rec><Day>2026-09-20</<Day>
    <Offer k='1&amp;2'>1 &lt; 2 &pound;3</Offer></Rec)><!-- <Rec> -->
    <Rec><Day><![CDATA[<x>]]></Day></Rec>
    <p:Rec/></Stray></Root>"""
    document = read_bytes(data, "a.xml")
    first, second, third = document.root.children
    assert [(e.name, e.text) for e in first.children] == [
        ("Day", "2026-09-20"), ("Offer", "1 < 2 \u00a33"),
    ]  # fmt: skip
    assert first.children[1].attributes == {"k": "1&2"}
    assert first.children[1].line == 2
    assert second.said("Day") == "<x>"
    assert third.name == "Rec"
    assert "its tags do not fit together, first at line 1" in document.notes[-1]
    assert not document.unread


def test_a_file_cut_short_is_read_up_to_there_and_half_a_word_is_not_taken_for_a_whole(read_bytes):
    document = read_bytes(b"<a>\n<b><c>2022-10-06</c></b>\n<b><c>2022-1", "a.xml")
    assert [b.said("c") for b in document.root.children] == ["2022-10-06", ""]
    ((line, reason),) = document.unread
    assert line == 3
    assert "'<c>2022-1'" in reason
    assert "copied only in part" in reason


@given(st.text(alphabet="<>/abc &;!-[]\"'=\n", max_size=200))
def test_broken_tags_never_do_more_than_be_refused(text):
    root, _ = mended("<a>" + text, 1_000)
    assert root is not None
    with suppress(UnreadableFileError):
        mended("<a>" * 150 + text, 1_000)

"""JSON: numbers as written, damage named, nothing deep or huge let in."""

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.errors import UnreadableFileError
from chronology.reading import gate, notation

GOOD = '{"resourceType": "Patient", "id": "a"}'


@pytest.fixture(scope="module")
def read_bytes_again():
    def read(data):
        return notation.read_notation(gate.Intake("a.json", ".json", "0" * 64, data))

    return read


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param('{"a": 1}', {"a": "1"}, id="a number is its text"),
        pytest.param('{"a": 1.50}', {"a": "1.50"}, id="noughts are kept"),
        pytest.param('{"a": 375041000000100123}', {"a": "375041000000100123"}, id="long id"),
        pytest.param('{"a": 1E+10}', {"a": "1E+10"}, id="exponent"),
        pytest.param('{"a": NaN}', {"a": "NaN"}, id="not a number"),
        pytest.param('{"a": [true, false, null]}', {"a": [True, False, None]}, id="yes, no, none"),
        pytest.param('{"a": "x\ny\tz"}', {"a": "x\ny\tz"}, id="bare control characters"),
        pytest.param('{"a": "=HYPERLINK(1)<b>"}', {"a": "=HYPERLINK(1)<b>"}, id="hostile text"),
        pytest.param('\n\n [{"a": "b"}] \n', [{"a": "b"}], id="blanks around"),
    ],
)
def test_json_is_read_as_it_is_written(read_bytes, text, data):
    document = read_bytes(text.encode(), "a.json")
    assert document.data == data
    assert document.kind == "json"
    assert document.grids == ()


@pytest.mark.parametrize(
    ("data", "note"),
    [
        pytest.param('{"a": "Zoë £5"}'.encode(), "", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + '{"a": "Zoë £5"}'.encode(), "", id="UTF-8 with a mark"),
        pytest.param('{"a": "Zoë £5"}'.encode("utf-16"), "UTF-16", id="UTF-16 with a mark"),
        pytest.param('{"a": "Zoë £5"}'.encode("utf-16-le"), "UTF-16", id="UTF-16 without one"),
        pytest.param('{"a": "Zoë £5"}'.encode("utf-32"), "UTF-32", id="UTF-32"),
        pytest.param('{"a": "Zoë £5"}'.encode("cp1252"), "Windows-1252", id="cp1252"),
    ],
)
def test_json_in_any_letters(read_bytes, data, note):
    document = read_bytes(data, "a.json")
    assert document.data == {"a": "Zoë £5"}
    assert any(note in sentence for sentence in document.notes) if note else not document.notes


def test_mojibake_is_said_and_left(read_bytes):
    document = read_bytes('{"a": "itâ€™s ZoÃ«, Â£5"}'.encode(), "a.json")
    assert document.data == {"a": "itâ€™s ZoÃ«, Â£5"}
    assert "spoilt" in document.notes[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b'{"a": [1, 2', "line 1", id="cut short"),
        pytest.param(b'{"a": 1}\n}', "line 2", id="a bracket too many"),
        pytest.param(b'{"a" 1}', "line 1", id="a mark missing"),
        pytest.param(b'[{"a": 1}, {"b": 2},]', "damaged", id="a comma too many"),
        pytest.param(b"[" * 101 + b"]" * 101, "nested", id="101 deep"),
        pytest.param(b"[" * 100_000, "nested", id="only opening brackets"),
        pytest.param(b'{"a":' * 90_000, "nested", id="only opening braces"),
        pytest.param(b'[{"a":' * 90_000 + b"1", "nested", id="both by turns"),
    ],
)
def test_what_is_no_whole_json_is_refused_in_plain_words(read_bytes, data, words):
    with pytest.raises(UnreadableFileError, match=words) as refusal:
        read_bytes(data, "a.json")
    assert str(refusal.value).endswith(".")


def test_a_hundred_deep_is_read(read_bytes):
    assert read_bytes(b"[" * 100 + b"]" * 100, "a.json").data


#: Text with all that could be taken for a bracket or for the end of a text.
TEXTS = st.text('[]{}"\\\\ aé\\n,:', max_size=6)


@given(st.lists(TEXTS, min_size=1, max_size=101), st.integers(90, 110), st.booleans())
def test_brackets_count_only_where_they_are_no_text(read_bytes_again, texts, deep, as_ascii):
    data: object = texts[0]
    for level in range(deep):
        text = texts[level % len(texts)]
        data = [text, data] if level % 3 else {text: data, f"{text}2": text}
    written = json.dumps(data, ensure_ascii=as_ascii).encode()
    if deep > gate.MAX_DEPTH:
        with pytest.raises(UnreadableFileError, match="nested"):
            read_bytes_again(written)
    else:
        assert read_bytes_again(written).data == data


def test_wide_and_shallow_is_no_depth(read_bytes):
    data = [{"a": [[], {}, ["[" * 500]]}] * 300
    assert read_bytes(json.dumps(data).encode(), "a.json").data == data


def test_a_hundred_megabytes_of_brackets_are_refused_before_anything_is_built(tmp_path):
    intake = gate.Intake("a.json", ".json", "0" * 64, b"[" * (100 * gate.MB))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFileError, match="5 million"):
            notation.read_notation(intake)
        assert tracemalloc.get_traced_memory()[1] < gate.MB
    finally:
        tracemalloc.stop()


def test_one_value_a_line_is_a_list(read_bytes):
    document = read_bytes(b'{"a": 1}\r\n\r\n{"a": 2}\n[3]\n', "a.ndjson")
    assert document.data == [{"a": "1"}, {"a": "2"}, ["3"]]
    assert document.notes == ()


@pytest.mark.parametrize(
    ("bad", "numbers"),
    [
        pytest.param({2: '{"a": '}, "Line 2 ", id="one cut short"),
        pytest.param({2: "# exported"}, "Line 2 ", id="a remark"),
        pytest.param({3: '"words"', 5: '{"a"}'}, "Lines 3, 5 ", id="two"),
        pytest.param(dict.fromkeys(range(2, 9), "{"), "Lines 2, 3, 4, 5, 6 and 2 more ", id="many"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(read_bytes, bad, numbers):
    lines = [bad.get(number, f'{{"a": "{number}"}}') for number in range(1, 16)]
    document = read_bytes("\n".join(lines).encode(), "a.ndjson")
    assert len(document.data) == 15
    for number, value in enumerate(document.data, start=1):
        assert value == (bad[number].strip() if number in bad else {"a": str(number)})
    assert document.notes[0].startswith(numbers)


def test_a_file_of_mostly_bad_lines_is_refused(read_bytes):
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_bytes(b'{"a": 1}\n{"a":\n{"b":\n{"c":\n', "a.ndjson")


def test_a_line_break_of_another_alphabet_ends_no_line(read_bytes):
    document = read_bytes('{"a": "x\u2028y"}\n{"a": "z"}\n'.encode(), "a.ndjson")
    assert document.data == [{"a": "x\u2028y"}, {"a": "z"}]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda t: t.replace('"id": "b",', '"id": "b", ],'), id="a bracket too many"),
        pytest.param(lambda t: t.replace('"id": "b"', '"id": b'), id="a mark missing"),
    ],
)
def test_a_damaged_record_of_a_bundle_stands_as_its_text(read_bytes, spoil, indent):
    entries = [
        {"fullUrl": f"urn:uuid:{one}", "resource": {"resourceType": "Flag", "id": one, "x": [1]}}
        for one in "abc"
    ]
    bundle = {"resourceType": "Bundle", "type": "message", "entry": entries}
    text = spoil(json.dumps(bundle, indent=indent))
    document = read_bytes(text.encode(), "a.json")
    kinds = [type(entry) for entry in document.data["entry"]]
    assert kinds == [dict, str, dict]
    assert document.data["type"] == "message"
    assert '"urn:uuid:b"' in document.data["entry"][1]
    assert "damaged" in document.notes[0]


def test_a_bundle_cut_short_gives_the_records_before_the_cut(read_bytes):
    entries = [{"resource": {"resourceType": "Flag", "id": str(n)}} for n in range(5)]
    text = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})
    document = read_bytes(text[: text.index('"3"')].encode(), "a.json")
    assert [type(entry) for entry in document.data["entry"]] == [dict, dict, dict, str]
    assert "in part" in document.notes[0]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab"), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text("abc", min_size=1), JSON, min_size=1, max_size=5))
def test_what_was_written_is_read_back(data):
    text = json.dumps(data, ensure_ascii=False)
    intake = gate.Intake("a.json", ".json", "0" * 64, text.encode())
    assert notation.read_notation(intake).data == data

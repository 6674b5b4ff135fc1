"""What the page's text may hold: our own marks, and everybody else's words as words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from chronology.render.html import page, write_html
from chronology.render.shown import Shade
from chronology.render.text import visible
from tests.render.pages import EMPTY, a_large_timeline, a_small_timeline

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea></select></table><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<!--",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>here</a>",
    "<base href='https://example.invalid/'>",
    "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
    "<link rel=stylesheet href=//example.invalid/x.css>",
    "<form action=https://example.invalid/><input name=q>",
    "<details open ontoggle=alert(1)>",
    "<style>@import url(//example.invalid/x.css)</style>",
    '"><b onmouseover=alert(1)>',
    "' onfocus=alert(1) autofocus='",
    "&lt;script&gt;&#60;b&#62;&amp;",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "\\3c script\\3e ; } body { display: none } @page{}",
    "javascript:alert(1)",
    "https://example.invalid/?case=17",
    "\u202egnp.exe\u2066 \u200b\x00\x1b[31m \u2028 \ud800",
    "בדיקה עברית ‮ then English",
)

#: Codes and dates, which come from this program and not from a file.
OURS = {
    "id",
    "code",
    "agency",
    "agencies",
    "iso_start",
    "iso_end",
    "month_key",
    "status",
    "shades",
    "agency_labels",
    "entry_id",
    "person_ids",
}

TAGS = set(
    "html head meta title style script body header main section nav footer div span bdi p a b "
    "small h1 h2 h3 h4 ul li dl dt dd mark code figure figcaption svg g path rect text desc "
    "details summary table caption thead tbody tr th td form fieldset legend label input select "
    "option button".split()
)


class Marks(HTMLParser):
    """Every tag with its attributes, and all text outside style and script."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.raw: dict[str, list[str]] = {"style": [], "script": []}
        self.inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = tag if tag in self.raw else ""

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        (self.raw[self.inside] if self.inside else self.words).append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def _said_everywhere(value, words):
    """The value with every text that a file could have given replaced."""
    if isinstance(value, str):
        return words
    if isinstance(value, tuple):
        return tuple(_said_everywhere(one, words) for one in value)
    if is_dataclass(value) and not isinstance(value, Shade):
        return replace(
            value,
            **{
                field.name: _said_everywhere(getattr(value, field.name), words)
                for field in fields(value)
                if field.name not in OURS
            },
        )
    return value


def test_what_reviewers_set_is_shown_beside_the_record_with_who_set_it():
    text = page(a_small_timeline())
    row = text[text.index('id="e5"') :].split("</tbody>")[0]
    assert "<b>Mon 6 January 2014</b>" in row
    assert "<b>5 January 2014</b> <small>date set by <bdi>A. Worker on 3 May 2024</bdi>" in row
    assert "Zoë seen at the flat" in row
    assert "Seen at the flat by a neighbour.</p><small>wording set by" in row
    for tag in ("Restricted", "About a third party", "Significant"):
        assert f"{tag}</span>" in row
    assert "<li>Left open whether the same as police.csv, row 4 by A. Worker</li>" in row
    assert "1 entry restricted or about a third party" in text


def test_a_ruling_goes_before_what_the_program_thought():
    small = a_small_timeline()
    ruled = ("Ruled the same by A. Worker on 3 May 2024: agreed by phone",)
    entry = replace(small.entries[1], decided=ruled, ruled=ruled, is_ruled_one=True)
    text = page(replace(small, entries=(entry,), questions=()))
    row = text[text.index('id="e2"') : text.index('id="review"')]
    assert f'<b class="ruled">{ruled[0]}</b><span>{entry.confidence}</span>' in row
    assert row.index("What people decided") < row.index("What the program saw")
    assert "Why these accounts are one entry" not in row


def test_where_nobody_decided_anything_nothing_is_said_of_decisions():
    text = page(a_large_timeline(5))
    for words in ("People decided", "Set beside the records", "third party", "With a decision"):
        assert words.casefold() not in text.casefold()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload):
    words = visible(payload)
    timeline = _said_everywhere(a_small_timeline(), words)
    timeline = replace(timeline, agency_labels=dict.fromkeys(timeline.agency_labels, words))
    harmless, hostile = (
        Marks(page(_said_everywhere(a_small_timeline(), "x"))),
        Marks(page(timeline)),
    )
    assert {tag for tag, _ in hostile.tags} <= TAGS
    assert len(hostile.raw["script"]) == 1
    assert len(hostile.tags) >= len(harmless.tags)
    for tag, attributes in hostile.tags:
        assert not any(
            name.startswith("on") or name in {"style", "src", "action"} for name in attributes
        )
        assert attributes.get("href", "#").startswith("#")
        assert tag == "meta" or not any(words in (value or "") for value in attributes.values())
    assert "".join(hostile.words).count(words) > 150


def test_no_script_or_style_but_the_two_the_policy_names():
    marks = Marks(page(a_small_timeline()))
    head = [tag for tag, _ in marks.tags]
    assert head[:3] == ["html", "head", "meta"]
    attributes = marks.tags[2][1]
    assert attributes["http-equiv"] == "Content-Security-Policy"
    policy = attributes["content"]
    for kind in ("style", "script"):
        (text,) = marks.raw[kind]
        assert f"{kind}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("img-src 'none'; base-uri 'none'; form-action 'none'")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "timeline", [pytest.param(EMPTY, id="empty"), pytest.param(a_small_timeline(), id="small")]
)
def test_nothing_outside_the_file_is_named(timeline):
    text = re.sub(r"sha256-[\w+/=]+", "", page(timeline))  # a digest may hold any two letters
    assert not re.search(r"https?:|//[a-z]|@import|url\(", text)
    assert 'lang="en-GB"' in text


def test_every_anchor_leads_somewhere_and_none_is_there_twice():
    marks = Marks(page(a_small_timeline()))
    ids = [attributes["id"] for _, attributes in marks.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for tag, attributes in marks.tags if tag == "a"}
    assert targets <= set(ids)
    for _, attributes in marks.tags:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set((attributes.get(name) or "").split()) <= set(ids)


def test_every_account_left_out_row_and_source_is_there():
    timeline = a_small_timeline()
    words = " ".join("".join(Marks(page(timeline)).words).split())
    for entry in timeline.entries:
        for account in entry.accounts:
            assert account.narrative in words
            assert account.place in words
    for row in timeline.left_out:
        assert row.reason in words
    assert "It is a PDF. Ask for Word." in words
    assert "4 = 3 + 1" in words
    assert "ab" * 32 in words


def test_undated_entries_stand_last_under_their_own_heading():
    text = page(a_small_timeline())
    assert text.index('id="e5"') < text.index('id="undated"') < text.index('id="e6"')


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        pytest.param("#123456", True, id="a colour"),
        pytest.param("red}*{display:none", False, id="not a colour"),
    ],
)
def test_only_colours_reach_the_style_sheet(colour, expected):
    timeline = replace(a_small_timeline(), shades={"police": Shade(colour, "#ffffff", "<script>")})
    assert (f"--strong:{colour}" in page(timeline)) is expected


def test_the_same_timeline_gives_the_same_bytes():
    assert page(a_small_timeline()) == page(a_small_timeline())
    told = (
        "from hashlib import sha256; from chronology.render.html import page;"
        "from tests.render.pages import a_small_timeline as small;"
        "print(sha256(page(small()).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", told],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert digests == {sha256(page(a_small_timeline()).encode()).hexdigest().encode() + b"\n"}


def test_the_file_is_the_page(tmp_path):
    write_html(a_small_timeline(), tmp_path / "chronology.html")
    assert (tmp_path / "chronology.html").read_bytes().decode() == page(a_small_timeline())


def test_a_thousand_entries_stay_light():
    assert len(page(a_large_timeline(1000))) < 3_000 * 1000

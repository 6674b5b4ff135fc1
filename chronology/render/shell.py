"""What every page has: its templates, its own style, a policy that lets nothing else in or out."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from chronology.render.listing import FIRST_DAY
from chronology.render.words import day_words

#: A page may run this style and this script and do nothing else: load, send or embed anything.
POLICY = (
    "default-src 'none'; style-src '{style}'; script-src {script}; img-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)


@cache
def environment() -> Environment:
    """The templates, in which every text of a file is escaped."""
    made = Environment(
        loader=PackageLoader("chronology.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["day"] = _day
    return made


def _day(number: int) -> str:
    return day_words(date.fromordinal(number + FIRST_DAY))


@cache
def asset(name: str) -> str:
    """A file beside the templates, as text."""
    text = Path(__file__).with_name("templates").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def policy(style: str, script: str = "") -> str:
    """What the page may do: apply this style and run this script, if there is one."""
    run = f"'{_digest(script)}'" if script else "'none'"
    return POLICY.format(style=_digest(style), script=run)


def edges(marking: str, foot: str) -> str:
    """The words on the edges of each printed page, as CSS."""
    return (
        f"@page{{@top-center{{content:{_quoted(marking)}}}"
        f"@bottom-center{{content:{_quoted(marking)}}}"
        f"@bottom-left{{content:{_quoted(foot)}}}}}\n"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _quoted(text: str) -> str:
    """A CSS string in which only letters and digits stand as they are."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'

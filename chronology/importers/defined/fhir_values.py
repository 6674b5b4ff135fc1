"""Values of FHIR records as a person reads them; whatever stands in one, nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from chronology.dates.standard import read_standard
from chronology.dates.words import spoken
from chronology.when import UNDATED, When

#: One element of a FHIR record: names to text, elements, or lists of them.
Node = dict[str, Any]
#: Turns a reference into the name of what it points to; "" where nobody can tell.
Naming = Callable[[Node], str]

#: What systems write for "not known" where a date is demanded.
SENTINELS: Final = frozenset(
    "1811-11-11 1900-01-01 1899-12-30 1753-01-01 0001-01-01 9999-12-31 2999-12-31".split()
)
_DATE: Final = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII
)
_TYPES: Final = (
    "CodeableConcept|Reference|DateTime|Period|String|Quantity|Boolean|Integer|PositiveInt"
    "|UnsignedInt|Decimal|Range|Ratio|Age|Duration|Coding|Timing|Attachment|Annotation|Identifier"
    "|Markdown|Uri|Url|Code|Date|Instant|Time|SimpleQuantity|SampledData|HumanName|Address"
)
_TYPED: Final = re.compile(rf"(?<=[a-z])(?:{_TYPES})$")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TAG: Final = re.compile(r"<[^>]*>")
_BREAKING: Final = re.compile(r"<(?:br|/p|/tr|/li|/h\d|/div|/table|/caption)\b[^>]*>", re.I)
_CELL_END: Final = re.compile(r"</t[dh]\s*>", re.I)
_SPACES: Final = re.compile(r"[ \t\r\f\v\xa0]+")
_EXTENSION: Final = re.compile(
    r"^(?:Extension-)?(?:(?:CareConnect|GPConnect|GPC|BARS|England|UKCore|UK-Core|DCH|EMS|PDS|ITK|NRLS)-)*|-\d+$"
)
#: The elements of a reference, which may give a name or a number alone.
_REFERENCE: Final = frozenset({"reference", "type", "identifier", "display", "id", "extension"})
#: Elements that tell where somebody lives or can be reached; never in a narrative.
PRIVATE: Final = frozenset({"address", "telecom", "contact", "photo"})
_ENTITIES: Final = (
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&#160;", " "),
    ("&amp;", "&"),
)


def many(value: object) -> list[Any]:
    """A value as a list, whether it came as one, alone or not at all."""
    if value is None:
        return []
    return value if type(value) is list else [value]


def nodes(value: object) -> list[Node]:
    """The elements among the values of a name."""
    if type(value) is dict:
        return [value]
    if type(value) is not list:
        return []
    return [one for one in value if type(one) is dict]


def one(value: object) -> Any:  # noqa: ANN401 - what stands in a record
    """A value, or the first of several."""
    if type(value) is list:
        return value[0] if value else None
    return value


def said(node: object, *path: str) -> str:
    """The text at the end of a path of names, the first of each; "" where there is none."""
    for name in path:
        if type(node) is dict:
            node = node.get(name)
            continue
        node = one(node)
        if type(node) is not dict:
            return ""
        node = node.get(name)
    if type(node) is str:
        return node.strip()
    return "" if node is None else scalar(one(node))


def scalar(value: object) -> str:
    """Text, a number or yes and no as they are shown; "" for anything with parts."""
    if type(value) is str:
        return value.strip()
    if value is True:
        return "yes"
    return "no" if value is False else ""


def dated(written: str) -> When:
    """A FHIR date, as precise as it is; undated for what stands for "not known"."""
    if not written or written[:10] in SENTINELS:
        return UNDATED
    return read_standard(written)


@lru_cache(maxsize=16_384)
def in_words(written: str) -> str:
    """A FHIR date as a person says it, in UK local time; other text as it stands."""
    if not written[:4].isdigit() or not _DATE.fullmatch(written):
        return written
    when = read_standard(written)
    if not when.is_exact or when.start is None:
        return written
    clock = f" {when.clock.isoformat('minutes')}" if when.clock else ""
    return spoken(when.start) + clock


def is_date(text: str) -> bool:
    """Whether text is written as FHIR writes dates; a bare year is a number as well."""
    return len(text) > 4 and text[4] == "-" and _DATE.fullmatch(text) is not None


def concept(value: object) -> str:
    """A coded value: its words, and behind them its codes."""
    if type(value) is dict:
        return _concept(value)
    parts = [_concept(node) for node in many(value)]
    return "; ".join(part for part in parts if part)


def codes(value: object) -> list[tuple[str, str]]:
    """Every code of a coded value with its own words."""
    found = []
    for node in (value,) if type(value) is dict else nodes(value):
        codings = node.get("coding")
        if codings is None:
            codings = node if "code" in node else None
        found += [
            (said(coding, "code"), said(coding, "display"))
            for coding in ((codings,) if type(codings) is dict else nodes(codings))
        ]
    return found


def _concept(value: object) -> str:
    if type(value) is not dict:
        return scalar(value)
    codings = value.get("coding")
    if codings is None and "code" in value:
        codings = value
    words, code = said(value, "text"), ""
    for coding in (codings,) if type(codings) is dict else nodes(codings):
        words = words or said(coding, "display")
        code = code or said(coding, "code")
    if not words:
        return code
    return f"{words} [{code}]" if code and code != words else words


def words(value: object, naming: Naming) -> str:  # noqa: C901 - one line a shape
    """Any value as text; addresses and attached files are not shown."""
    if type(value) is str:
        text = value.strip()
        return in_words(text) if text[4:5] == "-" else text
    if type(value) is list:
        if len(value) == 1:
            return words(value[0], naming)
        return "; ".join(text for item in value if (text := words(item, naming)))
    if type(value) is not dict:
        return scalar(value)
    if "coding" in value:
        return _concept(value)
    if "reference" in value:
        return naming(value)
    if "value" in value:
        return _measured(value, naming)
    if "code" in value and ("display" in value or "system" in value):
        return _concept(value)
    if _REFERENCE.issuperset(value):
        return naming(value)
    if type(value.get("code")) is dict:
        rest = {name: inner for name, inner in value.items() if name != "code"}
        return "; ".join(filter(None, (_concept(value["code"]), *labelled(rest, naming))))
    if "start" in value or "end" in value:
        return stretch(value)
    if "family" in value or "given" in value:
        return person_name(value)
    if "postalCode" in value or "line" in value:
        return ""
    if "contentType" in value or "data" in value:
        return " ".join(filter(None, (said(value, "title"), said(value, "contentType"))))
    if len(value) == 1 and "text" in value:
        return words(value["text"], naming)
    return "; ".join(labelled(value, naming))


def labelled(node: Node, naming: Naming) -> list[str]:
    """Every element of a node with its name before it."""
    told = []
    for name, value in node.items():
        if name[:1] == "_" or name in _UNTOLD:
            continue
        text = words(value, naming)
        if text:
            told.append(f"{label(name)}: {text}")
    return told


#: Elements that say how another is written, not what happened.
_UNTOLD: Final = frozenset(
    {"id", "extension", "modifierExtension", "linkId", "fhir_comments", "resourceType", *PRIVATE}
)


def _measured(value: Node, naming: Naming) -> str:
    unit = said(value, "unit") or ("" if "use" in value else said(value, "code"))
    figure = words(value["value"], naming)
    return " ".join(filter(None, (f"{said(value, 'comparator')}{figure}", unit)))


def stretch(period: object) -> str:
    """A period in words, with the end that it has."""
    start, end = in_words(said(period, "start")), in_words(said(period, "end"))
    if start and end:
        return start if start == end else f"{start} to {end}"
    if end:
        return f"until {end}"
    return f"from {start}" if start else ""


def person_name(name: object) -> str:
    """One name, forenames first."""
    node = one(name)
    if type(node) is not dict:
        return scalar(node)
    text = scalar(one(node.get("text")))
    if text:
        return text
    given = " ".join(filter(None, map(scalar, many(node.get("given")))))
    family = " ".join(filter(None, map(scalar, many(node.get("family")))))
    return f"{given} {family}".strip()


@lru_cache(maxsize=4096)
def label(name: str) -> str:
    """``reasonCode`` as "Reason code", ``valueQuantity`` as "Value"."""
    plain = _TYPED.sub("", name) or name
    return _HUMP.sub(" ", plain).capitalize()


@lru_cache(maxsize=4096)
def extension_label(url: str) -> str:
    """What an extension is called: the last part of its address in plain words."""
    last = url.rstrip("/").rpartition("/")[2]
    return label(_EXTENSION.sub("", last).replace("-", " ").strip() or last)


def extensions(node: Node, naming: Naming) -> list[tuple[str, str]]:
    """The extensions of an element with what they are called."""
    told = []
    for extension in nodes(node.get("extension")):
        text = _extended(extension, naming)
        if text:
            told.append((extension_label(said(extension, "url")), text))
    return told


def _extended(extension: Node, naming: Naming) -> str:
    inner = [f"{what}: {text}" for what, text in extensions(extension, naming)]
    own = [words(value, naming) for name, value in extension.items() if name[:5] == "value"]
    return "; ".join(filter(None, (*own, *inner)))


def plain_text(markup: str) -> str:
    """XHTML as text: a line a row or paragraph, cells apart, no word lost."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    text = _BREAKING.sub("\n", _CELL_END.sub(" | ", markup))
    text = _TAG.sub("", text)
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    lines = (_SPACES.sub(" ", line).strip().rstrip("|").strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)

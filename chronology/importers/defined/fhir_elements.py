"""Elements of FHIR records that have parts: answers, sections, attached files, a line each."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from typing import Final

from chronology.importers.defined.fhir_values import (
    Naming,
    Node,
    codes,
    concept,
    extensions,
    in_words,
    label,
    nodes,
    one,
    plain_text,
    said,
    words,
)

#: One line: what it is called, and what it says.
Line = tuple[str, str]

#: Sections of a document that give addresses and numbers, by their titles in small letters.
PRIVATE_SECTIONS: Final = frozenset(
    {
        "patient demographics",
        "patient details",
        "patient information",
        "person demographics",
        "individual's details",
        "personal contacts",
        "contacts",
        "distribution list",
        "receiving person or organisation",
    }
)
_TAKEN: Final[dict[str, str]] = {
    "y": "yes", "n": "", "unk": "not known", "na": "does not apply"
}  # fmt: skip
#: Longest text of an attached file that is told.
_LONGEST: Final = 200_000


def first_words(value: object) -> str:
    """The words of a code without the code, for a label."""
    for node in nodes(value):
        text = said(node, "text") or next((w for _, w in codes(node) if w), "")
        if text:
            return text
    return concept(value)


def _components(value: object, naming: Naming) -> Iterator[Line]:
    for component in nodes(value):
        name = first_words(component.get("code")) or "Part"
        results = [
            text
            for key, inner in component.items()
            if key[:5] == "value" or key == "dataAbsentReason"
            if (text := words(inner, naming))
        ]
        yield name, "; ".join(results) or "no result"


def _items(value: object, naming: Naming) -> Iterator[Line]:
    """Questions with their answers, those of groups and of answers after them."""
    for item in nodes(value):
        question = said(item, "text") or said(item, "definition") or said(item, "linkId")
        answers = []
        inner: list[object] = [item.get("item")]
        for answer in nodes(item.get("answer")):
            answers += [text for key, one_value in answer.items() if key[:5] == "value"
                        if (text := words(one_value, naming))]  # fmt: skip
            answers += [text for _, text in extensions(answer, naming)]
            inner.append(answer.get("item"))
        if answers:
            yield question, "; ".join(answers)
        for more in inner:
            yield from _items(more, naming)


def _payload(value: object, naming: Naming) -> Iterator[Line]:
    for payload in nodes(value):
        for key, content in payload.items():
            if key[:7] == "content":
                text = words(content, naming)
                if text:
                    yield "Text", text


def _sections(value: object, naming: Naming) -> Iterator[Line]:
    for section in nodes(value):
        title = said(section, "title") or concept(section.get("code")) or "Section"
        text = plain_text(said(section, "text", "div"))
        why = concept(section.get("emptyReason"))
        if title.casefold() in PRIVATE_SECTIONS:
            yield title, "withheld"
        elif text or why:
            yield title, text or f"(empty: {why})"
        yield from _sections(section.get("section"), naming)


def _attached(value: object, naming: Naming) -> Iterator[Line]:
    for content in nodes(value):
        file = one(content.get("attachment")) if "attachment" in content else content
        if type(file) is not dict:
            continue
        text = _text_of(file)
        if text:
            yield "Text", text
        else:
            named = " ".join(filter(None, (said(file, "title"), said(file, "contentType"))))
            what = named or words(file, naming) or said(file, "url") or "a file"
            made = in_words(said(file, "creation"))
            yield "Attached", f"{what}, made {made}" if made else what


def _text_of(file: Node) -> str:
    """The text of an attached text file; "" for anything else."""
    kind, data = said(file, "contentType").lower(), said(file, "data")
    if not data or not kind.startswith("text/") or len(data) > _LONGEST:
        return ""
    try:
        text = base64.b64decode(data, validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    return plain_text(text) if kind.startswith(("text/html", "text/xhtml")) else text.strip()


def _restriction(value: object, naming: Naming) -> Iterator[Line]:
    for node in nodes(value):
        end = said(node, "period", "end")
        if end:
            yield "To be done by", in_words(end)
        whom = words(node.get("recipient"), naming)
        if whom:
            yield "For", whom


def _extensions(value: object, naming: Naming) -> Iterator[Line]:
    yield from extensions({"extension": value}, naming)


def _hospital(value: object, naming: Naming) -> Iterator[Line]:
    for node in nodes(value):
        for name, inner in node.items():
            text = words(inner, naming)
            if text and name[:1] != "_" and name != "extension":
                yield label(name), text
        yield from extensions(node, naming)


def _entries(value: object, naming: Naming) -> Iterator[Line]:
    """The entries of a list by name, with their dates; those struck out are said to be."""
    told = []
    for node in nodes(value):
        text = words(one(node.get("item")), naming)
        marks = [in_words(said(node, "date"))]
        marks.append("struck out of the list" if said(node, "deleted") in ("yes", "true") else "")
        marked = ", ".join(filter(None, marks))
        if text:
            told.append(f"{text} ({marked})" if marked else text)
    if told:
        yield "Entries", "; ".join(told)


def _explanation(value: object, _naming: Naming) -> Iterator[Line]:
    """Why a vaccine was given, as STU3 has it; why it was not is told with the status."""
    for node in nodes(value):
        yield from (("Reason", text) for text in (concept(node.get("reason")),) if text)


def _taken(value: object, _naming: Naming) -> Iterator[Line]:
    """Whether a medicine was taken, as STU3 says it; that it was not stands in the title."""
    written = said({"taken": value}, "taken")
    text = _TAKEN.get(written, written)
    if text:
        yield "Taken", text


def _nothing(_value: object, _naming: Naming) -> Iterator[Line]:
    return iter(())


#: Elements told in a way of their own.
SPECIAL: Final[dict[str, Callable[[object, Naming], Iterator[Line]]]] = {
    "component": _components,
    "content": _attached,
    "entry": _entries,
    "explanation": _explanation,
    "extension": _extensions,
    "hasMember": _nothing,
    "hospitalization": _hospital,
    "item": _items,
    "modifierExtension": _extensions,
    "payload": _payload,
    "presentedForm": _attached,
    "related": _nothing,
    "restriction": _restriction,
    "result": _nothing,
    "section": _sections,
    "taken": _taken,
}

"""The records of a FHIR file: one, a list of them, bundles, or one a line; JSON or XML."""

from __future__ import annotations

from collections.abc import Iterator

from chronology.importers.defined.fhir_markup import record_of
from chronology.importers.defined.fhir_records import Part, Records
from chronology.importers.defined.fhir_values import Node, many, one, said
from chronology.reading.grid import Document, Element

NO_RECORD = (
    "What stands here is damaged or no FHIR record and cannot be read. Ask for it to be sent again."
)
AN_ANSWER = "This entry of the bundle holds no record, only what was asked of or said by a server."


def records_of(document: Document) -> Records:
    """The records of a file, whether it holds one, a list of them, bundles or one a line."""
    records = Records()
    if document.root is not None:
        _add_element(records, document.root, document.root.name, 0)
    elif type(document.data) is list:
        for row, item in enumerate(document.data, start=1):
            _add_item(records, item, f"{row}: ", row)
    else:
        _add_item(records, document.data, "", 1)
    return records


def _add_item(records: Records, item: object, path: str, row: int) -> None:
    if type(item) is not dict or type(item.get("resourceType")) is not str:
        records.odd.append(("", row, "item", _shown(item), NO_RECORD))
    elif item["resourceType"] == "Bundle":
        _add_bundle(records, item, f"{path}Bundle.entry")
    else:
        records.add(Part(item, item["resourceType"], "", row, "item"))


def _add_bundle(records: Records, node: Node, where: str) -> None:
    bundle = len(records.bundles) + 1
    records.bundles[bundle] = node
    for number, entry in enumerate(many(node.get("entry")), start=1):
        resource = _resource(entry) if type(entry) is dict else None
        if type(resource) is dict and type(resource.get("resourceType")) is str:
            if resource["resourceType"] == "Bundle":
                _add_bundle(records, resource, f"{where} {number}: Bundle.entry")
                continue
            url, method = said(entry, "fullUrl"), said(entry, "request", "method")
            kind = resource["resourceType"]
            records.add(Part(resource, kind, where, number, "item", url, bundle, method))
        elif type(entry) is dict and said(entry, "request", "method") == "DELETE":
            url = said(entry, "request", "url")
            gone = {"resourceType": "", "id": url.rpartition("/")[2]}
            records.parts.append(Part(gone, "", where, number, "item", url, bundle, "DELETE"))
        else:
            is_answer = type(entry) is dict and "resource" not in entry
            reason = AN_ANSWER if is_answer else NO_RECORD
            records.odd.append((where, number, "item", _shown(entry), reason))


def _resource(entry: Node) -> object:
    """The record of an entry; the entry itself where a sender left the wrapper away."""
    if "resource" not in entry and type(entry.get("resourceType")) is str:
        return entry
    return one(entry.get("resource"))


def _add_element(records: Records, element: Element, sheet: str, bundle: int) -> None:
    if element.name != "Bundle":
        node = record_of(element)
        records.add(Part(node, element.name, sheet, element.line, "line", "", bundle))
        return
    bundle = len(records.bundles) + 1
    head = [one for one in element.children if one.name != "entry"]
    records.bundles[bundle] = record_of(
        Element(element.name, element.space, element.line, {}, children=head)
    )
    for entry in element.all("entry"):
        _add_entry(records, entry, f"{sheet}/entry", bundle)


def _add_entry(records: Records, entry: Element, sheet: str, bundle: int) -> None:
    inner = [one for wrapper in entry.all("resource") for one in wrapper.children]
    url = _attribute(entry, "fullUrl")
    method = _attribute(entry, "request", "method")
    if not inner:
        if method == "DELETE":
            url = _attribute(entry, "request", "url")
            gone = {"resourceType": "", "id": url.rpartition("/")[2]}
            records.parts.append(Part(gone, "", sheet, entry.line, "line", url, bundle, method))
            return
        shown = " ".join(_words_of(entry))
        reason = NO_RECORD if entry.all("resource") else AN_ANSWER
        records.odd.append((sheet, entry.line, "line", shown, reason))
    for element in inner:
        if element.name == "Bundle":
            _add_element(records, element, sheet, bundle)
        else:
            part = Part(
                record_of(element), element.name, sheet, element.line, "line", url, bundle, method
            )
            records.add(part)


def _attribute(element: Element, *path: str) -> str:
    found = element.first(*path)
    return found.attributes.get("value", "") if found is not None else ""


def _words_of(element: Element) -> Iterator[str]:
    yield element.name
    yield from element.attributes.values()
    if element.text:
        yield element.text
    for one_child in element.children:
        yield from _words_of(one_child)


def _shown(item: object) -> str:
    return item if type(item) is str else str(item)

"""The records of a FHIR file, where each stands, and what their references point to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from chronology.account import Identifier, Mention
from chronology.identifiers import nhs_digits
from chronology.importers.defined.base import child
from chronology.importers.defined.fhir_values import (
    Node,
    codes,
    concept,
    nodes,
    one,
    person_name,
    said,
    scalar,
)

#: Records that name whom others are about.
PERSONS = frozenset({"Patient", "RelatedPerson", "Person"})
#: In place of the number of a bundle, for a record that any other may refer to.
_ANY = -1
_NHS = ("nhs-number", "nhs_number", "nhsnumber", "2.16.840.1.113883.2.1.4.1")
#: Bundles whose records are numbered for the one message; others bear the system's own numbers.
_CARRIED = frozenset({"message", "document"})
#: How long a number is that no person reads; it is left away beside an NHS number.
_LONG = 36
_RESTRICTED = frozenset({"R", "V", "REDACTED", "RESTRICTED"})
#: Places that are somebody's home: the name of one may be an address.
_HOMES = frozenset({"PTRES", "ho", "HO", "264362003"})


@dataclass(slots=True)
class Part:
    """One record of a file and where it stands."""

    node: Node
    kind: str
    sheet: str
    row: int
    unit: str
    url: str = ""
    #: Which bundle of the file it stands in; 0 for none.
    bundle: int = 0
    #: How the sender wants it taken: "DELETE" withdraws it.
    method: str = ""

    @property
    def id(self) -> str:
        """The number it is known by to others."""
        own = said(self.node, "id") or self.url.rpartition("/")[2].rpartition(":")[2]
        return own or said(self.node, "identifier", "value")


@dataclass(slots=True)
class Records:
    """Every record of a file, with those that cannot be read, and an index of them."""

    parts: list[Part] = field(default_factory=list)
    #: What is no record: (sheet, row, unit, what stands there, why it is none).
    odd: list[tuple[str, int, str, str, str]] = field(default_factory=list)
    #: The bundles themselves, by number from 1.
    bundles: dict[int, Node] = field(default_factory=dict)
    #: Bundle and what a reference may call it by -> record; every bundle's under ``_ANY`` too.
    _at: dict[tuple[int, str], Part] = field(default_factory=dict)
    _patients: dict[int, list[Part]] = field(default_factory=dict)
    #: Bundle, reference, name shown -> whom it names, for the many records about one patient.
    about: dict[tuple[int, str, str], tuple[tuple[Mention, ...], tuple[Part, ...]]] = field(
        default_factory=dict
    )
    _mentions: dict[int, Mention] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _notes: dict[int, list[Part]] | None = None
    _sizes: Counter[int] | None = None

    def add(self, part: Part) -> None:
        """Takes a record in."""
        self.parts.append(part)
        self.index(part)

    def index(self, part: Part) -> None:
        """Lets references find a record under every name that they may call it by."""
        if part.kind == "Patient":
            self._patients.setdefault(part.bundle, []).append(part)
        own = part.node.get("id")
        at, bundle, url = self._at, part.bundle, part.url
        if url:
            at[bundle, url] = part
            if url[:9] == "urn:uuid:":
                at.setdefault((bundle, url[9:]), part)
        if type(own) is str and own:
            named = f"{part.kind}/{own}"
            at[bundle, named] = part
            at.setdefault((_ANY, named), part)
            at.setdefault((bundle, own), part)

    def find(self, reference: str, part: Part) -> Part | None:
        """The record that a reference of a record points to, if the file holds it."""
        if not reference or not self._at:
            return None
        if reference[0] == "#":
            return _contained(part, reference[1:])
        at, bundle = self._at, part.bundle
        found = at.get((bundle, reference))
        if found is not None:
            return found
        if reference[:9] == "urn:uuid:":
            return at.get((bundle, reference[9:]))
        bare = reference.partition("/_history")[0]
        ends = bare.rsplit("/", 2)
        named = "/".join(ends[-2:])
        return at.get((bundle, named)) or at.get((_ANY, named)) or at.get((bundle, ends[-1]))

    def patients(self, bundle: int) -> list[Part]:
        """The patients of one bundle."""
        return self._patients.get(bundle, [])

    def points_to(self, value: object, part: Part) -> Part | None:
        """The record that an element with a reference points to."""
        return self.find(said(value, "reference"), part)

    def is_alone(self, part: Part) -> bool:
        """Whether a record is the only one of its bundle."""
        if self._sizes is None:
            self._sizes = Counter(one_more.bundle for one_more in self.parts)
        return part.bundle > 0 and self._sizes[part.bundle] == 1

    def notes_on(self, part: Part) -> list[Part]:
        """The notes in a file on how a record came to be."""
        if self._notes is None:
            self._notes = {}
            for note in self.parts:
                for target in nodes(note.node.get("target")) if note.kind == "Provenance" else ():
                    about = self.points_to(target, note)
                    if about is not None:
                        self._notes.setdefault(id(about.node), []).append(note)
        return self._notes.get(id(part.node), [])

    def naming(self, value: object, part: Part) -> str:
        """What a reference points to, by name; no name is invented for what is not there."""
        if type(value) is not dict:
            return ""
        shown = value.get("display")
        shown = shown.strip() if type(shown) is str else scalar(shown)
        if shown:
            return shown
        there = self.points_to(value, part)
        if there is not None:
            return self.name(there)
        return said(value, "identifier", "value")

    def name(self, part: Part) -> str:
        """What a record is called."""
        key = id(part.node)
        if key not in self._names:
            self._names[key] = self._named(part)
        return self._names[key]

    def _named(self, part: Part) -> str:
        node, kind = part.node, part.kind
        if kind in PERSONS or kind == "Practitioner":
            return person_name(_best_name(node))
        if kind == "PractitionerRole":
            return self._role(part)
        for element in ("name", "title", "code", "type", "vaccineCode"):
            if element in node:
                text = concept(node[element])
                if text:
                    return text
        if "providedBy" in node:
            return self.naming(one(node["providedBy"]), part)
        return concept(node.get("medicationCodeableConcept"))

    def _role(self, part: Part) -> str:
        who = one(part.node.get("practitioner"))
        name = self.naming(who, part)
        role = ", ".join(words for _, words in codes(part.node.get("code")) if words)
        return f"{name} ({role})" if name and role else name or role

    def mention(self, part: Part) -> Mention:
        """A patient as the file names them."""
        key = id(part.node)
        known = self._mentions.get(key)
        if known is None:
            carried = said(self.bundles.get(part.bundle, {}), "type") in _CARRIED
            number = "" if carried else part.id
            known = self._mentions[key] = _mention(part, number)
        return known


def _contained(part: Part, name: str) -> Part | None:
    for node in nodes(part.node.get("contained")):
        if node.get("id") in (name, f"#{name}"):
            kind = said(node, "resourceType")
            return Part(node, kind, part.sheet, part.row, part.unit, "", part.bundle)
    return None


def _best_name(node: Node) -> object:
    """The name in use: the usual or official one before an old one."""
    names = nodes(node.get("name"))
    if len(names) < 2:
        return names or node.get("name")
    order = {"official": 0, "usual": 1, "": 2, "nickname": 4, "old": 6, "maiden": 5, "temp": 3}
    return min(names, key=lambda name: order.get(said(name, "use"), 3))


def _mention(part: Part, number: str) -> Mention:
    node = part.node
    nhs = ""
    others: dict[Identifier, None] = {}
    for identifier in nodes(node.get("identifier")):
        value = said(identifier, "value")
        system = said(identifier, "system").lower()
        if not value:
            continue
        if any(known in system for known in _NHS):
            nhs = nhs or value
        elif _is_local(identifier):
            others[Identifier("local", value)] = None
    others.pop(Identifier("local", number), None)
    if nhs and nhs_digits(number) == (nhs_digits(nhs) or nhs):
        others = {Identifier("local", number): None, **others}
        number = ""
    if nhs and part.bundle and len(number) == _LONG:
        number = ""
    name = person_name(_best_name(node))
    found = child(number, name=name, born=said(node, "birthDate"), nhs=nhs, others=others)
    return found[0] if found else Mention("The patient")


def _is_local(identifier: Node) -> bool:
    """A number of the patient in a record system; not one of a passport or licence."""
    kinds = [code for code, _ in codes(identifier.get("type"))]
    return not kinds or "MR" in kinds


def is_restricted(node: Node) -> bool:
    """Whether the sender labels a record as restricted."""
    meta = one(node.get("meta"))
    if type(meta) is not dict or "security" not in meta:
        return False
    return any(said(label, "code").upper() in _RESTRICTED for label in nodes(meta["security"]))


def is_home(part: Part) -> bool:
    """Whether a place is somebody's home."""
    kinds = codes(part.node.get("type")) + codes(part.node.get("physicalType"))
    return any(code in _HOMES for code, _ in kinds)

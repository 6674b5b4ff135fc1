"""Mentions that are nothing but a role ("mum", "MGM"), placed with the one who has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from chronology.account import Mention
from chronology.people.clusters import Cluster, is_child
from chronology.people.families import Families, Places, placed_apart
from chronology.people.sightings import Record, Sighting, is_role_only, mention_role

#: Roles that one person alone has towards a child, and the roles that may say the same.
_ONE_ONLY: dict[str, tuple[str, ...]] = {
    "mother": ("mother",),
    "father": ("father",),
    "maternal grandmother": ("maternal grandmother",),
    "maternal grandfather": ("maternal grandfather",),
    "paternal grandmother": ("paternal grandmother",),
    "paternal grandfather": ("paternal grandfather",),
    "grandmother": ("grandmother", "maternal grandmother", "paternal grandmother"),
    "grandfather": ("grandfather", "maternal grandfather", "paternal grandfather"),
}


class ByRole:
    """Places "mum" or "MGM" with the one person who has that role towards the child."""

    def __init__(self, records: Sequence[Record], named: Places, families: Families) -> None:
        self._named = named
        self._families = families
        self._towards: dict[tuple[int, str], dict[int, Cluster]] = defaultdict(dict)
        for record in placed_apart(records, named):
            self._note(record)

    def choose(self, record: Record, mention: Mention, _sighting: Sighting) -> Cluster | None:
        """The only person with the role towards those the record is about, or in the family."""
        if not is_role_only(mention):
            return None
        roles = _ONE_ONLY.get(mention_role(mention), ())
        about = _subjects(record, self._named)
        family = self._families.around(record, (), self._named)
        for persons in (about, self._families.members(family)):
            holders = {
                number: holder
                for person in persons
                for role in roles
                for number, holder in self._towards.get((person.number, role), {}).items()
                if holder not in about and not is_child(holder, record.day)
            }
            if holders:
                return next(iter(holders.values())) if len(holders) == 1 else None
        return None

    def _note(self, record: Record) -> None:
        about = _subjects(record, self._named)
        for mention, _ in record.people:
            role = mention_role(mention)
            holder = self._named[record.id].get(mention)
            if holder is None or role not in _ONE_ONLY:
                continue
            for child in about:
                if child is not holder:
                    self._towards[child.number, role][holder.number] = holder


def _subjects(record: Record, placed: Places) -> list[Cluster]:
    places = placed[record.id]
    found = (places.get(mention) for mention, _ in record.subjects)
    return [cluster for cluster in found if cluster]

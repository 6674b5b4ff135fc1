"""Who is who: the names in every record resolved to the persons of the case."""

from chronology.people.cast import Cast, Person
from chronology.people.resolve import resolve
from chronology.people.ruled import NOTHING_RULED, PersonRulings, person_rulings

__all__ = ["NOTHING_RULED", "Cast", "Person", "PersonRulings", "person_rulings", "resolve"]

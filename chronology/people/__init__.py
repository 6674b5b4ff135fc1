"""Who is who: the names in every record resolved to the persons of the case."""

from chronology.people.cast import Cast, Person
from chronology.people.resolve import resolve

__all__ = ["Cast", "Person", "resolve"]

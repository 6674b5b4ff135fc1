"""Which services a text speaks of: police, a school, health visiting and so on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from chronology.account import Agency
from chronology.vocabulary.phrases import Phrases
from chronology.vocabulary.tables import rows

#: The service of an agency that has but one; health and the rest have many.
OF_AGENCY: dict[Agency, str] = {
    Agency.SOCIAL_CARE: "social care",
    Agency.POLICE: "police",
    Agency.EDUCATION: "education",
}


def services_in(words: Sequence[str]) -> tuple[str, ...]:
    """The services that words in lower case speak of, in the order met, each once."""
    finder, service_of = _finder()
    return tuple(dict.fromkeys(service_of[found.phrase] for found in finder.longest(words)))


@cache
def _finder() -> tuple[Phrases, dict[str, str]]:
    service_of = {
        phrase.strip(): row["service"]
        for row in rows("services")
        for phrase in row["words"].split(",")
    }
    return Phrases(service_of), service_of

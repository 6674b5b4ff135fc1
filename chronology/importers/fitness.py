"""Whether the cells of a column can be what a field holds, and when they alone say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from chronology.importers.evidence import Look

Fit = Callable[[Look], float]


def fit(field: str, look: Look) -> float:
    """How well cells fit a field, 0 to 1; 0 means they cannot be that, whatever the heading.

    An empty column fits every field a little: only its heading speaks.
    """
    if not look.cells:
        return 0.3
    return max(0.0, min(1.0, FITS.get(field, _anything)(look)))


def alone(field: str, look: Look) -> float:
    """How surely cells under a heading nobody knows are a field, 0 to 1."""
    test = ALONE.get(field)
    if test is None or look.cells < 2:
        return 0.0
    return max(0.0, min(1.0, test(look)))


def _anything(look: Look) -> float:
    return 0.6 if look["date"] < 0.8 else 0.2


def _a_date(look: Look) -> float:
    if look["date"] < 0.3 or look["prose"] > 0.5:
        return 0.0
    return look["date"]


def _event_date(look: Look) -> float:
    repeated = _few_values(look) and look.cells > 12
    return _a_date(look) * (0.4 if repeated else 1.0) * (0.6 if look.older else 1.0)


def _birth_date(look: Look) -> float:
    few = _few_values(look) or look.cells < 13 or look.older
    return _a_date(look) * (1.0 if few else 0.5)


def _few_values(look: Look) -> bool:
    """A column of dates of birth holds a few, again and again."""
    return look.distinct < 0.35 and look.values <= 15


def _a_clock(look: Look) -> float:
    if look["prose"] > 0.3 or look["date"] > 0.5:
        return 0.0
    return 0.4 + 0.6 * look["clock"]


def _story(look: Look) -> float:
    if max(look["date"], look["clock"], look["number"], look["yes_no"] * 0.9, look["sex"]) > 0.6:
        return 0.0
    return 0.3 + 0.7 * min(1.0, look.length / 70)


def _words(look: Look) -> float:
    if max(look["date"], look["clock"]) > 0.6:
        return 0.0
    return 0.8


def _a_label(look: Look) -> float:
    if look["prose"] > 0.7 or look["date"] > 0.6 or look["clock"] > 0.6:
        return 0.0
    short = 1.0 - look["prose"] - max(0.0, look.length - 30) / 100
    return 0.3 + 0.7 * max(0.0, short) * (0.8 if look["role"] > 0.5 else 1.0)


def _a_title(look: Look) -> float:
    if look["date"] > 0.6 or look["clock"] > 0.6 or look["prose"] > 0.7:
        return 0.0
    return 0.8 - 0.6 * max(look["name"], look["role"])


def _worker(look: Look) -> float:
    if look.length > 90 or look["date"] > 0.5 or look["yes_no"] > 0.8:
        return 0.0
    person = max(0.7 * look["name"], look["role"])
    return 0.6 + 0.4 * person - 0.3 * look["body"] * (1 - person)


def _child(look: Look) -> float:
    if look.length > 90 or look["date"] > 0.5 or look["yes_no"] > 0.8:
        return 0.0
    return 0.45 + 0.55 * max(look["name"], look["kin"]) - 0.4 * look["kind"] - 0.35 * look["role"]


def _others(look: Look) -> float:
    if look["date"] > 0.5 or look["number"] > 0.8:
        return 0.0
    return 0.6 + 0.4 * max(look["several"], look["kin"], look["name"]) - 0.3 * look["prose"]


def _a_number(look: Look) -> float:
    if look["date"] > 0.6 or look["prose"] > 0.3:
        return 0.0
    return 0.4 + 0.6 * max(look["ident"], look["nhs"])


def _a_reference(look: Look) -> float:
    repeated = look.distinct < 0.5 and look.cells > 8
    return _a_number(look) * (0.6 if look.running else 1.0) * (0.4 if repeated else 1.0)


def _persons_number(look: Look) -> float:
    return _a_number(look) * (0.4 if look.distinct > 0.8 and look.cells > 12 else 1.0)


def _a_body(look: Look) -> float:
    if look["prose"] > 0.6 + 0.4 * look["body"] or look["date"] > 0.5 or look["number"] > 0.8:
        return 0.0
    return 0.4 + 0.6 * max(look["body"], look["sector"]) - 0.3 * look["role"]


def _a_sector(look: Look) -> float:
    if look["prose"] > 0.6 + 0.4 * look["body"] or look["date"] > 0.5:
        return 0.0
    return 0.5 + 0.5 * max(look["sector"], look["body"])


def _a_document(look: Look) -> float:
    if look["date"] > 0.6:
        return 0.0
    return 0.75 - 0.35 * max(look["body"], look["role"], look["name"])


def _somewhere(look: Look) -> float:
    if look["prose"] > 0.6 or look["date"] > 0.5 or look["clock"] > 0.5:
        return 0.0
    return 0.6 + 0.4 * look["place"]


def _an_answer(look: Look) -> float:
    if look["date"] > 0.5 or look["prose"] > 0.6:
        return 0.0
    return 0.4 + 0.6 * look["yes_no"]


def _small_number(look: Look) -> float:
    return 0.3 + 0.7 * look["number"] if look["prose"] < 0.2 and look["date"] < 0.6 else 0.0


def _a_year(look: Look) -> float:
    """Two figures, or four that by themselves read as a date."""
    return (
        look["number"] if look["number"] >= 0.6 else 0.3 * (look["prose"] < 0.2 and not look.year)
    )


def _a_count(look: Look) -> float:
    return 1.0 if look.running else 0.6 * look["number"]


def _lone_story(look: Look) -> float:
    return _story(look) if look.length >= 35 and look["prose"] >= 0.3 else 0.0


def _lone_worker(look: Look) -> float:
    return look["role"] if look["role"] >= 0.4 and look["prose"] < 0.2 else 0.0


def _lone_place(look: Look) -> float:
    return look["place"] if look["place"] >= 0.6 and look["kind"] < 0.4 else 0.0


def _lone_birth(look: Look) -> float:
    repeated = _few_values(look) or (look.older and look.distinct < 1.0)
    return 0.8 if look["date"] >= 0.9 and repeated else 0.0


def _lone_label(look: Look) -> float:
    if look["prose"] > 0.1 or max(look["date"], look["clock"], look["number"], look["ident"]) > 0.5:
        return 0.0
    if look["kind"] >= 0.5:
        return look["kind"]
    other = max(look["name"], look["place"], look["role"], look["yes_no"], look["sex"])
    return (
        0.6 if look.distinct < 0.5 and look.values > 2 and look.length > 4 and other < 0.4 else 0.0
    )


def _unsaid_sex(look: Look) -> float:
    return look["sex"] if look["sex"] > 0.8 and look.values <= 5 else 0.0


FITS: Mapping[str, Fit] = MappingProxyType(
    {
        "occurred": _event_date,
        "occurred_end": _a_date,
        "recorded": _a_date,
        "known": _a_date,
        "shared": _a_date,
        "subject_born": _birth_date,
        "occurred_time": _a_clock,
        "occurred_end_time": _a_clock,
        "recorded_time": _a_clock,
        "known_time": _a_clock,
        "occurred_day": _small_number,
        "occurred_month": lambda look: 0.8 if look["prose"] < 0.2 and look["both"] < 0.5 else 0.0,
        "occurred_year": _a_year,
        "narrative": _story,
        "title": _a_title,
        "event_type": _a_label,
        "event_subtype": _a_label,
        "response": _words,
        "outcome": _words,
        "analysis": _words,
        "child_voice": lambda look: _words(look) * (0.5 if look["yes_no"] > 0.8 else 1.0),
        "professional": _worker,
        "professional_role": _worker,
        "subject": _child,
        "subject_forename": _child,
        "subject_surname": _child,
        "subject_role": _anything,
        "people": _others,
        "subject_id": _persons_number,
        "reference": _a_reference,
        "row_number": _a_count,
        "organisation": _a_body,
        "agency": _a_sector,
        "source": _a_document,
        "location": _somewhere,
        "child_seen": _an_answer,
        "child_alone": _an_answer,
        "gender": lambda look: 0.2 + 0.8 * look["sex"],
    }
)

#: Stricter than FITS: no heading helps here.
ALONE: Mapping[str, Fit] = MappingProxyType(
    {
        "occurred": lambda look: _event_date(look) if look["date"] >= 0.7 else 0.0,
        "subject_born": _lone_birth,
        "occurred_time": lambda look: look["clock"] if look["clock"] >= 0.7 else 0.0,
        "narrative": _lone_story,
        "professional": _lone_worker,
        "subject": lambda look: look["name"] if look["name"] >= 0.7 and look.values <= 12 else 0.0,
        "people": lambda look: 0.8 if look["several"] >= 0.3 and look["kin"] >= 0.3 else 0.0,
        "subject_id": lambda look: look["nhs"] if look["nhs"] >= 0.7 else 0.0,
        "organisation": lambda look: look["body"] if look["body"] >= 0.6 else 0.0,
        "agency": lambda look: look["sector"] + 0.1 if look["sector"] >= 0.6 else 0.0,
        "location": _lone_place,
        "event_type": _lone_label,
        "gender": _unsaid_sex,
        "row_number": lambda look: 0.9 if look.running else 0.0,
    }
)

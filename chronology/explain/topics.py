"""Which sentences are said of which matter: the tables."""

from __future__ import annotations

from chronology.explain.dates import (
    far_clock,
    lie_apart,
    one_day,
    only_near,
    over_midnight,
    vague,
)
from chronology.explain.headings import (
    called_off,
    from_letter,
    one_kind,
    one_missed,
    other_heading,
    same_heading,
    two_kinds,
)
from chronology.explain.persons import lists_worker, names_persons, other_subject, same_subject
from chronology.explain.sentence import Sentence, Topic, nothing
from chronology.explain.tellers import (
    copied,
    crowded,
    no_rival,
    one_service,
    rival,
    same_teller,
    speaks_of_service,
    third_agrees,
    third_differs,
    told_apart,
)
from chronology.explain.words import (
    names_organisation,
    no_words,
    other_place,
    same_place,
    shared_words,
)
from chronology.judging import MEASURES

DAY = Topic(one_day, lie_apart)
CLOCK = Topic(over_midnight, far_clock)
VAGUE = Topic(nothing, vague)
KIND = Topic(one_kind, two_kinds)
HEADING = Topic(same_heading, other_heading)
WORDS = Topic(shared_words, no_words)
SERVICE = Topic(speaks_of_service, nothing)
ONE_SERVICE = Topic(nothing, one_service)
#: The matter each rule of compare.RULES is about.
SENTENCES: dict[str, Topic] = {
    **dict.fromkeys(("same_day", "next_day", "days_later", "days_off", "year_off"), DAY),
    **dict.fromkeys(("same_clock", "far_clock"), CLOCK),
    "vague_date": VAGUE,
    **dict.fromkeys(("fits_kind", "both_meet", "both_changed", "both_happened"), KIND),
    **dict.fromkeys(("both_told", "both_seen", "both_at_school", "told_within"), KIND),
    **dict.fromkeys(("named_acts", "other_act"), HEADING),
    **dict.fromkeys(("same_words", "rare_words"), WORDS),
    **dict.fromkeys(("names_service", "opens_with_service", "two_sides", "joint_visit"), SERVICE),
    **dict.fromkeys(("same_service", "same_agency"), ONE_SERVICE),
    "told_apart": Topic(nothing, told_apart),
    "shares_names": Topic(names_persons, nothing),
    "same_place": Topic(same_place, nothing),
    "other_place": Topic(nothing, other_place),
    "one_missed": Topic(nothing, one_missed),
    "one_called_off": Topic(nothing, called_off),
    "same_organisation": Topic(nothing, same_teller),
    "other_subject": Topic(nothing, other_subject),
    "copied": Topic(copied, nothing),
    "crowded": Topic(nothing, crowded),
    "from_letter": Topic(from_letter, nothing),
    "names_organisation": Topic(names_organisation, nothing),
    "lists_worker": Topic(lists_worker, nothing),
}
#: The same for the second look, of what a pair's rivals and allies say.
STANDING_SENTENCES: dict[str, Topic] = {
    "margin": Topic(no_rival, rival),
    "support": Topic(third_agrees, nothing),
    "dissent": Topic(nothing, third_differs),
    "crowd": Topic(nothing, nothing),
}
#: The same for the plain measures of the last look.
MEASURE_SENTENCES: dict[str, Topic] = {
    name: KIND for name in MEASURES if name not in ("shorter", "longer")
} | {"days_between": DAY, "minutes_between": CLOCK}
TOPIC_OF = SENTENCES | STANDING_SENTENCES | MEASURE_SENTENCES
STANDING = frozenset(s for topic in STANDING_SENTENCES.values() for s in topic) - {nothing}
#: What a reader is always shown of a pair, however little it weighed.
SHOWN_FOR: tuple[Sentence, ...] = (one_day, shared_words, same_place)
SHOWN_AGAINST: tuple[Sentence, ...] = (lie_apart, vague)
#: What is said where a side would be silent: the first of these that holds.
STANDBY_FOR: tuple[Sentence, ...] = (
    one_kind,
    names_persons,
    speaks_of_service,
    same_subject,
    only_near,
)
STANDBY_AGAINST: tuple[Sentence, ...] = (
    same_teller,
    far_clock,
    two_kinds,
    other_place,
    no_words,
    vague,
)
#: A sentence that says no more than another, where both are said.
SAID_BY: dict[Sentence, Sentence] = {other_heading: two_kinds, one_service: told_apart}

"""The levels of the children's social care API payload: their numbers, dates and codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chronology.importers.defined import ssd_kinds as kinds
from chronology.importers.defined.base import NO_DATE

WHO = "It says who the child is, not something that happened."


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """A key with a date: the fact it tells of, as in the dataset's tables, and what goes with it.

    ``details`` are (label, key, code list); the list "factors" is a list of codes.
    """

    key: str
    fact: str
    details: tuple[tuple[str, str, str], ...] = ()
    by: tuple[str, Callable[[str], str]] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One kind of object: the key of its own number, its dates, and the levels inside it."""

    key: str
    number: str = ""
    dated: tuple[Dated, ...] = ()
    inside: tuple[Level, ...] = ()
    withheld: tuple[str, ...] = ()
    worker: str = ""
    #: Keys under which earlier versions have it.
    also: tuple[str, ...] = ()
    #: Why an object without a date is left out.
    undated: str = NO_DATE
    #: Objects of a level without a number are told under the one above.
    shares_reference: bool = False


_ICPC = (("Conference required", "icpc_required_flag", "yes_no"),)
_ASSESSED = (("Factors", "factors", "factors"), ("Factors", "assessment_factors", "factors"))
_PLACED = (
    ("Reason", "start_reason", "start_reason"),
    ("Placement type", "placement_type", "placement"),
)

EPISODE = Level(
    "social_care_episodes",
    "social_care_episode_id",
    (
        Dated(
            "referral_date",
            "referral",
            (
                ("Source", "referral_source", "referral_source"),
                ("No further action", "referral_no_further_action_flag", "yes_no"),
            ),
        ),
        Dated(
            "closure_date",
            "cin-closure",
            (("Reason for closure", "closure_reason", "closure_reason"),),
        ),
    ),
    (
        Level(
            "care_worker_details",
            "worker_id",
            (Dated("start_date", "worker-start"), Dated("end_date", "worker-end")),
            worker="worker_id",
            also=("worker_details", "care_workers"),
        ),
        Level(
            "child_and_family_assessments",
            "child_and_family_assessment_id",
            (
                Dated("start_date", "assessment-start"),
                Dated("authorisation_date", "assessment-authorised", _ASSESSED),
            ),
        ),
        Level(
            "child_in_need_plans",
            "child_in_need_plan_id",
            (Dated("start_date", "cin-plan-start"), Dated("end_date", "cin-plan-end")),
        ),
        Level(
            "section_47_assessments",
            "section_47_assessment_id",
            (
                Dated("start_date", "s47-start", _ICPC),
                Dated("icpc_date", "icpc", _ICPC),
                Dated("end_date", "s47-end", _ICPC),
            ),
        ),
        Level(
            "child_protection_plans",
            "child_protection_plan_id",
            (Dated("start_date", "cp-plan-start"), Dated("end_date", "cp-plan-end")),
        ),
        Level(
            "child_looked_after_placements",
            "child_looked_after_placement_id",
            (
                Dated("start_date", "", _PLACED, by=("start_reason", kinds.placement_start)),
                Dated(
                    "end_date",
                    "",
                    (
                        ("Reason for the end", "end_reason", "ceased_reason"),
                        ("Reason for the change", "change_reason", "change_reason"),
                        ("Placement type", "placement_type", "placement"),
                    ),
                    by=("end_reason", kinds.placement_end),
                    also=("ceased",),
                ),
                # earlier extracts give the episode's dates and beside them the placement's
                Dated("placement_start_date", "placement-start", _PLACED[1:]),
                Dated("placement_end_date", "placement-end", _PLACED[1:]),
            ),
            withheld=("postcode",),
            also=("child_looked_after_episodes",),
        ),
        Level(
            "adoption",
            "",
            (
                Dated("initial_decision_date", "adoption-decision"),
                Dated("matched_date", "adoption-match"),
                Dated("placed_date", "adoption-placed"),
            ),
            also=("adoptions",),
        ),
        Level(
            "care_leavers",
            "",
            (
                Dated(
                    "contact_date",
                    "care-leaver-contact",
                    (
                        ("Activity", "activity", "activity"),
                        ("Accommodation", "accommodation", "accommodation"),
                    ),
                ),
            ),
            also=("care_leaver",),
        ),
    ),
)

CHILD = Level(
    "children",
    "",
    (),
    (
        Level(
            "child_details",
            "",
            (Dated("uasc_end_date", "uasc-end"),),
            withheld=("postcode",),
            undated=WHO,
        ),
        Level(
            "health_and_wellbeing",
            "",
            (),
            (
                Level(
                    "sdq_assessments",
                    "",
                    (Dated("date", "sdq", (("Score", "score", ""),), also=("sdq_date",)),),
                    shares_reference=True,
                ),
            ),
        ),
        Level(
            "education_health_care_plans",
            "education_health_care_plan_id",
            (
                Dated("request_received_date", "ehcp-request"),
                Dated(
                    "request_outcome_date",
                    "Request for an education health and care plan decided|ASSESS.EHCP",
                ),
                Dated("assessment_outcome_date", "ehcp-assessment"),
                Dated("plan_start_date", "ehcp-plan"),
            ),
        ),
        EPISODE,
    ),
)

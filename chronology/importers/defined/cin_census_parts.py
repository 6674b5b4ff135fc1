"""The elements of the CIN census that hold dates, in all its years, and what is told with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dated:
    """An element that holds a date: its fact, and the elements beside it that are told with it."""

    fact: str
    #: (label, element in small letters, code list); the list "" shows the text as it stands.
    details: tuple[tuple[str, str, str], ...] = ()
    #: The label, of ``details``, under which it says what came of it.
    outcome: str = ""


_DUE = ("Initial conference was due by", "initialcpctarget", "")
_LATEST = ("Latest category of abuse", "latestcategoryofabuse", "abuse")
#: Element in small letters -> what it tells.
DATES: Mapping[str, Dated] = {
    "persondeathdate": Dated("death"),
    "cinreferraldate": Dated(
        "referral",
        (
            ("Source of the referral", "referralsource", "referral-source"),
            ("Primary need", "primaryneedcode", "need"),
            ("No further action", "referralnfa", "boolean"),
        ),
    ),
    "cinclosuredate": Dated(
        "cin-closure",
        (("Reason for closure", "reasonforclosure", "closure"),),
        "Reason for closure",
    ),
    "dateofinitialcpc": Dated("icpc", (_DUE,)),
    "assessmentactualstartdate": Dated("assessment-start"),
    "assessmentinternalreviewdate": Dated("assessment-review"),
    "assessmentauthorisationdate": Dated("assessment-authorised"),
    "s47actualstartdate": Dated(
        "s47-start",
        (("Initial conference not required", "icpcnotrequired", "boolean"), _DUE),
    ),
    "cinplanstartdate": Dated("cin-plan-start"),
    "cinplanenddate": Dated("cin-plan-end"),
    "cppstartdate": Dated(
        "cp-plan-start",
        (
            ("Category of abuse", "initialcategoryofabuse", "abuse"),
            ("Child protection plans before", "numberofpreviouscpp", ""),
        ),
    ),
    "cppenddate": Dated("cp-plan-end", (_LATEST,)),
    "cppreviewdate": Dated("cp-review"),
    "ppstartdate": Dated("pre-proceedings"),
    "lbpsentdate": Dated(
        "pre-proceedings-letter",
        (("Family group decision-making meeting offered", "fgdmmeetingoffer", "boolean"),),
    ),
    "initialppmeetingdate": Dated("pre-proceedings-meeting"),
    "stepdecisiondate": Dated(
        "pre-proceedings-decision",
        (
            ("Outcome", "ppoutcome", "pre-proceedings-outcome"),
            ("Family group decision-making meeting held", "fgdmmeetingfac", "boolean"),
            ("Review meetings held", "reviewmeetingscount", ""),
        ),
        "Outcome",
    ),
    "courtappdate": Dated("court-application"),
    "letterinitcpdate": Dated("care-proceedings-letter"),
}
#: Visits stand in no published census; some systems add them, each under a name of its own.
VISITS: Mapping[str, Dated] = {"childprotectionplans": Dated("cp-visit"), "": Dated("cin-visit")}
A_VISIT = "the element '{}' is no part of the census as published"
#: Dates by which something is due: told with their record, never as events.
DEADLINES = frozenset({"initialcpctarget", "initialcpctargetdate"})
#: Elements that hold no event of their own.
KNOWN = frozenset(
    "lachildid upn formerupn upnunknown personbirthdate expectedpersonbirthdate gendercurrent sex"
    " gender ethnicity disability referralsource primaryneedcode reasonforclosure referralnfa"
    " assessmentfactors icpcnotrequired initialcategoryofabuse latestcategoryofabuse"
    " numberofpreviouscpp fgdmmeetingoffer fgdmmeetingfac reviewmeetingscount ppoutcome"
    " personschoolyear".split()
)
#: Elements that hold others and are no record of their own.
WITHIN = frozenset({"reviews", "factorsidentifiedatassessment", "disabilities"})
#: Elements that are records.
BLOCKS = frozenset(
    "childidentifiers childcharacteristics cindetails assessments cinplandates section47"
    " childprotectionplans preproceedingsandfgdm preproceedings preproceedingsandfgm".split()
)
FACTORS = "assessmentfactors"
#: Where the factors are told: they are found at the end of an assessment, if it has one.
TELLS_FACTORS = ("assessmentauthorisationdate", "assessmentactualstartdate")
#: What the census gives without saying whether it was planned or took place.
UNCLEAR = {"assessmentinternalreviewdate": "the return does not say whether it was planned or held"}

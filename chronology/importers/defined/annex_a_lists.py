"""The eleven lists of Ofsted's Annex A: their headings in all years, and what each column tells.

Headings are as Ofsted's template words them; the pattern beside each is sought in the plain heading
(small letters, no marks) of a file, since authorities edit headings. The first that fits is taken.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the date of a fact, a detail of facts, or how things stood when the list was made.

    ``of`` are the facts it tells more about, each by the heading of its date.
    """

    heading: str
    pattern: str
    fact: str = ""
    of: tuple[str, ...] = ()
    #: The list of codes its cells are taken from.
    codes: str = ""
    is_outcome: bool = False
    #: How things stood when the list was made, told beside the record and not as part of it.
    is_state: bool = False
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of Annex A; ``own`` are the columns it has besides those of every list."""

    number: int
    title: str
    own: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, its own first: they are the more telling."""
        return (*self.own, *COMMON)


def _on(heading: str, pattern: str, fact: str) -> Column:
    return Column(heading, pattern, fact)


def _more(heading: str, pattern: str, *of: str, codes: str = "") -> Column:
    return Column(heading, pattern, of=of, codes=codes)


def _result(heading: str, pattern: str, of: str, codes: str) -> Column:
    return Column(heading, pattern, of=(of,), codes=codes, is_outcome=True)


def _state(heading: str, pattern: str, codes: str = "", of: str = "") -> Column:
    return Column(heading, pattern, of=(of,) if of else (), codes=codes, is_state=True)


def _hidden(heading: str, pattern: str) -> Column:
    return Column(heading, pattern, is_withheld=True)


CHILD = "Child Unique ID"
ADOPTER = "Individual adopter identifier"
BORN = "Date of Birth"
AGE = "Age of Child (Years)"
GENDER = "Gender"
ETHNICITY = "Ethnicity"
DISABILITY = "Does the Child have a Disability"
NHS = "NHS Number"
UPN = "UPN"
NAME = "Name of Child"
FORENAME = "Forename"
SURNAME = "Surname"
SEEN_ALONE = "Was the Child Seen Alone?"
SEEN = "Child Seen During Continuous Assessment"

_WHOSE = "child|person|client|unique|mosaic|lcs|liquidlogic|ics|young person"
COMMON: tuple[Column, ...] = (
    Column(CHILD, rf"^(?!number of)(?=.*\b({_WHOSE})\b).*\b(id|identifier|ref|reference)\b|^id$"),
    Column(GENDER, r"^(gender|sex)\b"),
    Column(ETHNICITY, r"^ethnic"),
    Column(
        BORN, r"date of birth|birth date|^(expected )?d ?o ?b\b|expected date of delivery|^edd$"
    ),
    Column(AGE, r"^age\b"),
    Column(DISABILITY, r"disabilit|disabled"),
    Column(NHS, r"^nhs\b"),
    Column(UPN, r"^upn\b|unique pupil"),
    Column(FORENAME, r"^(first|given) ?names?$|^forenames?$"),
    Column(SURNAME, r"^(last|family) ?name$|^surname$"),
    Column(NAME, r"^(child s |childs |child |full )?name( of child)?$"),
    _state("Allocated Team", r"allocated team|^team( name)?$"),
    _state("Allocated Worker", r"allocated (social |key )?worker|^(social )?worker( name)?$"),
)

_CONTACT = "Date of Contact"
_HELP = ("Assessment start date", "Assessment completion date")
_REFERRAL = "Date of referral"
AUTHORISED = "Continuous Assessment Date of Authorisation"
_S47 = "Strategy discussion initiating Section 47 Enquiry Start Date"
_ICPC = "Date of Initial Child Protection Conference"
_CIN, LAST_SEEN, _CLOSED = "CIN Start Date", "Date Child Was Last Seen", "CIN Closure Date"
_PLAN, _PLAN_END = "Child Protection Plan Start Date", "Child Protection Plan End Date"
VISIT = "Date of the Last Statutory Visit"
_CARE, _LEFT_CARE = "Date Started to be Looked After", "Date Ceased to be Looked After"
_CARE_REVIEW = "Date of Latest Statutory Review"
_STATUS = "Start date of current legal status"
_PLACED = "Start Date of Most Recent Placement"
_NOT_ADOPTION = "Date of Decision that Child Should No Longer be Placed for Adoption"
_LEAVING = "Date of leaving adoption process"
_ADOPTER_PLACED = "Date child/children placed with adopter(s)"

LISTS: tuple[Listing, ...] = (
    Listing(
        1,
        "Contacts",
        (
            _on(_CONTACT, r"date.*contact|contact.*date", "contact"),
            _more("Contact Source", r"contact.*source|source.*contact", _CONTACT, codes="source"),
        ),
    ),
    Listing(
        2,
        "Early help",
        (
            _more("Organisation completing assessment", r"organi[sz]ation|agency", *_HELP),
            _on(_HELP[0], r"assessment.*start|start.*assessment", "early-help-start"),
            _on(_HELP[1], r"assessment.*(complet|end)|(complet|end).*assess", "early-help-end"),
        ),
    ),
    Listing(
        3,
        "Referrals",
        (
            _on(_REFERRAL, r"date.*referral|referral.*date", "referral"),
            _more(
                "Referral Source", r"referral.*source|source.*referral", _REFERRAL, codes="source"
            ),
            _result("Referral NFA?", r"\bnfa\b|no further action", _REFERRAL, "yes_no"),
            _state("Number of Referrals in Last 12 Months", r"(number|no|count) of.*referrals"),
        ),
    ),
    Listing(
        4,
        "Assessments",
        (
            _on(
                "Continuous Assessment Start Date",
                r"assessment.*start|start.*assessment",
                "assessment-start",
            ),
            _on(AUTHORISED, r"authori[sz]", "assessment-authorised"),
            _more(SEEN, r"child.*seen|seen.*assessment", AUTHORISED, codes="yes_no"),
            _result(
                "Was the child assessed as requiring LA children's social care support?",
                r"requiring.*support|assessed as requiring|social care support",
                AUTHORISED,
                "yes_no",
            ),
        ),
    ),
    Listing(
        5,
        "Section 47 enquiries and initial child protection conferences",
        (
            _result(
                "Was an Initial Child Protection Conference deemed unnecessary?",
                r"unnecessary|not (required|necessary|needed)",
                _S47,
                "yes_no",
            ),
            _result(
                "Did the Initial Child Protection Conference Result in a Child Protection Plan",
                r"result(ed)? in a? ?(child protection|cp)|(conference|icpc).*(result|outcome)",
                _ICPC,
                "yes_no",
            ),
            _state(
                "Number of Section 47 Enquiries in the last 12 months",
                r"(number|no|count) of (section 47|s ?47)",
                of=_S47,
            ),
            _state(
                "Number of ICPCs in the last 12 months",
                r"(number|no|count) of (icpc|initial child)",
                of=_ICPC,
            ),
            _on(
                _S47,
                r"strategy|(section 47|s ?47).*(start|date)|date.*(section 47|s ?47)",
                "s47-start",
            ),
            _on(_ICPC, r"date.*(initial child prot|icpc)|(icpc|conference).*date", "icpc"),
        ),
    ),
    Listing(
        6,
        "Children in need",
        (
            _on(_CIN, r"(cin|in need).*start|start.*(cin|in need)", "cin-start"),
            _more("Primary Need Code", r"primary need|need code", _CIN, codes="need"),
            _on(LAST_SEEN, r"last seen", "cin-visit"),
            _result("Reason for Closure", r"reason.*clos|clos.*reason", _CLOSED, "closure"),
            _on(_CLOSED, r"closure date|date.*clos|clos.*date|(cin|in need).*end", "cin-closure"),
            _state("Case Status", r"case status", "status"),
        ),
    ),
    Listing(
        7,
        "Child protection plans",
        (
            _state(
                "Number of Previous Child Protection Plans",
                r"previous.*(plan|protection)",
                of=_PLAN,
            ),
            _on(_PLAN, r"plan.*start|start.*plan", "cp-plan-start"),
            _more("Initial Category of Abuse", r"initial.*category", _PLAN, codes="abuse"),
            _state("Latest Category of Abuse", r"(latest|current).*category", "abuse"),
            _more(SEEN_ALONE, r"seen alone", VISIT, codes="yes_no"),
            _on(VISIT, r"(last|latest|statutory).*visit|visit.*date", "cp-visit"),
            _on(
                "Date of latest review conference",
                r"review conference|(last|latest) review|review.*date",
                "cp-review",
            ),
            _on(_PLAN_END, r"plan.*(end|ceas)|(end|ceas).*plan", "cp-plan-end"),
            _state(
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last"
                " Six Months (Y/N)",
                r"emergency protection|police powers|police protection",
                "yes_no",
            ),
        ),
    ),
    Listing(
        8,
        "Children in care",
        (
            _state(
                "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
                r"uasc|unaccompanied",
                "yes_no",
                of=_CARE,
            ),
            _on(_CARE, r"started to be looked|(lac|cla|care|looked after) start", "cla-start"),
            _more("Child's Category of Need", r"category of need", _CARE, codes="need"),
            _state(
                "Is this a second or subsequent period of being a Looked After Child within the"
                " last 12 months (Y/N)",
                r"second or subsequent",
                "yes_no",
                of=_CARE,
            ),
            _on(_STATUS, r"start.*legal status|legal status.*(start|date)", "legal-status-start"),
            _more("Child's Legal Status", r"legal status", _STATUS, codes="legal"),
            _on("Date of Last IRO Visit / Contact to the Child", r"\biro\b", "iro-visit"),
            _on(
                _CARE_REVIEW,
                r"statutory review|(last|latest).*review|review.*date",
                "cla-review",
            ),
            _on(
                "Date of Last Social Work Visit",
                r"social work(er)?( s)? visit|(last|latest).*visit|visit.*date",
                "cla-visit",
            ),
            _state(
                "What is the permanence plan for this child?",
                r"permanence",
                "permanence",
                of=_CARE_REVIEW,
            ),
            _on("Date of Last Health Assessment", r"health assess", "cla-health"),
            _on("Date of Last Dental Check", r"dental|dentist", "cla-dental"),
            _state(
                "Number of Placements in the Last 12 months",
                r"(number|no|count) of placem",
                of=_PLACED,
            ),
            _result(
                "Reason Ceased to be Looked After",
                r"reason.*ceased|ceas.*reason",
                _LEFT_CARE,
                "ceased",
            ),
            _on(_LEFT_CARE, r"date.*ceased|ceased.*looked after|(lac|cla|care) end", "cla-end"),
            _on(_PLACED, r"start.*placement|placement.*start", "placement-start"),
            _more("Placement Type", r"placement type|type of plac", _PLACED, codes="placement"),
            _more("Placement Provider", r"provider", _PLACED, codes="provider"),
            _hidden("Placement postcode", r"post ?code"),
            _hidden("URN of Placement", r"\burn\b"),
            _more(
                "LA of Placement",
                r"\bla of placement|local authority of placement|placement la\b",
                _PLACED,
                codes="la",
            ),
            _hidden("Placement Location", r"placement (location|address)|location of placement"),
            _state(
                "Was the child offered a Return Interview after their last missing episode (Y/N)?",
                r"offered.*return|return.*offered",
                "yes_no",
                of=_PLACED,
            ),
            _state(
                "Did the child accept a Return Interview after their last missing episode (Y/N)?",
                r"accept.*return|return.*accept",
                "yes_no",
                of=_PLACED,
            ),
            _state(
                "Number of Episodes the Child has been 'Missing' from their Placement in the last"
                " 12 months",
                r"missing",
                of=_PLACED,
            ),
            _state(
                "Number of Episodes the Child has been 'Absent' from their Placement in the last"
                " 12 months",
                r"absent",
                of=_PLACED,
            ),
        ),
    ),
    Listing(
        9,
        "Care leavers",
        (
            _state(
                "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
                r"uasc|unaccompanied",
                "yes_no",
            ),
            _state("Allocated Personal Advisor", r"personal advis"),
            _state("Eligibility Category", r"eligib", "eligibility"),
            _on("Latest Pathway Plan Review Date", r"pathway", "pathway-review"),
            _state("LA In Touch", r"in touch", "touch"),
            _on(
                "Latest Date of Contact",
                r"(last|latest).*contact|contact.*date|date.*contact",
                "care-leaver-contact",
            ),
            _state("Suitability of Accommodation", r"suitab"),
            _state("Type of Accommodation", r"accommodation|accomodation", "accommodation"),
            _state("Activity Status", r"activity", "activity"),
        ),
    ),
    Listing(
        10,
        "Adoption",
        (
            _hidden("Family identifier", r"family (id|ref)"),
            _on("Date the Child Entered Care", r"entered care", "cla-start"),
            _result(
                "Reason Why Child No Longer Placed for Adoption",
                r"reason.*no longer",
                _NOT_ADOPTION,
                "reversal",
            ),
            _on(
                _NOT_ADOPTION,
                r"no longer be placed|decision.*revers",
                "adoption-decision-reversed",
            ),
            _on(
                "Date of Decision that Child Should be Placed for Adoption",
                r"decision.*should be placed|decision.*adoption",
                "adoption-decision",
            ),
            _on("Date of Placement Order", r"placement order", "placement-order"),
            _on("Date of Matching Child and Prospective Adopters", r"match", "adoption-match"),
            _on(
                "Date the child was placed for fostering in FFA or concurrent planning placement",
                r"\bffa\b|concurrent|fostering for adoption",
                "placement-start",
            ),
            _on("Date Placed for Adoption", r"placed for adoption", "adoption-placed"),
            _on("Date of Adoption Order", r"adoption order", "adoption-order"),
        ),
    ),
    Listing(
        11,
        "Adopters",
        (
            Column(ADOPTER, r"adopter.*\b(id|identifier|ref|reference)\b"),
            _hidden("Family identifier", r"family (id|ref)"),
            _hidden("Disability", r"disabilit"),
            _state(
                "Is the (prospective) adopter fostering for adoption?",
                r"fostering for adoption|\bffa\b",
                "yes_no",
            ),
            _on("Date enquiry received", r"enquiry", "adopter-enquiry"),
            _on("Date Stage 1 started", r"stage (1|one).*start", "adopter-stage-1-start"),
            _on("Date Stage 1 ended", r"stage (1|one).*(end|complet)", "adopter-stage-1-end"),
            _on("Date Stage 2 started", r"stage (2|two).*start", "adopter-stage-2-start"),
            _on("Date Stage 2 ended", r"stage (2|two).*(end|complet)", "adopter-stage-2-end"),
            _on("Date application submitted", r"submitted", "adopter-application"),
            _on("Date application approved", r"approv", "adopter-approved"),
            _on("Date adopter matched with child(ren)", r"match", "adopter-matched"),
            _more("No. of children placed", r"(number|no) of.*placed", _ADOPTER_PLACED),
            _on(_ADOPTER_PLACED, r"placed with", "adopter-child-placed"),
            _on("Date of Adoption Order", r"adoption order", "adopter-order"),
            Column(
                "Reason for leaving adoption process",
                r"reason.*leaving",
                of=(_LEAVING,),
                is_outcome=True,
            ),
            _on(_LEAVING, r"leaving adoption|date.*left", "adopter-left"),
        ),
    ),
)

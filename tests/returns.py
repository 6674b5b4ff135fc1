"""What one authority sends of three invented children in four statutory returns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl

ANN, BEN, CAT = "100234", "100235", "100236"
BORN = {ANN: "2014-05-06", BEN: "2012-11-30", CAT: "2019-02-17"}
#: What happened: (child, fact, day). The returns below are written from it.
TRUE: tuple[tuple[str, str, str], ...] = (
    (ANN, "contact", "2023-01-09"),
    (ANN, "referral", "2023-01-10"),
    (ANN, "assessment-start", "2023-01-12"),
    (ANN, "assessment-authorised", "2023-02-20"),
    (ANN, "s47-start", "2023-01-16"),
    (ANN, "icpc", "2023-02-02"),
    (ANN, "cp-plan-start", "2023-02-02"),
    (ANN, "cp-visit", "2023-02-10"),
    (ANN, "cp-visit", "2023-02-24"),
    (ANN, "cp-visit", "2023-03-03"),
    (ANN, "cp-visit", "2023-03-17"),
    (ANN, "cp-review", "2023-05-01"),
    (ANN, "cp-plan-end", "2023-10-30"),
    (BEN, "referral", "2023-05-30"),
    (BEN, "cla-start", "2023-06-05"),
    (BEN, "placement-start", "2023-06-05"),
    (BEN, "legal-status-start", "2023-06-05"),
    (BEN, "cla-visit", "2023-06-09"),
    (BEN, "cla-review", "2023-07-01"),
    (BEN, "cla-visit", "2023-08-09"),
    (BEN, "placement-start", "2023-09-11"),
    (BEN, "missing-start", "2023-10-02"),
    (BEN, "legal-status-start", "2023-11-20"),
    (BEN, "cla-end", "2024-03-15"),
    (CAT, "referral", "2023-03-01"),
    (CAT, "assessment-start", "2023-03-02"),
    (CAT, "cin-plan-start", "2023-04-03"),
    (CAT, "cin-visit", "2023-04-14"),
    (CAT, "cin-visit", "2023-05-12"),
    (CAT, "cin-plan-end", "2023-09-29"),
    (CAT, "cin-closure", "2023-09-29"),
)


def write_returns(folder: Path) -> None:
    """Two months' Annex A, two years' CIN census, an SSDA903 set and an SSD dump of the three."""
    _annex_a(folder / "Annex A February.xlsx", last="2023-02-24")
    _annex_a(folder / "Annex A March.xlsx", last="2023-03-17")
    _census(folder / "cin 2023.xml", "2023", until="2023-03-31")
    _census(folder / "cin 2024.xml", "2024", until="2024-03-31")
    _ssda903(folder)
    _ssd(folder)


def _days(child: str, fact: str, until: str = "9999") -> list[str]:
    return [day for who, told, day in TRUE if (who, told) == (child, fact) and day <= until]


def _one(child: str, fact: str, until: str = "9999") -> str:
    return (_days(child, fact, until) or [""])[0]


def _british(day: str) -> str:
    return "/".join(reversed(day.split("-"))) if day else ""


def _annex_a(path: Path, last: str) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    start = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
    team = ["Allocated Team", "Allocated Worker"]

    def who(child: str) -> list[str]:
        return [child, "b) Female", "WBRI", _british(BORN[child]), "9"]

    def add(
        number: int, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        sheet = book.create_sheet(f"List_{number}")
        sheet.append([title])
        sheet.append([*start, *headings, *team])
        for child, *cells in rows:
            sheet.append([*who(child), *cells, "Team North", "A Worker"])

    def shown(child: str, fact: str) -> str:
        return _british((_days(child, fact, last) or [""])[-1])

    add(
        1,
        "List 1: Contacts",
        ["Date of Contact", "Contact Source"],
        [(ANN, _british(_one(ANN, "contact")), "6 Police")],
    )
    add(
        3,
        "List 3: Referrals",
        ["Date of referral", "Referral Source", "Referral NFA?"],
        [(ANN, _british(_one(ANN, "referral")), "6 Police", "No")],
    )
    add(
        4,
        "List 4: Assessments",
        [
            "Continuous Assessment Start Date",
            "Child Seen During Continuous Assessment",
            "Continuous Assessment Date of Authorisation",
        ],
        [(ANN, shown(ANN, "assessment-start"), "Yes", shown(ANN, "assessment-authorised"))],
    )
    add(
        5,
        "List 5: Section 47",
        [
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Date of Initial Child Protection Conference",
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        ],
        [(ANN, shown(ANN, "s47-start"), shown(ANN, "icpc"), "Yes")],
    )
    add(
        7,
        "List 7: Child protection plans",
        [
            "Child Protection Plan Start Date",
            "Initial Category of Abuse",
            "Date of the Last Statutory Visit",
            "Was the Child Seen Alone?",
            "Date of latest review conference",
            "Child Protection Plan End Date",
        ],
        [(ANN, shown(ANN, "cp-plan-start"), "a) Neglect", shown(ANN, "cp-visit"), "Yes", "", "")],
    )
    book.save(path)


def _census(path: Path, year: str, until: str) -> None:
    def tag(name: str, text: str) -> str:
        return f"<{name}>{text}</{name}>" if text else ""

    def details(child: str) -> str:
        plan = tag("CPPstartDate", _one(child, "cp-plan-start", until)) + tag(
            "CPPendDate", _one(child, "cp-plan-end", until)
        )
        reviews = "".join(tag("CPPreviewDate", day) for day in _days(child, "cp-review", until))
        return "".join(
            (
                tag("CINreferralDate", _one(child, "referral", until)),
                tag("ReferralSource", "6"),
                tag("PrimaryNeedCode", "N1"),
                tag("CINclosureDate", _one(child, "cin-closure", until)),
                tag(
                    "Assessments",
                    tag("AssessmentActualStartDate", _one(child, "assessment-start", until))
                    + tag(
                        "AssessmentAuthorisationDate", _one(child, "assessment-authorised", until)
                    ),
                ),
                tag(
                    "CINPlanDates",
                    tag("CINPlanStartDate", _one(child, "cin-plan-start", until))
                    + tag("CINPlanEndDate", _one(child, "cin-plan-end", until)),
                ),
                tag(
                    "Section47",
                    tag("S47ActualStartDate", _one(child, "s47-start", until))
                    + tag("DateOfInitialCPC", _one(child, "icpc", until)),
                ),
                tag("DateOfInitialCPC", _one(child, "icpc", until)),
                tag("ChildProtectionPlans", plan + tag("Reviews", reviews)) if plan else "",
            )
        )

    children = "".join(
        f"<Child><ChildIdentifiers><LAchildID>{child}</LAchildID>"
        f"<PersonBirthDate>{born}</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>"
        f"<CINdetails>{details(child)}</CINdetails></Child>"
        for child, born in BORN.items()
        if _one(child, "referral", until)
    )
    path.write_text(
        f"<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{until}</ReferenceDate></CollectionDetails></Header>"
        f"<Children>{children}</Children></Message>",
        encoding="utf-8",
    )


def _table(path: Path, headings: str, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings.split(","))
        writer.writerows(rows)


def _ssda903(folder: Path) -> None:
    placed, moved = _days(BEN, "placement-start")
    _, order = _days(BEN, "legal-status-start")
    end, born = _one(BEN, "cla-end"), _british(BORN[BEN])
    head = (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
        "HOME_POST,PL_POST,URN"
    )
    rows = [
        (placed, "S", "V2", "U6", moved, "X1", "CARPL"),
        (moved, "P", "V2", "K2", order, "X1", ""),
        (order, "L", "C1", "K2", end, "E4A", ""),
    ]
    _table(
        folder / "episodes.csv",
        head,
        [
            (
                *(BEN, _british(start), why, status, "N1", place, "PR4", _british(stop), ended),
                *(reason, "ZZ99 3AA", "ZZ99 3AB", "XXXXXX"),
            )
            for start, why, status, place, stop, ended, reason in rows
        ],
    )
    _table(
        folder / "reviews.csv",
        "CHILD,DOB,REVIEW,REVIEW_CODE",
        [(BEN, born, _british(_one(BEN, "cla-review")), "PN1")],
    )
    _table(
        folder / "missing.csv",
        "CHILD,DOB,MISSING,MIS_START,MIS_END",
        [(BEN, born, "M", _british(_one(BEN, "missing-start")), "")],
    )


#: Table -> (its headings, the fact, and its column of dates).
_SSD: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "contacts": ("cont", (("contact", "cont_contact_date"),)),
    "cin_episodes": (
        "cine",
        (("referral", "cine_referral_date"), ("cin-closure", "cine_close_date")),
    ),
    "cin_assessments": (
        "cina",
        (
            ("assessment-start", "cina_assessment_start_date"),
            ("assessment-authorised", "cina_assessment_auth_date"),
        ),
    ),
    "cin_plans": (
        "cinp",
        (
            ("cin-plan-start", "cinp_cin_plan_start_date"),
            ("cin-plan-end", "cinp_cin_plan_end_date"),
        ),
    ),
    "cin_visits": ("cinv", (("cin-visit", "cinv_cin_visit_date"),)),
    "s47_enquiry": ("s47e", (("s47-start", "s47e_s47_start_date"),)),
    "initial_cp_conference": ("icpc", (("icpc", "icpc_icpc_date"),)),
    "cp_plans": (
        "cppl",
        (("cp-plan-start", "cppl_cp_plan_start_date"), ("cp-plan-end", "cppl_cp_plan_end_date")),
    ),
    "cp_visits": ("cppv", (("cp-visit", "cppv_cp_visit_date"),)),
    "cp_reviews": ("cppr", (("cp-review", "cppr_cp_review_date"),)),
    "cla_placement": ("clap", (("placement-start", "clap_cla_placement_start_date"),)),
    "cla_visits": ("clav", (("cla-visit", "clav_cla_visit_date"),)),
    "cla_reviews": ("clar", (("cla-review", "clar_cla_review_date"),)),
    "legal_status": ("lega", (("legal-status-start", "lega_legal_status_start_date"),)),
    "missing": ("miss", (("missing-start", "miss_missing_episode_start_date"),)),
}
_KEYS = {
    "cont": "cont_contact_id",
    "cine": "cine_referral_id",
    "cina": "cina_assessment_id",
    "cinp": "cinp_cin_plan_id",
    "cinv": "cinv_cin_visit_id",
    "s47e": "s47e_s47_enquiry_id",
    "icpc": "icpc_icpc_id",
    "cppl": "cppl_cp_plan_id",
    "cppv": "cppv_cp_visit_id",
    "cppr": "cppr_cp_review_id",
    "clap": "clap_cla_placement_id",
    "clav": "clav_cla_visit_id",
    "clar": "clar_cla_review_id",
    "lega": "lega_legal_status_id",
    "miss": "miss_table_id",
}
#: Visits say whether the child was seen.
_SEEN = {"cinv": ("cinv_cin_visit_seen", "Y")}


def _ssd(folder: Path) -> None:
    for table, (prefix, dated) in _SSD.items():
        rows = []
        for child in BORN:
            columns = [_days(child, fact) for fact, _ in dated]
            for index in range(max(map(len, columns))):
                days = [days[index] if index < len(days) else "" for days in columns]
                rows.append(
                    (f"{prefix}-{child}-{index}", child, *days, *_SEEN.get(prefix, ("",))[1:])
                )
        headings = ",".join(
            (
                *(_KEYS[prefix], f"{prefix}_person_id", *(column for _, column in dated)),
                *_SEEN.get(prefix, ())[:1],
            )
        )
        _table(folder / f"ssd_{table}.csv", headings, rows)

"""The tables of the Standard Safeguarding Dataset: their columns, and what each date tells of.

Columns are named as the published specification names them now; ``EARLIER`` holds the names they
had in earlier releases and in other systems' extracts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chronology.importers.defined import ssd_kinds as kinds
from chronology.importers.defined.base import A_STATE

#: (label, column, code list); the list "" shows the cell as it stands.
Details = tuple[tuple[str, str, str], ...]

#: A date whose column stands again on every row of a period is told once.
WHO_NOT_WHAT = "It tells who a person is, not something that happened."
WHO_WORKS = "It tells of a worker or a team, not something that happened."
NO_RECORD = "The table holds no record of a child."


@dataclass(frozen=True, slots=True)
class Dated:
    """One column of dates: the fact it tells of, and the columns told with it.

    ``fact`` is a code of the shared facts, several joined by "+", "Title|EVENT.TYPE" where none
    fits, or "!" and the reason why it is left out. ``by`` says which, by another column.
    """

    column: str
    fact: str
    details: Details = ()
    outcome: tuple[tuple[str, str], ...] = ()
    by: tuple[tuple[str, ...], Callable[..., str]] | None = None
    #: The date stands again on each row of its period.
    repeats: bool = False

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns told with it."""
        return (*(c for _, c, _ in self.details), *(c for c, _ in self.outcome))


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, whose its rows are, which dates they give."""

    prefix: str
    title: str
    columns: tuple[str, ...]
    dated: tuple[Dated, ...] = ()
    #: The column that names the record by its own number.
    key: str = ""
    person: str = ""
    worker: str = ""
    seen: str = ""
    alone: str = ""
    #: Dates by which something is due: told with the record, never events.
    due: Details = ()
    withheld: tuple[str, ...] = ()
    #: Why a row without a date is left out, where it can hold none.
    undated: str = ""


def _cols(prefix: str, names: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{name}" for name in names.split())


#: A column as it is named now -> its names in earlier releases.
EARLIER: dict[str, tuple[str, ...]] = {
    "pers_send_flag": ("pers_send",),
    "pers_single_unique_id": ("pers_common_child_id", "pers_nhs_number"),
    "addr_address_start_date": ("addr_address_start",),
    "addr_address_end_date": ("addr_address_end",),
    "addr_address_postcode": ("addr_postcode",),
    "immi_immigration_status_start_date": ("immi_immigration_status_start",),
    "immi_immigration_status_end_date": ("immi_immigration_status_end",),
    "lega_legal_status_start_date": ("lega_legal_status_start",),
    "lega_legal_status_end_date": ("lega_legal_status_end",),
    "cont_contact_date": ("cont_contact_start",),
    "cont_contact_source_code": ("cont_contact_source",),
    "earl_episode_worker_id": ("earl_episode_worker_name", "earl_episode_worker"),
    "cine_cin_primary_need_code": ("cine_cin_primary_need",),
    "cine_referral_source_code": ("cine_referral_source",),
    "cine_referral_team": ("cine_referral_team_name",),
    "cine_referral_worker_id": ("cine_referral_worker_name", "cine_referral_worker"),
    "cina_assessment_team": ("cina_assessment_team_name",),
    "cina_assessment_worker_id": ("cina_assessment_worker_name", "cina_assessment_worker"),
    "cinp_cin_plan_id": ("cin_plan_id",),
    "cinp_cin_plan_start_date": ("cinp_cin_plan_start",),
    "cinp_cin_plan_end_date": ("cinp_cin_plan_end",),
    "cinp_cin_plan_team": ("cinp_cin_plan_team_name",),
    "cinp_cin_plan_worker_id": ("cinp_cin_plan_worker_name", "cinp_cin_plan_worker"),
    "s47e_s47_completed_by_team": ("s47e_s47_completed_by_team_name",),
    "s47e_s47_completed_by_worker_id": (
        "s47e_s47_completed_by_worker_name",
        "s47e_s47_completed_by_worker",
    ),
    "icpc_icpc_team": ("icpc_icpc_team_name",),
    "icpc_icpc_worker_id": ("icpc_icpc_worker_name", "icpc_icpc_worker"),
    "cppl_icpc_id": ("cppl_initial_cp_conference_id",),
    "cppr_person_id": ("person_id",),
    "cppr_cp_review_due": ("cppr_cp_review_due_date", "due_date"),
    "cppr_cp_review_date": ("actual_date",),
    "cppr_cp_review_id": ("workflow_step_id",),
    "cppr_cp_review_outcome_continue_cp": ("review_outcome",),
    "cppr_cp_review_quorate": ("quorate",),
    "cppr_cp_review_participation": ("review_participation",),
    "clae_cla_episode_start_date": ("clae_cla_episode_start",),
    "clae_cla_episode_ceased_date": ("clae_cla_episode_ceased",),
    "clae_cla_episode_ceased_reason": ("clae_cla_episode_cease_reason",),
    "clae_cla_primary_need_code": ("clae_cla_primary_need",),
    "clae_cla_last_iro_contact_date": ("clae_cla_review_last_iro_contact_date",),
    "clar_person_id": ("clar_cla_person_id",),
    "clar_cla_review_due_date": ("clar_cla_review_due",),
    "lapp_previous_permanence_order_date": ("lapp_previous_permanence_order_date_json",),
    "lacp_table_id": ("lacp_cla_care_plan_id",),
    "lacp_cla_care_plan_json": ("lacp_cla_care_plan",),
    "miss_missing_episode_start_date": ("miss_missing_episode_start", "miss_mis_epi_start"),
    "miss_missing_episode_end_date": ("miss_missing_episode_end", "miss_mis_epi_end"),
    "clea_care_leaver_allocated_team": ("clea_care_leaver_allocated_team_name",),
    "clea_care_leaver_worker_id": ("clea_care_leaver_worker_name", "clea_care_leaver_worker"),
    "perm_adoption_worker_id": ("perm_adoption_worker",),
    "ehcn_named_plan_ceased_date": ("ehcn_named_plan_cease_date",),
    "ehcn_named_plan_ceased_reason": ("ehcn_named_plan_cease_reason",),
    "prep_la_inital_plan_approved": (
        "prep_la_initial_plan_approved",
        "prep_la_inital _plan_approved",
    ),
    "link_table_id": ("link_link_id",),
    "s251_table_id": ("s251_id",),
    "send_upn_unknown": ("upn_unknown",),
}

_SEEN = (("Child seen", "", "yes_no"), ("Seen alone", "", "yes_no"), ("Bedroom seen", "", "yes_no"))


def _visit(prefix: str, kind: str, *, bedroom: bool = True) -> Details:
    names = ("seen", "seen_alone", "bedroom")[: 3 if bedroom else 2]
    return tuple(
        (label, f"{prefix}_{kind}_visit_{name}", codes)
        for (label, _, codes), name in zip(_SEEN, names, strict=False)
    )


_CLA_START: Details = (
    ("Reason for the episode", "clae_cla_episode_start_reason", "start_reason"),
    ("Primary need", "clae_cla_primary_need_code", "primary_need"),
)
_PLACED: Details = (
    ("Placement type", "clap_cla_placement_type", "placement"),
    ("Provider", "clap_cla_placement_provider", "provider"),
)
_ABUSE: Details = (
    ("Initial category", "cppl_cp_plan_initial_category", "abuse"),
    ("Latest category", "cppl_cp_plan_latest_category", "abuse"),
    ("Plan of another authority", "cppl_cp_plan_ola", "yes_no"),
)
_MISSING: Details = (
    ("Kind of episode", "miss_missing_episode_type", "missing"),
    ("Return interview offered", "miss_missing_rhi_offered", "rhi"),
    ("Return interview accepted", "miss_missing_rhi_accepted", "rhi"),
)
_S47: Details = (
    ("No further action", "s47e_s47_nfa", "yes_no"),
    ("Team", "s47e_s47_completed_by_team", "team"),
)
_S47_OUTCOME = (("s47e_s47_outcome_json", "outcomes"),)
_ASSESSED: Details = (
    ("Child seen during the assessment", "cina_assessment_child_seen", "yes_no"),
    ("Team", "cina_assessment_team", "team"),
)
_CARE_LEAVER: Details = (
    ("Eligibility", "clea_care_leaver_eligibility", ""),
    ("In touch", "clea_care_leaver_in_touch", "in_touch"),
    ("Accommodation", "clea_care_leaver_accommodation", "accommodation"),
    ("Accommodation suitable", "clea_care_leaver_accom_suitable", "suitable"),
    ("Activity", "clea_care_leaver_activity", "activity"),
    ("Personal adviser", "clea_care_leaver_personal_advisor", ""),
    ("Team", "clea_care_leaver_allocated_team", "team"),
)
_INVOLVED: Details = (
    ("Role", "invo_professional_role_id", ""),
    ("Team", "invo_professional_team", "team"),
)
_PLAN_TEAM: Details = (("Team", "cinp_cin_plan_team", "team"),)
_EARLY: Details = (
    ("Reason", "earl_episode_reason", ""),
    ("Organisation", "earl_episode_organisation", ""),
)
_MATCHED: Details = (
    ("Part of a sibling group", "perm_part_of_sibling_group", "yes_no"),
    ("Siblings placed together", "perm_siblings_placed_together", ""),
    ("Siblings placed apart", "perm_siblings_placed_apart", ""),
)

TABLES: tuple[Table, ...] = (
    Table(
        "pers",
        "Persons",
        _cols(
            "pers",
            "legacy_id person_id upn forename surname sex gender ethnicity dob single_unique_id"
            " upn_unknown send_flag expected_dob death_date is_mother nationality",
        ),
        (Dated("pers_death_date", "death"),),
        key="pers_person_id",
        person="pers_person_id",
        undated=WHO_NOT_WHAT,
    ),
    Table(
        "fami",
        "Families",
        _cols("fami", "table_id family_id person_id"),
        key="fami_table_id",
        person="fami_person_id",
        undated="It tells to which family a person belongs, not something that happened.",
    ),
    Table(
        "addr",
        "Addresses",
        _cols(
            "addr",
            "table_id person_id address_type address_start_date address_end_date"
            " address_postcode address_json",
        ),
        (
            Dated("addr_address_start_date", "address-start", (("Type", "addr_address_type", ""),)),
            Dated("addr_address_end_date", "address-end", (("Type", "addr_address_type", ""),)),
        ),
        key="addr_table_id",
        person="addr_person_id",
        withheld=("addr_address_json", "addr_address_postcode"),
    ),
    Table(
        "disa",
        "Disabilities",
        _cols("disa", "table_id person_id disability_code"),
        key="disa_table_id",
        person="disa_person_id",
        undated=A_STATE,
    ),
    Table(
        "immi",
        "Immigration status",
        _cols(
            "immi",
            "immigration_status_id person_id immigration_status_start_date"
            " immigration_status_end_date immigration_status",
        ),
        (
            Dated(
                "immi_immigration_status_start_date",
                "immigration-start",
                (("Status", "immi_immigration_status", ""),),
            ),
            Dated(
                "immi_immigration_status_end_date",
                "immigration-end",
                (("Status", "immi_immigration_status", ""),),
            ),
        ),
        key="immi_immigration_status_id",
        person="immi_person_id",
    ),
    Table(
        "moth",
        "Mothers",
        _cols("moth", "table_id person_id childs_person_id childs_dob"),
        (Dated("moth_childs_dob", "birth"),),
        key="moth_table_id",
        person="moth_person_id",
    ),
    Table(
        "lega",
        "Legal status",
        _cols(
            "lega",
            "legal_status_id person_id legal_status legal_status_start_date legal_status_end_date",
        ),
        (
            Dated(
                "lega_legal_status_start_date",
                "legal-status-start",
                (("Legal status", "lega_legal_status", "legal_status"),),
            ),
            Dated(
                "lega_legal_status_end_date",
                "legal-status-end",
                (("Legal status", "lega_legal_status", "legal_status"),),
            ),
        ),
        key="lega_legal_status_id",
        person="lega_person_id",
    ),
    Table(
        "cont",
        "Contacts",
        _cols(
            "cont",
            "contact_id person_id contact_date contact_source_code contact_source_desc"
            " contact_outcome_json",
        ),
        (
            Dated(
                "cont_contact_date",
                "contact",
                (
                    ("Source", "cont_contact_source_code", "referral_source"),
                    ("Source in words", "cont_contact_source_desc", ""),
                ),
                (("cont_contact_outcome_json", "outcomes"),),
            ),
        ),
        key="cont_contact_id",
        person="cont_person_id",
    ),
    Table(
        "earl",
        "Early help episodes",
        _cols(
            "earl",
            "episode_id person_id episode_start_date episode_end_date episode_reason"
            " episode_end_reason episode_organisation episode_worker_id",
        ),
        (
            Dated("earl_episode_start_date", "early-help-episode-start", _EARLY),
            Dated(
                "earl_episode_end_date",
                "early-help-episode-end",
                _EARLY,
                (("earl_episode_end_reason", ""),),
            ),
        ),
        key="earl_episode_id",
        person="earl_person_id",
        worker="earl_episode_worker_id",
    ),
    Table(
        "cine",
        "Child in need episodes",
        _cols(
            "cine",
            "referral_id person_id referral_date cin_primary_need_code referral_source_code"
            " referral_source_desc referral_outcome_json referral_nfa close_reason close_date"
            " referral_team referral_worker_id",
        ),
        (
            Dated(
                "cine_referral_date",
                "referral",
                (
                    ("Source", "cine_referral_source_code", "referral_source"),
                    ("Source in words", "cine_referral_source_desc", ""),
                    ("Primary need", "cine_cin_primary_need_code", "primary_need"),
                    ("No further action", "cine_referral_nfa", "yes_no"),
                    ("Team", "cine_referral_team", "team"),
                ),
                (("cine_referral_outcome_json", "outcomes"),),
            ),
            Dated(
                "cine_close_date",
                "cin-closure",
                (
                    ("Reason for closure", "cine_close_reason", "closure_reason"),
                    ("Team", "cine_referral_team", "team"),
                ),
            ),
        ),
        key="cine_referral_id",
        person="cine_person_id",
        worker="cine_referral_worker_id",
    ),
    Table(
        "cina",
        "Child and family assessments",
        _cols(
            "cina",
            "assessment_id person_id referral_id assessment_start_date assessment_child_seen"
            " assessment_auth_date assessment_outcome_json assessment_outcome_nfa assessment_team"
            " assessment_worker_id",
        ),
        (
            Dated("cina_assessment_start_date", "assessment-start", _ASSESSED),
            Dated(
                "cina_assessment_auth_date",
                "assessment-authorised",
                (
                    *_ASSESSED,
                    ("No further action", "cina_assessment_outcome_nfa", "yes_no"),
                ),
                (("cina_assessment_outcome_json", "outcomes"),),
            ),
        ),
        key="cina_assessment_id",
        person="cina_person_id",
        worker="cina_assessment_worker_id",
    ),
    Table(
        "cinf",
        "Assessment factors",
        _cols("cinf", "table_id assessment_id assessment_factors_json"),
        key="cinf_table_id",
        undated="It has no date of its own: the factors belong to the assessment that it names.",
    ),
    Table(
        "cinp",
        "Child in need plans",
        _cols(
            "cinp",
            "cin_plan_id referral_id person_id cin_plan_start_date cin_plan_end_date cin_plan_team"
            " cin_plan_worker_id",
        ),
        (
            Dated("cinp_cin_plan_start_date", "cin-plan-start", _PLAN_TEAM),
            Dated("cinp_cin_plan_end_date", "cin-plan-end", _PLAN_TEAM),
        ),
        key="cinp_cin_plan_id",
        person="cinp_person_id",
        worker="cinp_cin_plan_worker_id",
    ),
    Table(
        "cinv",
        "Child in need visits",
        _cols(
            "cinv",
            "cin_visit_id person_id cin_plan_id cin_casenote_id cin_visit_date cin_visit_seen"
            " cin_visit_seen_alone cin_visit_bedroom",
        ),
        (
            Dated(
                "cinv_cin_visit_date",
                "",
                _visit("cinv", "cin"),
                by=(("cinv_cin_visit_seen",), kinds.cin_visit),
            ),
        ),
        key="cinv_cin_visit_id",
        person="cinv_person_id",
        seen="cinv_cin_visit_seen",
        alone="cinv_cin_visit_seen_alone",
    ),
    Table(
        "s47e",
        "Section 47 enquiries",
        _cols(
            "s47e",
            "s47_enquiry_id referral_id person_id s47_start_date s47_end_date s47_nfa"
            " s47_outcome_json s47_completed_by_team s47_completed_by_worker_id",
        ),
        (
            Dated("s47e_s47_start_date", "s47-start", _S47[1:]),
            Dated("s47e_s47_end_date", "s47-end", _S47, _S47_OUTCOME),
        ),
        key="s47e_s47_enquiry_id",
        person="s47e_person_id",
        worker="s47e_s47_completed_by_worker_id",
    ),
    Table(
        "icpc",
        "Initial child protection conferences",
        _cols(
            "icpc",
            "icpc_id icpc_meeting_id s47_enquiry_id person_id cp_plan_id referral_id"
            " icpc_transfer_in icpc_target_date icpc_date icpc_outcome_cp_flag icpc_outcome_json"
            " icpc_team icpc_worker_id",
        ),
        (
            Dated(
                "icpc_icpc_date",
                "icpc",
                (
                    ("Child protection plan made", "icpc_icpc_outcome_cp_flag", "yes_no"),
                    ("Transferred in", "icpc_icpc_transfer_in", "yes_no"),
                    ("Team", "icpc_icpc_team", "team"),
                ),
                (("icpc_icpc_outcome_json", "outcomes"),),
            ),
        ),
        key="icpc_icpc_id",
        person="icpc_person_id",
        worker="icpc_icpc_worker_id",
        due=(("Conference due", "icpc_icpc_target_date", "date"),),
    ),
    Table(
        "cppl",
        "Child protection plans",
        _cols(
            "cppl",
            "cp_plan_id referral_id icpc_id person_id cp_plan_start_date cp_plan_end_date"
            " cp_plan_ola cp_plan_initial_category cp_plan_latest_category",
        ),
        (
            Dated("cppl_cp_plan_start_date", "cp-plan-start", (_ABUSE[0], _ABUSE[2])),
            Dated("cppl_cp_plan_end_date", "cp-plan-end", _ABUSE),
        ),
        key="cppl_cp_plan_id",
        person="cppl_person_id",
    ),
    Table(
        "cppv",
        "Child protection visits",
        _cols(
            "cppv",
            "cp_visit_id person_id cp_plan_id casenote_date cp_visit_date cp_visit_seen"
            " cp_visit_seen_alone cp_visit_bedroom",
        ),
        (Dated("cppv_cp_visit_date", "cp-visit", _visit("cppv", "cp")),),
        key="cppv_cp_visit_id",
        person="cppv_person_id",
        seen="cppv_cp_visit_seen",
        alone="cppv_cp_visit_seen_alone",
    ),
    Table(
        "cppr",
        "Child protection reviews",
        _cols(
            "cppr",
            "cp_review_id person_id cp_plan_id cp_review_due cp_review_date cp_review_meeting_id"
            " cp_review_outcome_continue_cp cp_review_quorate cp_review_participation",
        ),
        (
            Dated(
                "cppr_cp_review_date",
                "cp-review",
                (
                    ("Plan continues", "cppr_cp_review_outcome_continue_cp", "yes_no"),
                    ("Quorate", "cppr_cp_review_quorate", "yes_no"),
                    ("Child's participation", "cppr_cp_review_participation", "participation"),
                ),
            ),
        ),
        key="cppr_cp_review_id",
        person="cppr_person_id",
        due=(("Review due", "cppr_cp_review_due", "date"),),
    ),
    Table(
        "clae",
        "Looked-after episodes",
        _cols(
            "clae",
            "cla_episode_id person_id cla_placement_id cla_episode_start_date"
            " cla_episode_start_reason cla_primary_need_code cla_episode_ceased_date"
            " cla_episode_ceased_reason cla_id referral_id cla_last_iro_contact_date"
            " entered_care_date",
        ),
        (
            Dated(
                "clae_cla_episode_start_date",
                "",
                _CLA_START,
                by=(("clae_cla_episode_start_reason",), kinds.episode_start),
            ),
            Dated(
                "clae_cla_episode_ceased_date",
                "",
                (("Reason", "clae_cla_episode_ceased_reason", "ceased_reason"),),
                by=(("clae_cla_episode_ceased_reason",), kinds.episode_end),
            ),
            Dated("clae_entered_care_date", "cla-start", _CLA_START[1:], repeats=True),
            Dated("clae_cla_last_iro_contact_date", "iro-visit", repeats=True),
        ),
        key="clae_cla_episode_id",
        person="clae_person_id",
    ),
    Table(
        "clap",
        "Placements",
        _cols(
            "clap",
            "cla_placement_id cla_id person_id cla_placement_start_date cla_placement_type"
            " cla_placement_urn cla_placement_distance cla_placement_la cla_placement_provider"
            " cla_placement_postcode cla_placement_end_date cla_placement_change_reason",
        ),
        (
            Dated("clap_cla_placement_start_date", "placement-start", _PLACED),
            Dated(
                "clap_cla_placement_end_date",
                "placement-end",
                (
                    *_PLACED,
                    ("Reason for the change", "clap_cla_placement_change_reason", "change_reason"),
                ),
            ),
        ),
        key="clap_cla_placement_id",
        person="clap_person_id",
        withheld=("clap_cla_placement_postcode", "clap_cla_placement_urn"),
    ),
    Table(
        "clar",
        "Looked-after reviews",
        _cols(
            "clar",
            "cla_review_id cla_id person_id cla_review_due_date cla_review_date"
            " cla_review_cancelled cla_review_participation",
        ),
        (
            Dated(
                "clar_cla_review_date",
                "",
                (
                    ("Cancelled", "clar_cla_review_cancelled", "yes_no"),
                    ("Child's participation", "clar_cla_review_participation", "participation"),
                ),
                by=(("clar_cla_review_cancelled",), kinds.review),
            ),
        ),
        key="clar_cla_review_id",
        person="clar_person_id",
        due=(("Review due", "clar_cla_review_due_date", "date"),),
    ),
    Table(
        "clav",
        "Looked-after visits",
        _cols(
            "clav",
            "cla_visit_id cla_id person_id casenote_id cla_visit_date cla_visit_seen"
            " cla_visit_seen_alone",
        ),
        (Dated("clav_cla_visit_date", "cla-visit", _visit("clav", "cla", bedroom=False)),),
        key="clav_cla_visit_id",
        person="clav_person_id",
        seen="clav_cla_visit_seen",
        alone="clav_cla_visit_seen_alone",
    ),
    Table(
        "clah",
        "Looked-after health checks",
        _cols(
            "clah",
            "health_check_id person_id health_check_type health_check_date health_check_status",
        ),
        (
            Dated(
                "clah_health_check_date",
                "",
                (
                    ("Kind of check", "clah_health_check_type", ""),
                    ("Status", "clah_health_check_status", ""),
                ),
                by=(("clah_health_check_type", "clah_health_check_status"), kinds.health_check),
            ),
        ),
        key="clah_health_check_id",
        person="clah_person_id",
    ),
    Table(
        "clai",
        "Looked-after immunisations",
        _cols("clai", "immunisations_id person_id immunisations_status immunisations_status_date"),
        (
            Dated(
                "clai_immunisations_status_date",
                "Immunisation status recorded|HEALTH.IMMUNISATION",
                (("Immunisations up to date", "clai_immunisations_status", "yes_no"),),
            ),
        ),
        key="clai_immunisations_id",
        person="clai_person_id",
    ),
    Table(
        "clac",
        "Convictions",
        _cols("clac", "cla_conviction_id person_id cla_conviction_date cla_conviction_offence"),
        (
            Dated(
                "clac_cla_conviction_date",
                "cla-conviction",
                (("Offence", "clac_cla_conviction_offence", ""),),
            ),
        ),
        key="clac_cla_conviction_id",
        person="clac_person_id",
    ),
    Table(
        "clas",
        "Substance misuse",
        _cols(
            "clas",
            "substance_misuse_id person_id substance_misuse_date substance_misused"
            " intervention_received",
        ),
        (
            Dated(
                "clas_substance_misuse_date",
                "cla-substance",
                (
                    ("Substance", "clas_substance_misused", ""),
                    ("Intervention received", "clas_intervention_received", "yes_no"),
                ),
            ),
        ),
        key="clas_substance_misuse_id",
        person="clas_person_id",
    ),
    Table(
        "lapp",
        "Previous permanence",
        _cols(
            "lapp",
            "table_id person_id previous_permanence_option previous_permanence_la"
            " previous_permanence_order_date",
        ),
        (
            Dated(
                "lapp_previous_permanence_order_date",
                "permanence-order",
                (
                    ("Order", "lapp_previous_permanence_option", "previous_permanence"),
                    ("Authority", "lapp_previous_permanence_la", ""),
                ),
            ),
        ),
        key="lapp_table_id",
        person="lapp_person_id",
    ),
    Table(
        "lacp",
        "Care plans",
        _cols(
            "lacp",
            "table_id person_id referral_id cla_care_plan_start_date cla_care_plan_end_date"
            " cla_care_plan_json",
        ),
        (
            Dated(
                "lacp_cla_care_plan_start_date",
                "Care plan for a looked-after child started|PRACTICE.DECISION",
                (("Plan", "lacp_cla_care_plan_json", "plans"),),
            ),
            Dated(
                "lacp_cla_care_plan_end_date",
                "Care plan for a looked-after child ended|PRACTICE.DECISION",
                (("Plan", "lacp_cla_care_plan_json", "plans"),),
            ),
        ),
        key="lacp_table_id",
        person="lacp_person_id",
    ),
    Table(
        "csdq",
        "Strengths and difficulties questionnaires",
        _cols("csdq", "table_id person_id sdq_completed_date sdq_score sdq_reason"),
        (
            Dated(
                "csdq_sdq_completed_date",
                "sdq",
                (
                    ("Score", "csdq_sdq_score", ""),
                    ("Reason for no score", "csdq_sdq_reason", "sdq_reason"),
                ),
            ),
        ),
        key="csdq_table_id",
        person="csdq_person_id",
    ),
    Table(
        "miss",
        "Missing episodes",
        _cols(
            "miss",
            "table_id person_id missing_episode_start_date missing_episode_type"
            " missing_episode_end_date missing_rhi_offered missing_rhi_accepted",
        ),
        (
            Dated(
                "miss_missing_episode_start_date",
                "",
                _MISSING[:1],
                by=(("miss_missing_episode_type",), kinds.missing_start),
            ),
            Dated(
                "miss_missing_episode_end_date",
                "",
                _MISSING,
                by=(("miss_missing_episode_type",), kinds.missing_end),
            ),
        ),
        key="miss_table_id",
        person="miss_person_id",
    ),
    Table(
        "clea",
        "Care leavers",
        _cols(
            "clea",
            "table_id person_id care_leaver_eligibility care_leaver_in_touch"
            " care_leaver_latest_contact care_leaver_accommodation care_leaver_accom_suitable"
            " care_leaver_activity pathway_plan_review_date care_leaver_personal_advisor"
            " care_leaver_allocated_team care_leaver_worker_id",
        ),
        (
            Dated("clea_care_leaver_latest_contact", "care-leaver-contact", _CARE_LEAVER),
            Dated("clea_pathway_plan_review_date", "pathway-review", _CARE_LEAVER),
        ),
        key="clea_table_id",
        person="clea_person_id",
        worker="clea_care_leaver_worker_id",
    ),
    Table(
        "perm",
        "Permanence",
        _cols(
            "perm",
            "table_id person_id cla_id entered_care_date adm_decision_date part_of_sibling_group"
            " siblings_placed_together siblings_placed_apart ffa_cp_decision_date"
            " placement_order_date matched_date adopter_sex adopter_legal_status"
            " number_of_adopters placed_for_adoption_date adopted_by_carer_flag"
            " placed_foster_carer_date placed_ffa_cp_date placement_provider_urn"
            " decision_reversed_date decision_reversed_reason permanence_order_date"
            " permanence_order_type adoption_worker_id",
        ),
        (
            Dated("perm_entered_care_date", "cla-start"),
            Dated("perm_adm_decision_date", "adoption-decision", _MATCHED),
            Dated(
                "perm_ffa_cp_decision_date",
                "Decision for fostering for adoption or concurrent planning|PRACTICE.DECISION",
            ),
            Dated("perm_placement_order_date", "placement-order"),
            Dated("perm_matched_date", "adoption-match", _MATCHED),
            Dated(
                "perm_placed_for_adoption_date",
                "adoption-placed",
                (("By the child's own foster carer", "perm_adopted_by_carer_flag", "yes_no"),),
            ),
            Dated(
                "perm_placed_ffa_cp_date",
                "Placed for fostering for adoption or concurrent planning|CARE.PLACEMENT",
            ),
            Dated("perm_placed_foster_carer_date", "Placed with the foster carer|CARE.PLACEMENT"),
            Dated(
                "perm_decision_reversed_date",
                "adoption-decision-reversed",
                (("Reason", "perm_decision_reversed_reason", "reversal"),),
            ),
            Dated(
                "perm_permanence_order_date",
                "permanence-order",
                (("Order", "perm_permanence_order_type", ""),),
                by=(("perm_permanence_order_type",), kinds.permanence_order),
            ),
        ),
        key="perm_table_id",
        person="perm_person_id",
        worker="perm_adoption_worker_id",
        withheld=(
            *("perm_adopter_sex", "perm_adopter_legal_status", "perm_number_of_adopters"),
            "perm_placement_provider_urn",
        ),
    ),
    Table(
        "send",
        "Special educational needs",
        _cols("send", "table_id person_id upn uln upn_unknown"),
        key="send_table_id",
        person="send_person_id",
        undated=WHO_NOT_WHAT,
    ),
    Table(
        "senn",
        "Special educational needs by kind",
        _cols("senn", "table_id active_ehcp_id active_ehcp_need_type active_ehcp_need_rank"),
        key="senn_table_id",
        undated=A_STATE,
    ),
    Table(
        "ehcr",
        "Requests for an education health and care plan",
        _cols(
            "ehcr",
            "ehcp_request_id send_table_id ehcp_req_date ehcp_req_outcome_date ehcp_req_outcome",
        ),
        (
            Dated("ehcr_ehcp_req_date", "ehcp-request"),
            Dated(
                "ehcr_ehcp_req_outcome_date",
                "Request for an education health and care plan decided|ASSESS.EHCP",
                outcome=(("ehcr_ehcp_req_outcome", ""),),
            ),
        ),
        key="ehcr_ehcp_request_id",
    ),
    Table(
        "ehca",
        "Education health and care needs assessments",
        _cols(
            "ehca",
            "ehcp_assessment_id ehcp_request_id ehcp_assessment_outcome_date"
            " ehcp_assessment_outcome ehcp_assessment_exceptions",
        ),
        (
            Dated(
                "ehca_ehcp_assessment_outcome_date",
                "ehcp-assessment",
                (("Exceptions", "ehca_ehcp_assessment_exceptions", ""),),
                (("ehca_ehcp_assessment_outcome", ""),),
            ),
        ),
        key="ehca_ehcp_assessment_id",
    ),
    Table(
        "ehcn",
        "Education health and care plans named",
        _cols(
            "ehcn",
            "named_plan_id ehcp_asmt_id named_plan_start_date named_plan_ceased_date"
            " named_plan_ceased_reason",
        ),
        (
            Dated("ehcn_named_plan_start_date", "ehcp-plan"),
            Dated(
                "ehcn_named_plan_ceased_date",
                "Education health and care plan ceased|EDU.SEND",
                (("Reason", "ehcn_named_plan_ceased_reason", ""),),
            ),
        ),
        key="ehcn_named_plan_id",
    ),
    Table(
        "ehcp",
        "Education health and care plans in force",
        _cols("ehcp", "active_ehcp_id ehcp_request_id active_ehcp_last_review_date"),
        (
            Dated(
                "ehcp_active_ehcp_last_review_date",
                "Education health and care plan reviewed|EDU.SEND",
            ),
        ),
        key="ehcp_active_ehcp_id",
    ),
    Table(
        "invo",
        "Involvements",
        _cols(
            "invo",
            "involvements_id professional_id professional_role_id professional_team person_id"
            " involvement_start_date involvement_end_date worker_change_reason referral_id",
        ),
        (
            Dated(
                "invo_involvement_start_date",
                "",
                _INVOLVED,
                by=(("invo_professional_role_id",), kinds.worker_start),
            ),
            Dated(
                "invo_involvement_end_date",
                "",
                (*_INVOLVED, ("Reason for the change", "invo_worker_change_reason", "")),
                by=(("invo_professional_role_id",), kinds.worker_end),
            ),
        ),
        key="invo_involvements_id",
        person="invo_person_id",
        worker="invo_professional_id",
    ),
    Table(
        "prof",
        "Professionals",
        _cols(
            "prof",
            "table_id professional_id staff_id professional_name social_worker_registration_no"
            " agency_worker_flag professional_job_title professional_caseload"
            " professional_department full_time_equivalency",
        ),
        key="prof_professional_id",
        undated=WHO_WORKS,
    ),
    Table(
        "dept",
        "Teams",
        _cols("dept", "team_id team_name team_parent_id team_parent_name"),
        key="dept_team_id",
        undated=WHO_WORKS,
    ),
    Table(
        "prep",
        "Pre-proceedings",
        _cols(
            "prep",
            "table_id person_id plo_family_id pre_pro_decision_date initial_pre_pro_meeting_date"
            " pre_pro_outcome agree_stepdown_issue_date cp_plans_referral_period"
            " legal_gateway_outcome prev_pre_proc_child prev_care_proc_child pre_pro_letter_date"
            " care_pro_letter_date pre_pro_meetings_num pre_pro_parents_legal_rep"
            " parents_legal_rep_point_of_issue court_reference care_proc_court_hearings"
            " care_proc_short_notice proc_short_notice_reason la_inital_plan_approved"
            " la_initial_care_plan la_final_plan_approved la_final_care_plan",
        ),
        (
            Dated(
                "prep_pre_pro_decision_date",
                "pre-proceedings",
                (("Legal gateway outcome", "prep_legal_gateway_outcome", ""),),
                (("prep_pre_pro_outcome", ""),),
            ),
            Dated(
                "prep_initial_pre_pro_meeting_date",
                "First pre-proceedings meeting|LEGAL.PLO",
                (("Parents legally represented", "prep_pre_pro_parents_legal_rep", "yes_no"),),
            ),
            Dated("prep_pre_pro_letter_date", "Pre-proceedings letter sent|LEGAL.PLO"),
            Dated(
                "prep_care_pro_letter_date",
                "Letter about care proceedings sent|LEGAL.PLO",
                (
                    ("At short notice", "prep_care_proc_short_notice", "yes_no"),
                    ("Reason for short notice", "prep_proc_short_notice_reason", ""),
                ),
            ),
            Dated(
                "prep_agree_stepdown_issue_date",
                "pre-proceedings-end",
                outcome=(("prep_pre_pro_outcome", ""),),
            ),
        ),
        key="prep_table_id",
        person="prep_person_id",
    ),
    Table(
        "voch",
        "Voice of the child",
        _cols(
            "voch",
            "table_id person_id explained_worries story_help_understand agree_worker plan_safe"
            " tablet_help_explain",
        ),
        key="voch_table_id",
        person="voch_person_id",
        undated=A_STATE,
    ),
    Table(
        "link",
        "Linked identifiers",
        _cols(
            "link",
            "table_id person_id identifier_type identifier_value valid_from_date valid_to_date",
        ),
        key="link_table_id",
        person="link_person_id",
        undated=WHO_NOT_WHAT,
    ),
    Table(
        "s251",
        "Section 251 finance",
        _cols(
            "s251",
            "table_id cla_placement_id placeholder_1 placeholder_2 placeholder_3 placeholder_4",
        ),
        key="s251_table_id",
        undated=NO_RECORD,
    ),
)

#: Where a row names no person: its column -> the columns of other tables that say whose it is.
#: (column that points, column pointed at, column with the person or a column that points on)
WHOSE: tuple[tuple[str, str, str], ...] = (
    ("clap_cla_id", "clae_cla_id", "clae_person_id"),
    ("clar_cla_id", "clae_cla_id", "clae_person_id"),
    ("clav_cla_id", "clae_cla_id", "clae_person_id"),
    ("clap_cla_placement_id", "clae_cla_placement_id", "clae_person_id"),
    ("cinv_cin_plan_id", "cinp_cin_plan_id", "cinp_person_id"),
    ("cppv_cp_plan_id", "cppl_cp_plan_id", "cppl_person_id"),
    ("cppr_cp_plan_id", "cppl_cp_plan_id", "cppl_person_id"),
    ("invo_referral_id", "cine_referral_id", "cine_person_id"),
    ("perm_cla_id", "clae_cla_id", "clae_person_id"),
    ("ehcr_send_table_id", "send_table_id", "send_person_id"),
    ("ehca_ehcp_request_id", "ehcr_ehcp_request_id", "ehcr_send_table_id"),
    ("ehcp_ehcp_request_id", "ehcr_ehcp_request_id", "ehcr_send_table_id"),
    ("ehcn_ehcp_asmt_id", "ehca_ehcp_assessment_id", "ehca_ehcp_request_id"),
)

"""What a column can hold, and the headings agencies write over it."""

from __future__ import annotations

from types import MappingProxyType

from chronology.importers.listed import listed

#: field -> (what it is called in a mapping file, headings seen over it). A heading may stand under
#: several fields: the cells below then settle which it is. Earlier fields win a dead heat.
FIELDS: MappingProxyType[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "occurred": (
            "date of event",
            listed(
                """date | date of event | event date | date of contact | contact date
                | date/time | date and time | date & time | datetime | date time of event
                | event date/time | date of incident | incident date
                | date/time of incident | incident date/time | date of occurrence
                | occurrence date | occurred | occurred on | occurred at | occurred date
                | date occurred | date it happened | date happened | happened on | when
                | when did it happen | when it happened | date or period
                | date or period of event | date(s) | dates | day | day/date
                | day and date | start date | date from | from date | from date/time
                | date started | start | start date/time | date start | from
                | committed from | committed on/from | offence date | date of offence
                | date of concern | concern date | date of visit | visit date
                | date of call | call date | date of attendance | attendance date
                | attended on | attendance date/time | arrival date | arrival date/time
                | date of arrival | admission date | date of admission | admitted on
                | appointment date | appt date | date of appointment | consultation date
                | date of consultation | encounter date | clinical date | clinic date
                | session date | date of session | date seen | seen on | meeting date
                | date of meeting | case note date | casenote date | date of case note
                | note date | date of note | progress note date | activity date
                | date of activity | interaction date | date of interaction
                | date of entry in record | date of referral | referral date
                | assessment date | date of assessment | observation date
                | date of observation | date observed | observed on | date raised
                | raised on | date opened | opened | opened on | open date | date of log
                | log date | diary date | date of diary entry | event day | actual date
                | actual datetime | date event took place | took place on | event dttm
                | event datetime | effective date | date effective | action date
                | service date | date of service | date of disclosure | disclosure date
                | date of significant event | significant event date | chronology date
                | key date | transaction date | date of report in file
                | date known to occur | date of the event | on | dated | date of letter
                | period | date range | dyddiad | dyddiad y digwyddiad""",
            ),
        ),
        "occurred_time": (
            "time of event",
            listed(
                """time | start | from | start time | event time | time of event
                | incident time
                | time of incident | time of contact | contact time | time of call
                | call time | time of concern | at | hours | hrs | clock | clock time
                | time (24hr) | time started | time start | time from | from time
                | visit time | time of visit | appointment time | appt time | arrival time
                | time of arrival | time attended | attendance time | time of attendance
                | time seen | time of day | approx time | approximate time | time occurred
                | occurred time | time it happened | hour | time of occurrence
                | time of offence | session time | meeting time | consultation time
                | time of entry in record | note time | log time | amser""",
            ),
        ),
        "occurred_end": (
            "end date of event",
            listed(
                """end date | date to | to date | to | date ended | ended | ended on | until
                | end | finish date | date finished | to date/time | end date/time
                | date until | committed to | discharge date | date of discharge
                | discharged on | discharge date/time | departure date/time
                | date closed to | end of period | period to | event end date | event end
                | incident end date | date end | end of event""",
            ),
        ),
        "occurred_end_time": (
            "end time of event",
            listed(
                """end time | end | to | time ended | time to | to time | finish time
                | time finished
                | finish | departure time | time left | time out | event end time
                | incident end time | time end | time until""",
            ),
        ),
        "occurred_day": ("day of event (number)", listed("day | dd | day no | day number")),
        "occurred_month": ("month of event", listed("mm | month | month of event | mth")),
        "occurred_year": (
            "year of event",
            listed("yy | yyyy | year | yr | year of event | calendar year"),
        ),
        "recorded": (
            "date recorded",
            listed(
                """date recorded | recorded | recorded on | recorded at | record date
                | recorded date | date of recording | date of record | date entered
                | entered on | entered | entered at | entry date | date of entry
                | date created | created on | created | created at | created date
                | creation date | created date/time | date added | added on | added
                | date logged | logged | logged on | logged at | log created | input date
                | date input | input on | date inputted | inputted | date of input
                | date written | written on | date of writing | date/time of writing
                | written up | date written up | date typed | typed on | date keyed
                | keyed on | date of report | report date | date record made
                | date completed | completed on | date form completed | form completed on
                | date saved | saved on | timestamp | time stamp | record created
                | record created on | date note made | entered date | entered date/time
                | recorded date/time | record entered | system date | date on system
                | date put on system | last updated | date last updated | updated on
                | date modified | modified on | authored on | author date | signed on
                | date signed | documented on | date documented | charted on | filed on""",
            ),
        ),
        "recorded_time": (
            "time recorded",
            listed(
                """time recorded | recorded time | time entered | entry time | time of entry
                | time created | created time | time added | time logged
                | time of recording | time input | input time | time written
                | time of writing | logged time""",
            ),
        ),
        "known": (
            "date the agency was told",
            listed(
                """date notified | notified | notified on | notification date | date reported
                | reported | reported on | reported date | reported date/time
                | date received | received | received on | receipt date | date of receipt
                | date of notification | date of report to us | date informed
                | informed on | informed | date known to agency | date known | known on
                | date aware | became aware | date became aware | date we were told
                | told on | date of disclosure to us | date/time reported
                | date/time received | received at | call received | time/date reported
                | date reported to police | date reported to us | date alerted
                | alerted on | date information received | info received
                | date referral received | referral received | notification timestamp
                | date brought to our attention | date learned | date learnt
                | date agency informed | date agency became aware""",
            ),
        ),
        "known_time": (
            "time the agency was told",
            listed(
                """time reported | reported time | time received | received time
                | time notified | time informed | time of report | time call received
                | time of notification""",
            ),
        ),
        "shared": (
            "date shared with others",
            listed(
                """date shared | shared | shared on | date sent | sent on | sent | sent date
                | disclosed on | date disclosed | date passed on | passed on
                | date forwarded | forwarded on | date information shared | info shared
                | date of sharing | date referred on | referred on | date submitted
                | submitted on | date notification sent | sent to csc on
                | date sent to mash | shared with on""",
            ),
        ),
        "subject": (
            "who it is about",
            listed(
                """subject | child | child name | name of child | childs name | child's name
                | childs full name | children | child/young person | child or young person
                | young person | young person's name | yp | yp name | cyp | cyp name
                | pupil | pupil name | name of pupil | student | student name | learner
                | learner name | patient | patient name | name of patient | client
                | client name | name of client | service user | service user name
                | su name | person | person name | name of person | person(s) | persons
                | family member | name of family member | family members | subject name
                | name of subject | name | names | name(s) | full name | who
                | who is it about | about | re | regarding | concerning | relating to
                | relates to | in relation to | individual | individual name | nominal
                | nominal of interest | nominal name | main nominal | subject of record
                | subject of report | record subject | subject of concern
                | person of concern | person concerned | tenant | tenant name | resident
                | resident name | customer | customer name | applicant | offender
                | offender name | prisoner | prisoner name | detained person
                | household member | baby | baby's name | unborn | infant
                | mother or child | parent/child | case name | family name/child
                | children involved | child(ren) | name of child(ren) | which child
                | looked after child | person affected | adult | victim/subject
                | display name | known as | beneficiary | enw | enw'r plentyn | plentyn""",
            ),
        ),
        "subject_forename": (
            "first name",
            listed(
                """forename | forename(s) | forenames | first name | firstname | given name
                | given names | first names | christian name | child forename
                | pupil forename | patient forename | legal forename | preferred forename
                | person forename | subject forename | client forename | student forename
                | child first name""",
            ),
        ),
        "subject_surname": (
            "surname",
            listed(
                """surname | last name | lastname | family name | legal surname | second name
                | child surname | pupil surname | patient surname | person surname | sname
                | subject surname | client surname | student surname | child last name""",
            ),
        ),
        "subject_born": (
            "date of birth",
            listed(
                """dob | d.o.b. | date of birth | born | birth date | birthdate | date born
                | child dob | dob of child | child's date of birth | pupil dob
                | patient dob | client dob | subject dob | subject's date of birth
                | nominal dob | student dob | person dob | d o b | birthday | dob/edd
                | dob or edd | edd | expected date of birth | due date of birth
                | dyddiad geni""",
            ),
        ),
        "subject_id": (
            "number of the person",
            listed(
                """nhs number | nhs no | nhs no. | nhsno | nhs | nhs/chi | nhs / chi | chi
                | chi number | hospital number | hospital no | mrn | patient id
                | patient number | patient no | client id | client ref | client number
                | client no | person id | person number | person ref | personid | child id
                | child unique id | lachildid | la child id | mosaic id | mosaic number
                | mosaic person id | lcs id | lcs number | liquidlogic id | ll id
                | icl number | carefirst id | carefirst number | swift id | eclipse id
                | cis number | swis number | upn | unique pupil number | uln | pupil id
                | pupil number | admission number | admission no | student id
                | student number | learner id | nominal id | nominal number | nominal ref
                | pnc | pnc id | pnc number | noms | noms id | noms number | noms no | crn
                | rio id | rio number | emis number | emis id | systmone id | unit number
                | district number | h&c number | hcn | service user id | su id
                | subject id | tenancy ref | tenancy reference | tenancy number
                | customer id | national insurance number | nino | cms id | identifier
                | unique identifier | person identifier | case id | id number | system id
                | unique id | holder id | case number | id""",
            ),
        ),
        "subject_role": (
            "relationship of the person",
            listed(
                """relationship | relationship to child | relation | relation to child
                | relationship to subject | role in family | family role | subject role
                | person role | person type | client type | role of person | nominal role
                | involvement | relationship to index child""",
            ),
        ),
        "age": (
            "age",
            listed(
                """age | age of child | child's age | age at event | age at contact
                | age at incident | age (years) | age in years | age at time | current age
                | age of pupil | age/gestation | gestation | age at date of event""",
            ),
        ),
        "gender": ("sex or gender", listed("gender | sex | m/f | gender current | male/female")),
        "agency": (
            "agency",
            listed(
                """agency | agency name | agency type | name of agency | sector
                | partner agency | reporting agency | agency/service | contributing agency
                | agency involved | agency reporting | agency/organisation
                | originating agency | which agency | recording agency | lead agency
                | asiantaeth""",
            ),
        ),
        "organisation": (
            "organisation",
            listed(
                """organisation | organisation name | name of organisation | organization
                | service | service name | service/team | team | team name | department
                | dept | trust | provider | provider name | practice | practice name
                | school | school name | establishment | establishment name | setting
                | setting name | unit | ward/team | source of information | source agency
                | source organisation | source (agency) | source/agency | agency source
                | source service | force | force name | station | division
                | local authority | la | council | surgery | hospital | trust/provider
                | care provider | responsible team | allocated team | owning team | origin
                | contributor | information from | information source
                | recording organisation | service provider | who reported | org
                | org name | org unit | business unit | directorate | registered practice
                | source""",
            ),
        ),
        "system": (
            "record system",
            listed(
                """system | source system | record system | recording system | it system
                | database | system name | case management system | record held on
                | recorded in system | extracted from | origin system""",
            ),
        ),
        "source": (
            "source of information",
            listed(
                """source | source of information | source/evidence | evidence source
                | evidence | document ref | document reference
                | witness or document reference
                | witness or document reference (where applicable) | page | page no
                | page number | source document | document | source doc | source of record
                | source/document | file reference/page | where recorded | record source
                | source quote | exhibit | bundle page | bundle ref | bundle reference
                | bundle page no | evidence ref | reference document | records checked
                | source file | origin of information | how known | informant
                | reported by (relationship) | information received from | referral source
                | contact source | source of referral | source of contact""",
            ),
        ),
        "professional": (
            "worker",
            listed(
                """professional | professional name | professional involved | professionals
                | worker | worker name | allocated worker | case worker | caseworker
                | key worker | keyworker | social worker | sw | staff | staff name
                | staff member | member of staff | name of staff | staff involved
                | practitioner | practitioner name | practitioner(s) | clinician
                | clinician name | hcp | health care professional
                | healthcare professional | health professional | doctor | gp | nurse
                | midwife | health visitor | consultant | seen by | recorded by
                | record by | entered by | entry by | added by | created by | logged by
                | input by | inputted by | written by | completed by | reported by
                | author | author name | authored by | made by | typed by | raised by
                | submitted by | print name | print name and signature
                | name and signature | signature | signed | signed by
                | name of professional | name of worker | name of practitioner
                | name/role of professional | name and designation | name and job title
                | name and role | name & role | officer | officer name | reporting officer
                | officer in case | officer in the case | oic | attending officer
                | attending | attended by | officers attending | investigating officer
                | officer dealing | dealt with by | handled by | taken by | call taken by
                | user | user name | username | updated by | operator | call handler
                | owner | case owner | responsible officer | responsible clinician
                | named worker | lead professional | lead practitioner | teacher
                | class teacher | tutor | dsl | designated safeguarding lead
                | conducted by | visit by | visited by | visiting worker | contact by
                | contacted by | spoke to (professional) | performed by | provider of care
                | carried out by | who recorded | whom recorded | source professional
                | professional/source | witness | housing officer | probation officer
                | offender manager | support worker | family worker | foster carer | carer
                | crew | attending crew | staff initials | initials | by | by whom
                | source | who | name | name(s) | person completing | person recording
                | person making entry | informant/worker | hv | gweithiwr""",
            ),
        ),
        "professional_role": (
            "worker's role",
            listed(
                """job title | role | designation | professional role | role of professional
                | worker role | staff role | post | post title | position | title/role
                | grade | rank | profession | discipline | specialty | staff group
                | job role | role/designation | recorder role | author role
                | clinician role | staff type""",
            ),
        ),
        "event_type": (
            "type of event",
            listed(
                """type | contact | incident | action type | type of event | event type
                | event | type of contact | contact type | nature of contact | category
                | categories | event category | category of event | category of concern
                | type of concern | concern type | nature of concern | nature of event
                | nature of incident | nature of entry | incident type | type of incident
                | incident category | incident classification | classification | class
                | occurrence type | type of occurrence | crime type | offence
                | offence type | offence description | code | code description
                | closing code | opening code | incident code | event code | activity
                | activity type | type of activity | type of visit | visit type
                | encounter | encounter type | consultation type | consultation mode
                | type of consultation | appointment type | type of appointment
                | attendance type | record type | type of record | note type
                | type of note | case note type | casenote type | entry type
                | type of entry | contact reason | reason for contact
                | reason for attendance | reason | reason for visit
                | presenting complaint type | contact method | method of contact | mode
                | mode of contact | mode of communication | communication type
                | interaction type | session type | service type | log type
                | behaviour type | alert type | concern | heading | label | tag
                | event name | event title | process | episode type | form type
                | document type | type of meeting | meeting type | type of call
                | call type | kind | kind of event | contact category | topic | theme
                | issue type | report type | read term | rubric | snomed term
                | coded entry | term | problem | transaction type | referral type
                | key event | event group""",
            ),
        ),
        "event_subtype": (
            "sub-type of event",
            listed(
                """sub type | subtype | sub-type | event subtype | sub category | subcategory
                | sub-categories | secondary category | sub category of concern
                | incident subtype | type 2 | category 2 | crime class | qualifier
                | qualifiers | final code | final classification | detailed type""",
            ),
        ),
        "title": (
            "title",
            listed(
                """title | subject line | subject of note | note title | case note title
                | headline | short description | brief description | subject heading
                | event headline | title of note | summary title | case note subject
                | subject | short title | one line summary""",
            ),
        ),
        "narrative": (
            "what happened",
            listed(
                """narrative | description | description of event | event description
                | description of incident | incident description | describe the incident
                | details | detail | event detail | event details | event-detail
                | details of event | details of contact | contact details of event
                | details of concern | details of concerns or contact
                | details of incident | incident details | concern details
                | details of visit | what happened | what was said | what was seen
                | incident | significant event | significant events
                | significant event / contact | significant event/contact
                | significant information | event | events | key event | key events
                | entry | information | information/details of concerns or contact | info
                | sequence of events | summary | event summary | summary of event
                | summary of contact | summary of concern | summary of incident
                | incident summary | brief summary | summary of events | circumstances
                | notes | note | note text | note content | note body | case note
                | case notes | casenote | casenotes | case recording | case record
                | recording | progress note | progress notes | clinical notes
                | clinical note | clinical narrative | consultation text
                | consultation notes | consultation | free text | freetext | text
                | full text | body | content | contents | comments | comment | remarks
                | observation | observations | account | factual account
                | account of event | log | log text | log entry | diary | diary entry
                | daily log | daily record | record | record of contact | record of event
                | record of visit | contact | contact record | contact notes
                | contact details | contact summary | mo | modus operandi | mo / log text
                | oel | oel / summary | oel summary | incident text | concern | concerns
                | concern text | nature of concern details | nature and details | facts
                | fact text | factual summary | facts of the case | description of concern
                | report | report text | report details | message | call details
                | call notes | visit notes | visit details | meeting notes | discussion
                | minutes | history | presenting complaint | presenting problem
                | clinical details | findings | examination | story | conversation
                | description of contact | reason and details | key information
                | information shared | entry details | entry text | event text
                | event notes | narrative of event | enquiry log | event/contact | what
                | update | digwyddiad | manylion | disgrifiad""",
            ),
        ),
        "response": (
            "response of the agency",
            listed(
                """response | agency response | response of agency | response by agency
                | service response | our response | response to event | immediate response
                | intervention | interventions | decision | decisions | decision made
                | action taken to mitigate adverse impact on child | rationale
                | management oversight | management decision | manager's decision | advice
                | advice given""",
            ),
        ),
        "outcome": (
            "outcome or action",
            listed(
                """outcome | outcomes | outcome of contact | outcome of event | event outcome
                | contact outcome | visit outcome | incident outcome | outcome / action
                | outcome/action | outcome and action | action/outcome | actions/outcome
                | action taken / outcome | action taken and outcome | outcome or response
                | response / outcome | response/outcome | response/decision/outcome
                | decision/outcome | decision / next steps | result | results
                | resulted in | end result | disposal | finalisation | conclusion | action
                | actions | action taken | actions taken | what we did | what did you do
                | what was done | follow up | follow-up | follow up action
                | follow-up action | followup | follow up actions | next steps | next step
                | plan | action plan | plan/outcome | management plan | actions agreed
                | agreed actions | further action | further actions | actions required
                | action required | disposition | discharge status | case outcome
                | closing summary | closure | closure reason | reason for closure
                | resolution | steps taken | safety plan | recommendation
                | recommendations | referred to | onward referral | last outcome category
                | treatment | treatment given | canlyniad | action to be taken
                | what happened next""",
            ),
        ),
        "location": (
            "place",
            listed(
                """location | place | venue | address | where | where did it happen
                | location of event | event location | incident location
                | location of incident | place of event | place of contact
                | contact location | location of contact | visit location | location type
                | incident address | address of incident | site | site name | clinic
                | clinic name | clinic location | setting of contact | room
                | place of offence | scene | scene address | locus | locality | premises
                | where seen | seen at | place seen | postcode | post code
                | address line 1 | town | home address | consultation location
                | attendance location | where it happened | meeting venue | venue/location
                | lleoliad""",
            ),
        ),
        "people": (
            "others present or named",
            listed(
                """people | people present | people involved | persons involved
                | persons present | others present | other people | others involved
                | other persons | also present | present | who was present
                | who was involved | who was there | who was involved/seen | in attendance
                | attendees | attended by | attending | participants | those present
                | persons seen | people seen | who was seen | seen | nominals
                | linked nominals | associated nominals | linked people | linked persons
                | linked students | linked pupils | linked children | associated persons
                | associates | involved parties | parties | parties involved | witnesses
                | victim | victims | suspect | suspects | perpetrator
                | alleged perpetrator | accused | aggrieved | injured party
                | informant name | caller | caller name | mother | father | mother's name
                | father's name | parent | parents | parent/carer | parents/carers
                | carers | siblings | sibling | household | household members
                | next of kin | accompanied by | brought by | relatives | other children
                | other children involved | contact with | contacted | spoke to
                | spoken to | characters | role players | who | persons linked
                | other parties | family present | relevant persons | significant others
                | persons of note | other pupils involved | ip""",
            ),
        ),
        "reference": (
            "reference",
            listed(
                """ref | case | pcr no | ref no | ref. | reference | reference number
                | reference no | event ref | event id | event reference | event number
                | case ref | case reference | case number | case no | record id
                | record number | record no | record ref | incident number | incident no
                | incident no. | incident id | incident ref | incident reference | log no
                | log number | log ref | cad | cad no | cad number | cad ref | storm ref
                | storm number | occurrence number | occurrence no | occurrence ref
                | occurrence id | crime number | crime no | crime ref | crime reference
                | crime id | niche ref | niche number | niche occurrence number
                | athena id | athena reference | investigation number | investigation id
                | urn | unique reference | unique reference number | ppn number | ppn ref
                | merlin ref | merlin number | note id | case note id | casenote id
                | document id | entry id | entry number | contact id | encounter id
                | referral id | activity id | consultation id | concern id
                | concern number | transaction id | tracking number | row id | uid | guid
                | complaint ref | asb ref | call number | call ref | job number | job no
                | form id | chronology ref""",
            ),
        ),
        "child_seen": (
            "child seen (yes or no)",
            listed(
                """child seen | was child seen | was the child seen | was the child seen?
                | child seen? | child seen y/n | children seen | pupil seen | seen flag
                | child seen (y/n) | child seen during visit | was the young person seen
                | yp seen | child present | child sighted | child seen/spoken to
                | baby seen | patient seen""",
            ),
        ),
        "child_alone": (
            "child seen alone (yes or no)",
            listed(
                """seen alone | child seen alone | was child seen alone
                | was the child seen alone | was the child seen alone? | seen alone flag
                | child seen alone? | alone | spoken to alone | child spoken to alone
                | seen alone y/n | seen on own | seen on their own | seen without parents
                | yp seen alone""",
            ),
        ),
        "child_voice": (
            "voice of the child",
            listed(
                """voice of the child | child's voice | childs voice | child voice
                | voice of child | voice | child's views | child's view
                | views of the child | views of child | child's wishes and feelings
                | wishes and feelings | wishes & feelings | child's words
                | child's own words | what the child said | what child said
                | child's account | pupil's account | pupil account | pupil voice
                | child's experience | child's lived experience | lived experience
                | daily lived experience | young person's views | presentation of child
                | child's presentation | voice of the child / child's presentation
                | child's comments""",
            ),
        ),
        "analysis": (
            "analysis or comment",
            listed(
                """analysis | significance | impact | impact on child | impact on the child
                | impact/significance | impact (either positive or negative)
                | significance of event | safeguarding significance | author's comment
                | author's comments | authors comments | author comment | reviewer comment
                | reviewer's comment | comment | comments | analysis/comment
                | comment/analysis | analysis of practice | practice analysis
                | panel comment | panel comments | critical analysis
                | professional opinion | opinion | professional judgement | learning
                | learning point | lessons | good practice | missed opportunity
                | good practice / missed opportunity | review | reflection | hypothesis
                | so what | so what? | risk analysis | risk assessment | risk level
                | risk rating | risk grade | risk | rag | rag rating | rag status
                | severity | why is this significant | relevance | expected practice
                | observations of author | evaluation | protective factors | strengths
                | imr author comment""",
            ),
        ),
        "row_number": (
            "row number",
            listed(
                """no | no. | number | # | serial number | serial no | serial | seq
                | sequence | seq no | sequence number | item | item no | item number
                | line | line no | row | row no | row number | s/n | sn | entry no | order
                | rhif""",
            ),
        ),
    }
)

#: Fields that one column of a table can fill; the others take every column that fits.
SINGLE = frozenset(
    """occurred occurred_time occurred_end occurred_end_time occurred_day occurred_month
    occurred_year recorded recorded_time known known_time shared agency organisation system
    subject subject_forename subject_surname subject_born subject_id subject_role age gender
    professional professional_role event_type event_subtype title narrative child_seen child_alone
    reference row_number""".split()
)
#: Fields whose cells are dates.
DATES = ("occurred", "occurred_end", "recorded", "known", "shared", "subject_born")
#: The clock that belongs to a date.
CLOCKS = MappingProxyType(
    {
        "occurred": "occurred_time",
        "occurred_end": "occurred_end_time",
        "recorded": "recorded_time",
        "known": "known_time",
    }
)
#: Words of a record: a row that has any of these tells something.
TELLING = (
    "narrative",
    "title",
    "response",
    "outcome",
    "event_type",
    "event_subtype",
    "analysis",
    "child_voice",
)


def label(field: str) -> str:
    """What a field is called in plain words; empty for no field."""
    return FIELDS[field][0] if field else ""


def field_called(words: str) -> str:
    """The field a person means by its plain name or its code; empty when there is none."""
    said = " ".join(words.casefold().split())
    for field, (plain, _) in FIELDS.items():
        if said in (plain, field):
            return field
    return ""

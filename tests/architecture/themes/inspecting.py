"""督促检查 at every state: plans, inspections open and covert, schemes, members."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from supervision.lifecycles import inspecting as lifecycles
from supervision.models import (
    Inspection,
    InspectionObject,
    InspectionTask,
    Member,
    Plan,
    PlanItem,
    Scheme,
    Worksheet,
)
from supervision.operations import inspections, members, plans, schemes
from supervision.verbs import inspecting as verbs
from tests.architecture import theme as themes
from tests.architecture.theme import Theme, always
from tests.architecture.violations import again, change, first
from tests.factories import deeds_inspecting as deeds
from tests.factories import supervision_inspecting as make
from tests.factories import tasks as of_tasks
from tests.factories.tasks import Cast

APART = {"overlap_reason": "分别核查不同点位"}


def stage(who: Cast) -> dict[str, list[Any]]:
    """Return every noun at every state, by noun."""
    crew, task = make.team(who), of_tasks.active(who)
    made = {"plan": all_plans(who), "inspection": all_inspections(who, crew, task)}
    return made | {"scheme": all_schemes(who, crew), "member": all_members(who, crew)}


def whole(noun: str, thing: Any) -> Any:
    """Return the row as it is now, with what every actor asks of it."""
    rows = type(thing).objects.filter(pk=thing.pk).for_list()
    return rows.prefetch_related("members").get() if noun == "inspection" else rows.get()


def people(who: Cast) -> dict[str, Any]:
    """Add a member of the teams who is not their head."""
    return {"member": Member.objects.filter(role="member", state="standing").order_by("pk").first().user}


def all_plans(who: Cast) -> list[Any]:
    this_year = make.today().year
    draft, pending = (make.plan(who, approved=False, year=this_year + n) for n in (1, 2))
    return [draft, plans.submit(pending, by=who.supervisor), make.plan(who)]


def all_inspections(who: Cast, crew: make.Team, task: Any) -> list[Any]:
    planned = {"plan_item": PlanItem.objects.get(plan__state="approved"), "unplanned_reason": ""}
    inspections.link(make.draft(who), by=who.supervisor, tasks=[task])
    stages = (make.manned, make.pending, make.approved, make.running, make.reported, make.concluded, make.finished)
    made = [one(who, crew, **APART) for one in stages]
    made += [make.pending(who, crew, **APART, **planned), make.approved(who, crew, **APART, **planned)]
    made += [one(who, crew, covert=True, **APART) for one in (make.manned, make.approved, make.running, make.reported)]
    looking = make.running(who, crew, [task], **APART)
    disclosed = inspections.disclose(make.running(who, crew, covert=True, **APART), by=who.supervisor)
    gone = inspections.withdraw(make.approved(who, crew, **APART), by=who.supervisor, reason="不再需要")
    return [*made, looking, disclosed, gone]


def amended(who: Cast, crew: make.Team) -> Any:
    made = make.approved(who, crew, **APART)
    return schemes.amend(made, by=who.supervisor, **scheme_words(who, made))


def all_schemes(who: Cast, crew: make.Team) -> list[Any]:
    waits, wins, fails = (amended(who, crew) for _ in "123")
    schemes.approve(wins, by=who.chief)
    schemes.send_back(fails, by=who.chief, comment="不必")
    old = Scheme.objects.get(inspection=wins.inspection_id, version_no=1)
    return [make.draft(who).schemes.get(), waits, wins, fails, old]


def all_members(who: Cast, crew: make.Team) -> list[Any]:
    made = make.running(who, crew, **APART)
    standing, declared = made.members.get(role="head"), made.members.get(role="member")
    members.declare(declared, by=crew.member, ground="亲属在该局")
    other = make.running(who, crew, **APART)
    recused, left = other.members.get(role="head"), other.members.get(role="member")
    members.recuse(recused, by=who.supervisor, ground="亲属在该局")
    members.leave(left, by=who.supervisor, reason="换人")
    return [standing, declared, recused, left]


def scheme_words(who: Cast, thing: Any) -> dict[str, Any]:
    return {
        "reason": "增加点位", "objects": [who.water], "starts_on": thing.starts_on, "ends_on": thing.ends_on,
        "content": "进度", "scope": "16处",
    }  # fmt: skip


def member_words(who: Cast, thing: Any) -> dict[str, Any]:
    expert = make.make.person("inspector", who.office)
    return {"user": expert, "trained_on": make.today(), "pledged_on": make.today(), "body": "学会"}


def sheet_words(who: Cast, thing: Any) -> dict[str, Any]:
    return {
        "department": who.water, "checked_at": timezone.now(), "place": "人民路", "fact": "未通电", "result": "fails",
        "standard": "通电",
    }  # fmt: skip


SAID = {
    "plan.add_item": lambda who, thing: {"topic": "新事项", "targets": "各局", "month_from": 1, "month_to": 2},
    "plan.drop_item": lambda who, thing: {"item": thing.items.first()},
    "plan.send_back": lambda who, thing: {"reason": "压减"},
    "inspection.edit": lambda who, thing: make.words(who, **APART),
    "inspection.link": lambda who, thing: {"tasks": []},
    "inspection.unlink": lambda who, thing: {"tasks": []},
    "inspection.add_member": member_words,
    "inspection.prove": lambda who, thing: {"file": themes.PROOFS[0]()},
    "inspection.send_back": lambda who, thing: {"reason": "补充依据"},
    "inspection.amend": scheme_words,
    "inspection.note": sheet_words,
    "inspection.report": lambda who, thing: {"report": "属实"},
    "inspection.withdraw": lambda who, thing: {"reason": "不再需要"},
    "inspection.find": lambda who, thing: {
        "department": who.water,
        "fact": "泵站未通电",
        "basis": "实施方案",
        "severity": "serious",
        "cause": "capacity",
    },
    "inspection.draft": lambda who, thing: {"department": who.water, "process": "依据", "appraisal": "评价"},
    "scheme.send_back": lambda who, thing: {"comment": "不必"},
    "member.declare": lambda who, thing: {"ground": "亲属"},
    "member.recuse": lambda who, thing: {"ground": "亲属"},
    "member.keep": lambda who, thing: {"reason": "不构成"},
    "member.leave": lambda who, thing: {"reason": "换人"},
}

OFFICE = {"supervisor", "colleague"}
LEADERS = {"leader", "chief"}
TEAM = {"inspector", "member"}

MAY: dict[str, set[str]] = {
    "plan.add_item": OFFICE, "plan.drop_item": OFFICE, "plan.submit": OFFICE, "plan.approve": LEADERS,
    "plan.send_back": LEADERS,
    "inspection.edit": OFFICE, "inspection.link": OFFICE, "inspection.unlink": OFFICE, "inspection.submit": OFFICE,
    "inspection.add_member": OFFICE | LEADERS, "inspection.prove": OFFICE | TEAM, "inspection.approve": LEADERS,
    "inspection.send_back": LEADERS, "inspection.amend": OFFICE, "inspection.start": OFFICE | {"inspector"},
    "inspection.note": TEAM, "inspection.report": {"inspector"}, "inspection.conclude": OFFICE,
    "inspection.find": OFFICE | TEAM, "inspection.draft": OFFICE, "inspection.finish": OFFICE,
    "inspection.withdraw": OFFICE | {"chief"},
    # Of a covert visit the colleague of the same office knows nothing.
    "inspection.disclose": {"supervisor", "chief"},
    "scheme.approve": {"chief"}, "scheme.send_back": {"chief"},
    "member.declare": {"inspector"}, "member.recuse": OFFICE, "member.keep": OFFICE, "member.leave": OFFICE,
}  # fmt: skip

RULES = {
    "inspection.amend": {"scheme.pending"},
    "inspection.conclude": {"inspection.sealed"},
    "inspection.report": {"report.no_worksheet", "report.unchecked"},
    "inspection.start": {"inspection.no_head"},
}

SOON = timedelta(days=1)
NOW = timezone.now()
OPEN = {"covert": False, "state": "approved"}
COVERT = {"covert": True, "disclosed_at": None, "state": "running"}

VIOLATIONS = {
    "plan_state_is_known": change(Plan, state="flying"),
    "plan_one_an_office_and_year": again(Plan),
    "plan_year_is_plausible": change(Plan, year=1999),
    "plan_approved_iff_approved_at": change(Plan, {"state": "approved"}, approved_at=None, approved_by=None),
    "plan_item_kind_is_known": change(PlanItem, kind="flying"),
    "plan_item_months_are_in_order": change(PlanItem, month_from=12, month_to=1),
    "inspection_state_is_known": change(Inspection, state="flying"),
    "inspection_kind_is_known": change(Inspection, kind="flying"),
    "inspection_subject_is_known": change(Inspection, subject_kind="flying"),
    "inspection_basis_is_known": change(Inspection, basis="flying"),
    "inspection_ends_after_start": change(Inspection, ends_on=lambda row: row.starts_on - SOON),
    "inspection_approved_at_and_by_together": change(Inspection, OPEN, approved_by=None),
    "inspection_reported_at_and_by_together": change(Inspection, {"state": "reported"}, reported_by=None),
    "inspection_under_way_is_approved": change(Inspection, COVERT, approved_at=None, approved_by=None),
    "inspection_open_and_approved_has_number": change(Inspection, OPEN, number=None),
    "inspection_covert_has_number_once_disclosed": change(Inspection, COVERT, number="督暗〔2026〕9号"),
    "inspection_only_covert_is_disclosed": change(Inspection, OPEN, disclosed_at=NOW),
    "inspection_designation_ends_after_start": change(
        Inspection, OPEN, designated_from=date(2026, 2, 1), designated_until=date(2026, 1, 1)
    ),
    "Inspection.number": change(Inspection, OPEN, number=lambda row: last_open().number),
    "Inspection.code": change(Inspection, OPEN, code=lambda row: last_open().code),
    "inspection_object_once": again(InspectionObject),
    "inspection_task_once": again(InspectionTask),
    "scheme_state_is_known": change(Scheme, state="flying"),
    "scheme_version_once": again(Scheme, {"state": "returned"}),
    "scheme_one_in_force": change(Scheme, {"state": "superseded"}, state="approved"),
    "scheme_one_pending": again(Scheme, {"state": "pending"}, version_no=99),
    "scheme_ends_after_start": change(Scheme, ends_on=lambda row: row.starts_on - SOON),
    "scheme_decided_at_and_by_together": change(Scheme, {"state": "approved"}, decided_by=None),
    "member_state_is_known": change(Member, {"state": "standing"}, state="flying"),
    "member_role_is_known": change(Member, role="flying"),
    "member_external_is_known": change(Member, external="flying"),
    "member_one_head_an_inspection": change(Member, {"role": "member", "state": "standing"}, role="head"),
    "member_once_an_inspection": again(Member, {"role": "member", "state": "standing"}),
    "member_declared_gives_ground": change(Member, {"state": "declared"}, ground=""),
    "member_decided_at_and_by_together": change(Member, {"state": "recused"}, decided_by=None),
    "member_left_iff_left_at": change(Member, {"state": "left"}, left_at=None),
    "worksheet_result_is_known": lambda house: sheet(result="flying"),
    "worksheet_is_corrected_once": lambda house: [sheet(corrects_id=first(Worksheet).pk) for _ in "12"],
}


def last_open() -> Any:
    return Inspection.objects.filter(**OPEN).order_by("-pk").first()


def sheet(**values: Any) -> None:
    """Insert a worksheet like one that stands: none can be changed."""
    row = first(Worksheet)
    columns = {f.attname: getattr(row, f.attname) for f in Worksheet._meta.concrete_fields if not f.primary_key}
    Worksheet.objects.bulk_create([Worksheet(**columns | values)])


def begun(inspection: Any, user: Any) -> bool:
    return bool(inspection.starts_on <= make.today())


def nothing_left(inspection: Any, user: Any) -> bool:
    return not any(finding.is_unsettled for finding in inspection.findings.all())


TURNS = {
    "plan": {"submit": always, "approve": always},
    "inspection": dict.fromkeys(("submit", "approve", "note", "report", "conclude"), always)
    | {"start": begun, "finish": nothing_left},
    "scheme": {"approve": always},
    "member": {"keep": always},
}


def ripen(house: Any) -> None:
    """Let an approved inspection begin tomorrow, while others have begun."""
    later = Inspection.objects.filter(state="approved", covert=False).first()
    Inspection.objects.filter(pk=later.pk).update(starts_on=make.today() + SOON, ends_on=make.today() + 9 * SOON)


THEME = Theme(
    name="inspecting",
    nouns=verbs.NOUNS,
    lifecycles=lifecycles.ALL,
    lone=(verbs.DRAFT_PLAN, verbs.REGISTER),
    stage=stage,
    whole=whole,
    people=people,
    said=SAID,
    may=MAY,
    outside=frozenset(
        {
            "helper", "helper_head", "stranger", "stranger_head", "below", "discipline", "auditor", "system_admin",
            "security_admin",
        }
    ),
    rules=RULES,
    taken_by_others=lifecycles.TAKEN_BY_OTHERS,
    kinds=20,
    rest=("plans", "inspections", "schemes", "members", "worksheets", "proofs"),
    deeds=deeds.DEEDS,
    moments=deeds.MOMENTS,
    violations=VIOLATIONS,
    turns=TURNS,
    parts={"inspection": {"scheme": "inspection", "member": "inspection"}},
    ripen=ripen,
)  # fmt: skip

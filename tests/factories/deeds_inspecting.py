"""Every verb of plans, inspections, schemes and members, as a deed that both doors are tried with."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from supervision.operations import inspections, members, schemes
from tasks.models import Task
from tests.factories import supervision_inspecting as make
from tests.factories import tasks as of_tasks
from tests.factories.deeds import REASON, Deed, Fields, saying, text_file
from tests.factories.tasks import Cast


def draft_plan(who: Cast) -> Any:
    """Return a plan that is not submitted; each of another year."""
    return make.plan(who, approved=False, year=2100 + make.Plan.objects.count())


def pending_plan(who: Cast) -> Any:
    """Return a plan that waits for a leader."""
    return make.plans.submit(draft_plan(who), by=who.supervisor)


def alone(stage: Any, **said: Any) -> Any:
    """Return a maker of inspections at a stage that need not fear to repeat each other."""
    return lambda who: stage(who, overlap_reason="分别核查不同点位", **said)


def beside_a_task(who: Cast) -> Any:
    """Return a draft beside a task of its object."""
    of_tasks.active(who)
    return make.draft(who)


def linked_draft(who: Cast) -> Any:
    """Return a draft that looks at a task."""
    return inspections.link(make.draft(who), by=who.supervisor, tasks=[of_tasks.active(who)])


def noted(who: Cast) -> Any:
    """Return an inspection with a worksheet."""
    made = alone(make.running)(who)
    make.sheet(made, who.inspector)
    return make.fresh(made)


def amended(who: Cast) -> Any:
    """Return a later version of a scheme that waits for the chief."""
    made = alone(make.approved)(who)
    return schemes.amend(
        made, by=who.supervisor, reason="增加点位", objects=[who.water, who.finance], starts_on=made.starts_on,
        ends_on=made.ends_on, content="进度与资金", scope="16处",
    )  # fmt: skip


def member(who: Cast) -> Any:
    """Return the standing head of a running team."""
    return alone(make.running)(who).members.get(role="head")


def declared(who: Cast) -> Any:
    """Return a member who says why he should stand aside."""
    return members.declare(member(who), by=who.inspector, ground="配偶在该局任职")


def words(who: Cast, thing: Any) -> Fields:
    """Return a whole draft as both doors take it."""
    said = make.words(who)
    units = [unit.pk for unit in said["objects"]]
    return said | {"objects": units, "starts_on": day(said["starts_on"]), "ends_on": day(said["ends_on"])}


def day(value: Any) -> str:
    """Return a day as both doors take it."""
    return str(value.isoformat())


def scheme_words(who: Cast, thing: Any) -> Fields:
    """Return the next version of a scheme."""
    said = words(who, thing)
    names = ("objects", "starts_on", "ends_on", "content", "scope")
    return {"reason": "增加点位"} | {name: said[name] for name in names}


def member_words(who: Cast, thing: Any) -> Fields:
    """Return an expert who joins."""
    return {
        "user": make.team(who).expert.pk, "role": "member", "body": "省水利学会", "external": "expert",
        "trained_on": day(make.today()), "pledged_on": day(make.today()),
    }  # fmt: skip


def sheet_words(who: Cast, thing: Any) -> Fields:
    """Return a worksheet."""
    return {
        "department": who.water.pk, "checked_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), "place": "人民路",
        "fact": "泵站未通电", "result": "fails", "standard": "通电运行",
    }  # fmt: skip


def item_words(who: Cast, thing: Any) -> Fields:
    """Return a planned inspection."""
    return {"topic": "营商环境", "kind": "special", "targets": "市直部门", "month_from": 3, "month_to": 5}


DEEDS = (
    Deed("plans", "add_item", draft_plan, "supervisor", "", item_words),
    Deed("plans", "drop_item", draft_plan, "supervisor", "draft", lambda w, t: {"item": t.items.first().pk}),
    Deed("plans", "submit", draft_plan, "supervisor", "pending"),
    Deed("plans", "approve", pending_plan, "leader", "approved", saying(comment="同意")),
    Deed("plans", "send_back", pending_plan, "leader", "draft", REASON),
    Deed("inspections", "edit", make.draft, "supervisor", "draft", words),
    Deed(
        "inspections", "link", beside_a_task, "supervisor", "draft",
        lambda who, thing: {"tasks": [Task.objects.latest("pk").pk]},
    ),
    Deed(
        "inspections", "unlink", linked_draft, "supervisor", "draft",
        lambda who, thing: {"tasks": list(thing.links.values_list("task", flat=True))},
    ),
    Deed("inspections", "add_member", make.draft, "supervisor", "", member_words),
    Deed("inspections", "prove", make.draft, "supervisor", "", lambda who, thing: {"file": text_file()}, files=True),
    Deed("inspections", "submit", alone(make.manned), "supervisor", "pending"),
    Deed("inspections", "approve", alone(make.pending), "chief", "approved", saying(comment="同意")),
    Deed("inspections", "send_back", alone(make.pending), "chief", "draft", REASON),
    Deed("inspections", "amend", alone(make.approved), "supervisor", "", scheme_words),
    Deed("inspections", "start", alone(make.approved), "supervisor", "running"),
    Deed("inspections", "note", alone(make.running), "inspector", "", sheet_words),
    Deed("inspections", "report", noted, "inspector", "reported", saying(report="抽查12处，3处未通电。")),
    Deed("inspections", "disclose", alone(make.running, covert=True), "supervisor", "running", saying(note="已查实")),
    Deed("inspections", "conclude", alone(make.reported), "supervisor", "concluded"),
    Deed("inspections", "finish", alone(make.concluded), "supervisor", "finished"),
    Deed("inspections", "withdraw", alone(make.approved), "supervisor", "withdrawn", REASON),
    Deed("schemes", "approve", amended, "chief", "approved", saying(comment="同意")),
    Deed("schemes", "send_back", amended, "chief", "returned", saying(comment="不必增加")),
    Deed("members", "declare", member, "inspector", "declared", saying(ground="配偶在该局任职")),
    Deed("members", "recuse", declared, "supervisor", "recused", saying(ground="配偶在该局任职")),
    Deed("members", "keep", declared, "supervisor", "standing", REASON),
    Deed("members", "leave", member, "supervisor", "left", REASON),
)  # fmt: skip

MOMENTS = {
    "plans": (draft_plan, pending_plan),
    "inspections": (make.draft, alone(make.approved)),
    "schemes": (lambda who: schemes.send_back(amended(who), by=who.chief, comment="不必"),),
    "members": (lambda who: members.leave(member(who), by=who.supervisor, reason="换人"), declared),
}

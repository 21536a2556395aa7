"""Findings, rectifications, conclusions and reviews at every stage, in the house of ``tests.factories.tasks``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from organization.models import User
from organization.states import Rank, Role
from supervision.models import Conclusion, Finding, Inspection, Rectification, Review
from supervision.operations import (
    conclusions,
    deferrals,
    findings,
    inspections,
    rectifications,
    reviews,
    worksheets,
)
from tests.factories import organization as make
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks
from tests.factories.supervision_inspecting import fresh
from tests.factories.tasks import Cast


def inspected(who: Cast, **said: Any) -> Inspection:
    """Return an inspection of the water bureau under way, with one of its tasks linked and one file that proves."""
    crew, said = said.pop("crew", None), {"overlap_reason": "汛期专项，与年度督查目的不同"} | said
    linked = said.pop("tasks", None)
    made = inspecting.running(who, crew, tasks=[tasks.active(who)] if linked is None else linked, **said)
    return proven(made)


def proven(inspection: Inspection) -> Inspection:
    """Add a file to a running inspection."""
    worksheets.prove(fresh(inspection), by=inspecting.head_of(inspection), file=tasks.upload("现场照片说明.txt"))
    made: Inspection = fresh(inspection)
    return made


def words(inspection: Inspection, **said: Any) -> dict[str, Any]:
    """Return what is said of a problem at the first object."""
    link = inspection.links.first()
    return {
        "department": inspection.targets.first().department,
        "fact": "人民路下穿通道泵站未通电，台账却填写“已完成”",
        "basis": "《城市内涝治理实施方案》第三条：6月底前泵站投入运行",
        "severity": "serious",
        "cause": "capacity",
        "task": link.task if link else None,
        "proofs": list(inspection.proofs.all()),
    } | said


def draft(who: Cast, of: Inspection | None = None, **said: Any) -> Finding:
    """Return a finding that its unit has not heard of."""
    inspection = of or inspected(who)
    return findings.find(inspection, by=inspecting.head_of(inspection), **words(inspection, **said))


def issued(who: Cast, of: Inspection | None = None, **said: Any) -> Finding:
    """Return a finding that waits for its unit's answer."""
    return findings.issue(draft(who, of, **said), by=who.supervisor)


def disputed(who: Cast, of: Inspection | None = None, **said: Any) -> Finding:
    """Return a finding to which its unit objects."""
    return findings.object_(issued(who, of, **said), by=who.unit_head, reason="泵站已于昨日通电，附运行记录")


def accepted(who: Cast, of: Inspection | None = None, **said: Any) -> Finding:
    """Return a finding that its unit accepts."""
    return findings.accept(issued(who, of, **said), by=who.unit_head)


def ordered(who: Cast, of: Inspection | None = None, finding: Finding | None = None, **said: Any) -> Rectification:
    """Return an item for which the unit has no measures yet: ten working days."""
    fields = {"requirement": "泵站通电并连续试运行72小时", "verifier": who.colleague, "limit_value": 10} | said
    return rectifications.order(finding or accepted(who, of), by=who.supervisor, **fields)


def planned(who: Cast, of: Inspection | None = None, **said: Any) -> Rectification:
    """Return an item that its unit works at."""
    return rectifications.plan(
        ordered(who, of, **said), by=who.handler, measures="架设专线，更换水泵", responsible="排水处长"
    )


def asking(who: Cast, of: Inspection | None = None, **said: Any) -> Rectification:
    """Return an item for which its unit asks another thirty days."""
    item = planned(who, of, **said)
    until = item.due_on + timedelta(days=30)
    return deferrals.ask(item, by=who.unit_head, reason="变压器到货延迟", progress="专线已架设", until=until)


def claimed(who: Cast, of: Inspection | None = None, **said: Any) -> Rectification:
    """Return an item that its unit calls done."""
    return rectifications.claim(planned(who, of, **said), by=who.unit_head, done="已通电并试运行72小时")


def verified(who: Cast, of: Inspection | None = None, result: str = "done", **said: Any) -> Rectification:
    """Return an item after its check; another five working days where it is not done."""
    limit = {} if result == "done" else {"limit_value": 5}
    item = claimed(who, of, **said)
    return rectifications.verify(item, by=who.colleague, result=result, opinion="现场核查", **limit)


def settled(who: Cast, of: Inspection | None = None, **said: Any) -> Finding:
    """Return a finding that is put right."""
    found: Finding = fresh(verified(who, of, **said).finding)
    return found


def dropped(who: Cast, of: Inspection | None = None) -> Finding:
    """Return a finding that was dropped on its unit's objection."""
    return findings.drop(disputed(who, of), by=judge(who), reason="异议成立")


def waived(who: Cast, of: Inspection | None = None) -> Finding:
    """Return a finding that was closed without being put right."""
    return findings.waive(accepted(who, of), by=who.leader, reason="泵站列入拆除计划")


def judge(who: Cast) -> User:
    """Return a leader who took no part: the secretary-general."""
    found = User.objects.filter(name="秘书长").first()
    return found or make.person(Role.LEADER, who.government, "秘书长", rank=Rank.SECRETARY)


def recheck(who: Cast, finding: Finding, crew: inspecting.Team | None = None) -> Inspection:
    """Return a re-check of a settled finding that has begun."""
    from supervision.operations import rechecks

    made = rechecks.arrange(
        fresh(finding), by=who.supervisor, starts_on=inspecting.today(),
        ends_on=inspecting.today() + timedelta(days=5), basis_text="市政府领导要求开展回头看",
    )  # fmt: skip
    crew = crew or inspecting.team(who)
    inspecting.join(who, made, crew.head, "head")
    inspecting.join(who, made, crew.member)
    made = inspections.submit(fresh(made), by=who.supervisor)
    return inspections.start(inspections.approve(made, by=who.chief), by=who.supervisor)


# ------------------------------------------------------------------------------------------------ conclusions


def reported(inspection: Inspection) -> Inspection:
    """Let the head of the team file the report."""
    head = inspecting.head_of(inspection)
    for link in inspection.links.all():
        inspecting.sheet(inspection, head, task=link.task)
    if not inspection.links.exists():
        inspecting.sheet(inspection, head)
    return inspections.report(fresh(inspection), by=head, report="抽查12处，1处未通电。")


def concluding(who: Cast, of: Inspection | None = None, **said: Any) -> Conclusion:
    """Return a drafted conclusion on one accepted finding."""
    inspection = of or inspected(who, **said)
    if not inspection.findings.exists():
        accepted(who, inspection)
    inspection = reported(inspection) if fresh(inspection).state == "running" else fresh(inspection)
    return conclusions.draft(
        inspection, by=who.supervisor, department=who.water, process="依据市政府常务会议决定，实地核查12处。",
        appraisal="整治总体按计划推进，个别泵站弄虚作假。", requirement="立行立改，举一反三。",
    )  # fmt: skip


def submitted(who: Cast, of: Inspection | None = None, **said: Any) -> Conclusion:
    """Return a conclusion that waits for a leader."""
    return conclusions.submit(concluding(who, of, **said), by=who.supervisor)


def concluded(who: Cast, of: Inspection | None = None, **said: Any) -> Conclusion:
    """Return a conclusion in force, of which the unit has not recorded the receipt."""
    return conclusions.approve(submitted(who, of, **said), by=who.chief)


def received(who: Cast, of: Inspection | None = None, on: date | None = None, **said: Any) -> Conclusion:
    """Return a conclusion that the unit has received."""
    made = concluded(who, of, **said)
    return conclusions.receive(made, by=who.handler, received_on=on or timezone.localdate())


def asked(who: Cast, of: Conclusion | None = None) -> Review:
    """Return an application that nobody handles yet."""
    return reviews.ask(of or received(who), by=who.unit_head, reason="泵站停电系供电部门检修")


def assigned(who: Cast, of: Conclusion | None = None) -> Review:
    """Return a review in hand of the finance bureau's handler, who took no part."""
    return reviews.assign(asked(who, of), by=who.supervisor, handler=who.helper)


def proposed(who: Cast, of: Conclusion | None = None, decision: str = "upheld", **said: Any) -> Review:
    """Return a review on which an opinion waits for a leader."""
    said = {"grounds": "经核，停电确系检修", "changes": "不再认定弄虚作假" if decision == "changed" else ""} | said
    return reviews.propose(assigned(who, of), by=who.helper, decision=decision, **said)


def decided(who: Cast, of: Conclusion | None = None, decision: str = "upheld", **said: Any) -> Review:
    """Return a decided review."""
    return reviews.approve(proposed(who, of, decision, **said), by=who.leader)

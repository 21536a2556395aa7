"""Proposals of accountability, clues, praise and cases at every stage."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from organization.models import User
from organization.operations import posts
from organization.states import Role
from supervision.models import Accountability, Case, Clue, Commendation, Statement
from supervision.operations import accountability as proposals
from supervision.operations import cases, clues, commendations, statements
from supervision.states.answering import Direction, Ground
from tests.factories import organization
from tests.factories import tasks as make
from tests.factories.tasks import Cast

FACTS = "三处易涝点至今未动工，却上报已完成。"


def grounds(holding: str = "") -> list[dict[str, str]]:
    """Return every ground with its answer; ``holding`` holds, the others do not."""
    return [
        {"ground": g.value, "holds": "yes" if g.value == holding else "no", "why": "经查阅会议记录核实"} for g in Ground
    ]


def organ(who: Cast) -> Any:
    """Return the discipline organ of the house."""
    return who.discipline.department


def words(who: Cast, **fields: Any) -> dict[str, Any]:
    """Return what a proposal about the water bureau says."""
    return {
        "subject": "organisation", "department": who.water, "title": "关于市水务局虚报进度的问责建议", "facts": FACTS,
        "basis": "《政府督查工作条例》第二十一条", "directions": [Direction.ORG_BULLETIN], "receiver": organ(who),
    } | fields  # fmt: skip


def about_a_cadre(who: Cast, person: User | None = None, **fields: Any) -> dict[str, Any]:
    """Return what a proposal about a cadre of the water bureau says."""
    return words(who, **{
        "subject": "cadre", "person": person, "person_name": "王某", "person_post": "副局长",
        "title": "关于王某履职不力的问责建议", "directions": [Direction.CADRE_ADMONITION],
    } | fields)  # fmt: skip


def proposal(who: Cast, **fields: Any) -> Accountability:
    """Return a draft."""
    return proposals.register(by=who.supervisor, **words(who, **fields))


def asked(who: Cast, **fields: Any) -> Statement:
    """Return the request for the object's words on a fresh draft."""
    return statements.ask(proposal(who, **fields), by=who.supervisor)


def heard(who: Cast, **fields: Any) -> Accountability:
    """Return a draft to which the object has spoken."""
    statement = statements.state(asked(who, **fields), by=who.unit_head, text="雨季无法施工，已排定计划。")
    return make.fresh(statement.accountability)


def complete(who: Cast, **fields: Any) -> Accountability:
    """Return a draft that lacks nothing."""
    made = proposals.assess(heard(who, **fields), by=who.supervisor, grounds=grounds(), opinion="不具备容错情形")
    proposals.prove(made, by=who.supervisor, file=make.upload("现场照片说明.txt"), note="三处现场")
    return make.fresh(made)


def pending(who: Cast, **fields: Any) -> Accountability:
    """Return a proposal that waits for the head of the government."""
    return proposals.submit(complete(who, **fields), by=who.supervisor)


def approved(who: Cast, **fields: Any) -> Accountability:
    """Return an approved proposal."""
    return proposals.approve(pending(who, **fields), by=who.chief)


def transferred(who: Cast, **fields: Any) -> Accountability:
    """Return a proposal in the hands of the discipline organ."""
    return proposals.transfer(approved(who, **fields), by=who.supervisor, contacts=[who.discipline])


def answered(who: Cast, **fields: Any) -> Accountability:
    """Return a proposal that was answered."""
    made = transferred(who, **fields)
    return proposals.answer(made, by=who.discipline, adoption="partly", reply="对主要责任人立案了解。")


def silent(who: Cast, **fields: Any) -> Statement:
    """Return a request to which the object said nothing in its time."""
    statement = asked(who, **fields)
    with later(20):
        return statements.decline(statement, by=who.supervisor, text="逾期未回复", file=make.upload("送达回证.txt"))


def later(days: int) -> time_machine.travel:
    """Stand some days after now."""
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=True)


# ------------------------------------------------------------------------------------------------ clues


def clue_words(who: Cast, **fields: Any) -> dict[str, Any]:
    """Return what a clue says."""
    return {
        "kind": "duty_violation", "department": who.water, "person_name": "李某", "person_post": "科长",
        "facts": "涉嫌在清淤工程中收受好处。", "source": "督查中发现", "receiver": organ(who),
        "informant": "赵敢言", "informant_contact": "13900000000",
    } | fields  # fmt: skip


def clue(who: Cast, **fields: Any) -> Clue:
    """Return a draft with a file."""
    made = clues.register(by=who.supervisor, **clue_words(who, **fields))
    clues.prove(made, by=who.supervisor, file=make.upload("谈话记录.txt"))
    return make.fresh(made)


def abandoned_clue(who: Cast, **fields: Any) -> Clue:
    """Return a draft with a file, whose drafter has left his post."""
    leaver = organization.person(Role.SUPERVISOR, who.office, f"离任督查员{Clue.objects.count()}")
    made = clues.register(by=leaver, **clue_words(who, **fields))
    clues.prove(made, by=leaver, file=make.upload("谈话记录.txt"))
    posts.end(leaver.post, by=None)
    return make.fresh(made)


def pending_clue(who: Cast, **fields: Any) -> Clue:
    """Return a clue that waits for the head of the government."""
    return clues.submit(clue(who, **fields), by=who.supervisor, approver=who.chief)


def approved_clue(who: Cast, **fields: Any) -> Clue:
    """Return an approved clue."""
    return clues.approve(pending_clue(who, **fields), by=who.chief)


def transferred_clue(who: Cast, **fields: Any) -> Clue:
    """Return a clue in the hands of the discipline organ."""
    return clues.transfer(approved_clue(who, **fields), by=who.supervisor, contacts=[who.discipline])


def answered_clue(who: Cast, **fields: Any) -> Clue:
    """Return a clue that was answered."""
    return clues.answer(transferred_clue(who, **fields), by=who.discipline, outcome="accepted", reply="已受理。")


# ------------------------------------------------------------------------------------------------ praise and cases


def praise_words(who: Cast, **fields: Any) -> dict[str, Any]:
    """Return what praise of the finance bureau says."""
    return {
        "form": "commendation", "department": who.finance, "title": "关于表扬市财政局的建议",
        "deed": "提前拨付全部整治资金。", "basis": "《政府督查工作条例》第二十一条",
    } | fields  # fmt: skip


def praise(who: Cast, **fields: Any) -> Commendation:
    """Return a draft with a file."""
    made = commendations.register(by=who.supervisor, **praise_words(who, **fields))
    commendations.prove(made, by=who.supervisor, file=make.upload("拨款凭证.txt"))
    return make.fresh(made)


def pending_praise(who: Cast, **fields: Any) -> Commendation:
    """Return praise that waits for the head of the government."""
    return commendations.submit(praise(who, **fields), by=who.supervisor)


def approved_praise(who: Cast, **fields: Any) -> Commendation:
    """Return approved praise."""
    return commendations.approve(pending_praise(who, **fields), by=who.chief)


def published_praise(who: Cast, **fields: Any) -> Commendation:
    """Return praise that everybody reads."""
    return commendations.publish(approved_praise(who, **fields), by=who.supervisor)


def in_a_year() -> date:
    """Return the day in a year."""
    return timezone.localdate() + timedelta(days=365)


def case_words(who: Cast, **fields: Any) -> dict[str, Any]:
    """Return what a case about the water bureau says."""
    return {
        "kind": "negative", "title": "市水务局纸面销号", "story": "市水务局对三处易涝点虚报完成。",
        "units": [who.water], "anonymised": True, "names": [{"name": "市水务局", "shown": "某局"}],
        "review_on": in_a_year(),
    } | fields  # fmt: skip


def case(who: Cast, **fields: Any) -> Case:
    """Return a draft."""
    return cases.register(by=who.supervisor, **case_words(who, **fields))


def pending_case(who: Cast, **fields: Any) -> Case:
    """Return a case that waits for a leader."""
    return cases.submit(case(who, **fields), by=who.supervisor)


def published_case(who: Cast, **fields: Any) -> Case:
    """Return a case that everybody reads."""
    return cases.approve(pending_case(who, **fields), by=who.chief)

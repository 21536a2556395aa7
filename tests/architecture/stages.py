"""Every noun of the room at every state, and what is said with every verb: the ground of the laws."""

import io
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from django.utils import timezone

from documents.uploads import Upload
from organization.states import Role
from tasks.models import Batch, Extension
from tasks.operations import assignments, blockers, closures, directives, extensions, reports, suspensions, tasks
from tests.factories import organization
from tests.factories import tasks as make
from tests.factories.tasks import Cast

WORDS = {"reason": "情况有变"}


@dataclass
class House:
    """A cast, the things it made, and its people as they come from the database."""

    who: Cast
    things: dict[str, list[Any]]
    people: dict[str, Any]


def house() -> House:
    """Return a house with every noun at every state."""
    who = make.cast()
    return House(who, everything(who), people(who))


def quick(upload: Upload) -> Callable[[], Upload]:
    """Return a maker of copies of a file that passed the gate once: the laws need not look through it each time."""
    content = upload.stream.read()
    told = {field.name: getattr(upload, field.name) for field in fields(upload)}
    return lambda: Upload(**told | {"stream": io.BytesIO(content)})


def everything(who: Cast) -> dict[str, list[Any]]:
    """Return every noun at every state, by noun."""
    found = {
        "directive": all_directives(who),
        "task": all_tasks(who) + lower_tasks(who),
        "assignment": all_shares(who),
        "report": all_reports(who),
        "extension": all_extensions(who),
        "suspension": all_suspensions(who),
        "blocker": all_blockers(who),
        "batch": all_batches(who),
    }
    return {noun: [whole(noun, thing) for thing in things] for noun, things in found.items()}


def whole(noun: str, thing: Any) -> Any:
    """Return the row as it is now, with what every actor asks of it, so that asking costs nothing."""
    rows = type(thing).objects.filter(pk=thing.pk)
    if noun == "task":
        return rows.for_page().get()
    rows = rows.for_list()
    return rows.get() if noun in ("directive", "batch") else rows.prefetch_related("task__assignments").get()


def people(who: Cast) -> dict[str, Any]:
    """Return the cast and the head of the department below, afresh, so that nothing is remembered."""
    chosen = who.everyone()
    chosen["below_head"] = organization.person(Role.UNIT_HEAD, who.river, "河道处长")
    return {name: type(person).objects.get(pk=person.pk) for name, person in chosen.items()}


def all_directives(who: Cast) -> list[Any]:
    draft = make.directive(who, approved=False)
    pending = directives.submit(make.directive(who, approved=False), by=who.supervisor)
    withdrawn = directives.withdraw(make.directive(who, approved=False), by=who.supervisor, reason="重复")
    return [draft, pending, make.directive(who), withdrawn]


def all_tasks(who: Cast) -> list[Any]:
    of = make.directive(who)
    declined = make.assigned(who, of=of)
    assignments.decline(make.share(declined, who.water), by=who.handler, reason="非职责")
    finished = make.active(who, of=of)
    assignments.finish(make.share(finished, who.finance), by=who.helper)
    suspended = make.active(who, of=of)
    suspensions.grant(paused(who, suspended), by=who.leader)
    stages = (make.draft, make.assigned, make.active, make.claimed, make.in_review, make.in_approval, make.closed)
    built = [stage(who, of=of) for stage in stages]
    ended = tasks.terminate(make.active(who, of=of), by=who.leader, reason="不再需要")
    return [*built, declined, finished, suspended, ended, tasks.drop(make.draft(who, of=of), by=who.supervisor)]


def lower_tasks(who: Cast) -> list[Any]:
    """Tasks that the water bureau gave to its own department."""
    of, head = make.directive(who), organization.person(Role.UNIT_HEAD, who.river, "河道处负责人")

    def child() -> Any:
        above = make.active(who, of=of, co_units=[])
        return tasks.split(above, by=who.handler, matter="清淤", lead=who.river, responsible="河道处")

    def signed() -> Any:
        task = child()
        assignments.sign(make.share(task, who.river), by=who.below)
        return make.fresh(task)

    declined = child()
    assignments.decline(make.share(declined, who.river), by=who.below, reason="非职责")
    reviewed = closures.sign_off(closures.claim(signed(), by=who.below, summary="完成"), by=head)
    checked = closures.sign_off(closures.claim(signed(), by=who.below, summary="完成"), by=head)
    checked = closures.verify(checked, by=who.handler, checks=make.CHECKS, opinion="属实")
    return [child(), declined, signed(), reviewed, checked]


def all_shares(who: Cast) -> list[Any]:
    of = make.directive(who)
    draft, issued, active = make.draft(who, of=of), make.assigned(who, of=of), make.active(who, of=of)
    by_lead, by_helper = make.assigned(who, of=of), make.assigned(who, of=of)
    assignments.decline(make.share(by_lead, who.water), by=who.handler, reason="非职责")
    assignments.decline(make.share(by_helper, who.finance), by=who.helper, reason="无资金")
    done, excused, moved = make.active(who, of=of), make.active(who, of=of), make.assigned(who, of=of)
    assignments.finish(make.share(done, who.finance), by=who.helper)
    assignments.excuse(make.share(excused, who.finance), by=who.supervisor, reason="无需")
    assignments.decline(make.share(moved, who.water), by=who.handler, reason="非职责")
    released = make.share(moved, who.water)
    tasks.reassign(make.fresh(moved), by=who.supervisor, lead=who.housing, responsible="局长", reason="改派")
    ended = make.active(who, of=of)
    tasks.terminate(ended, by=who.leader, reason="不再需要")
    shares = [make.share(task, unit) for task in (draft, issued, active) for unit in (who.water, who.finance)]
    shares += [make.share(by_lead, who.water), make.share(by_helper, who.finance), make.share(done, who.finance)]
    return [*shares, make.share(excused, who.finance), released, make.share(ended, who.finance)]


def all_reports(who: Cast) -> list[Any]:
    task = make.active(who)
    one, two, three, of_helper = (
        reports.file(task, by=person, done="完成") for person in (who.handler, who.handler, who.unit_head, who.helper)
    )
    reports.accept(two, by=who.supervisor)
    reports.send_back(three, by=who.supervisor, comment="写明数量")
    return [one, two, three, of_helper]


def asked(who: Cast, of: Any) -> Extension:
    return extensions.ask(
        make.active(who, of=of), by=who.handler, reason="汛期", progress="一半", until=make.in_workdays(30)
    )


def all_extensions(who: Cast) -> list[Any]:
    of = make.directive(who)
    requested, signed, checked, granted, refused, taken_back = (asked(who, of) for _ in range(6))
    for each in (signed, checked, granted):
        extensions.sign_off(each, by=who.unit_head)
    for each in (checked, granted):
        extensions.accept(each, by=who.supervisor)
    extensions.grant(granted, by=who.leader)
    extensions.refuse(refused, by=who.unit_head, comment="不必")
    extensions.withdraw(taken_back, by=who.handler)
    return [requested, signed, checked, granted, refused, taken_back]


def paused(who: Cast, task: Any) -> Any:
    return suspensions.ask(task, by=who.handler, cause="等批复", waiting_on="省厅", proof="函")


def all_suspensions(who: Cast) -> list[Any]:
    of = make.directive(who)
    requested, granted, ended, refused, taken_back = (paused(who, make.active(who, of=of)) for _ in range(5))
    for each in (granted, ended):
        suspensions.grant(each, by=who.leader)
    suspensions.resume(make.fresh(ended.task), by=who.supervisor)
    suspensions.refuse(refused, by=who.leader, comment="不必")
    suspensions.withdraw(taken_back, by=who.handler)
    return [requested, granted, ended, refused, taken_back]


def all_blockers(who: Cast) -> list[Any]:
    of = make.directive(who)
    raised, confirmed, resolved, refused, taken_back = (
        blockers.raise_(make.active(who, of=of), by=who.handler, waiting_on=who.housing, ask="移交图纸")
        for _ in range(5)
    )
    for each in (confirmed, resolved):
        blockers.confirm(each, by=who.supervisor)
    blockers.resolve(resolved, by=who.supervisor, resolution="已移交")
    blockers.refuse(refused, by=who.supervisor, resolution="不成立")
    blockers.withdraw(taken_back, by=who.handler)
    return [raised, confirmed, resolved, refused, taken_back]


def all_batches(who: Cast) -> list[Any]:
    """Imports at every state, as rows: what the jobs do with them is proved beside the imports."""
    of = make.directive(who)
    return [
        Batch.objects.create(
            state=state, directive=of, organiser=who.office, uploaded_by=who.supervisor, name="分解表.xlsx",
            content_type="x", size=1, sha256="0" * 64, problem="坏了" if state == "failed" else "",
            total=1, good=1, leased_until=None,
        )
        for state in ("reading", "ready", "taking", "done", "failed", "dropped")
    ]  # fmt: skip


def draft_words(who: Cast, thing: Any) -> dict[str, Any]:
    return {"matter": "新事项", "lead": who.water}


def evidence_words(who: Cast, thing: Any) -> dict[str, Any]:
    return {"file": PROOFS[0](), "evidence_on": timezone.localdate()}


PROOFS: list[Callable[[], Any]] = [make.upload]
"""How a file comes that has passed the gate; a law may put a quicker way here."""

SAID: dict[str, Callable[[Cast, Any], dict[str, Any]]] = {
    "directive.edit": lambda who, thing: {"title": "新题", "source": "document"},
    "directive.attach": lambda who, thing: {"file": PROOFS[0]()},
    "directive.draft": draft_words,
    "task.edit": draft_words,
    "task.reassign": lambda who, thing: {"lead": who.housing, "responsible": "局长", "reason": "改派"},
    "task.add_units": lambda who, thing: {"units": [who.housing]},
    "task.name": lambda who, thing: {"responsible": "新责任人"},
    "task.report": lambda who, thing: {"done": "完成6处"},
    "task.prove": evidence_words,
    "task.mark": lambda who, thing: {"reached": []},
    "task.split": lambda who, thing: {"matter": "清淤", "lead": who.river, "responsible": "某"},
    "task.extend": lambda who, thing: {"reason": "汛期", "progress": "一半", "until": make.in_workdays(30)},
    "task.suspend": lambda who, thing: {"cause": "等批复", "waiting_on": "省厅", "proof": "函"},
    "task.raise": lambda who, thing: {"waiting_on": who.housing, "ask": "移交图纸"},
    "task.claim": lambda who, thing: {"summary": "完成"},
    "task.verify": lambda who, thing: {"checks": make.CHECKS, "opinion": "属实"},
    "task.close": lambda who, thing: {"conclusion": "同意"},
    "task.reopen": lambda who, thing: {"reason": "反弹", "due_on": make.in_workdays(20)},
    "report.send_back": lambda who, thing: {"comment": "写明数量"},
    "extension.refuse": lambda who, thing: {"comment": "不必"},
    "suspension.refuse": lambda who, thing: {"comment": "不必"},
    "blocker.refuse": lambda who, thing: {"resolution": "不成立"},
    "blocker.resolve": lambda who, thing: {"resolution": "已解决"},
} | {
    name: (lambda who, thing: dict(WORDS))
    for name in (
        "directive.send_back", "directive.withdraw", "task.insist", "task.send_back", "task.terminate",
        "assignment.decline", "assignment.insist", "assignment.excuse",
        "assignment.recall",
    )
}  # fmt: skip


def said(name: str, who: Cast, thing: Any) -> dict[str, Any]:
    """Return the keyword arguments with which a verb is tried."""
    return SAID.get(name, lambda _who, _thing: {})(who, thing)

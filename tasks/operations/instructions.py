"""The fast lane of a leader's instruction (即批即办即督): one form makes the source and its task (C8, R12, R14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import refuse_marked, screened
from documents.uploads import Upload
from organization.models import Department, Post, User
from organization.states import Role
from tasks import defaults
from tasks.actors import officer
from tasks.decomposition.engine import decompose
from tasks.decomposition.shapes import Draft
from tasks.models import Directive
from tasks.operations import directives, directory, tasks
from tasks.states import Source, Unit, Urgency
from workflow.refusal import Forbidden, RuleBroken

TITLE_LENGTH: Final = 60
"""Characters of the instruction that name matter and source where the officer gives no name."""
URGENCY: Final = {"critical": Urgency.CRITICAL, "urgent": Urgency.URGENT}
"""What the words of a text say of its urgency; whatever else they say is ordinary."""


@transaction.atomic
@screened
def instruct(
    *,
    by: User,
    instruction: str,
    instructed_by: Post,
    lead: Department,
    standard: str,
    co_units: Sequence[Department] = (),
    responsible: str = "",
    urgency: str = Urgency.ORDINARY,
    due_on: date | None = None,
    hard: bool = False,
    matter: str = "",
    file: Upload | None = None,
) -> Directive:
    """Register a leader's instruction, draft its task and ask for approval (登记批示), all in one transaction.

    It makes what ``directives.register``, ``tasks.draft``, ``directives.attach`` and ``directives.submit`` make, and
    refuses what they refuse. The limit is ``due_on``; for a hard matter thirty calendar days; else the default of the
    urgency (普通 15 calendar days, 加急 5, 特急 3 working days; domain.md 3.9), which runs from the assignment.
    ``responsible`` left empty is the head of the lead.

    Nobody approves here: the instruction is the leader's, the words in the form are the officer's. That they render it,
    and bind this unit until that day, a leader says himself by approving (R12); an approval written by the office in
    his name would be one that nobody gave (docs/decisions/0021).

    Refused: Forbidden for anybody but an officer (C8 T2); RuleBroken("instruct.foreign_leader") for a leader who does
    not stand, or of another government; ("instruct.responsible_missing"); ("instruct.two_limits"); ("task.due_past").
    """
    if not officer(by, None):
        raise Forbidden("directive.register.forbidden", officer.reason)
    _refuse_foreign(instructed_by, by)
    _refuse_limits(due_on, hard=hard)
    matter = matter.strip() or _first_words(instruction)
    directive = directives.register(
        by=by, title=matter, source=Source.INSTRUCTION, urgency=urgency, instruction=instruction,
        instructed_by=instructed_by,
    )  # fmt: skip
    if file is not None:
        directives.attach(directive, by=by, file=file)
    limit = defaults.HARD_LIMIT if hard else None
    tasks.draft(
        directive, by=by, matter=matter, standard=standard, clause=instruction, lead=lead, co_units=co_units,
        responsible=_responsible(responsible, lead), due_on=due_on, default_limit=True,
        limit_value=limit.value if limit else None, limit_unit=limit.unit if limit else Unit.FIXED,
    )  # fmt: skip
    return directives.submit(directive, by=by)


def _refuse_foreign(post: Post, by: User) -> None:
    unit = by.department
    own = unit is not None and post.department.jurisdiction_path == unit.jurisdiction_path
    if post.role != Role.LEADER or not post.stands() or not own:
        raise RuleBroken("instruct.foreign_leader", _("只能登记本级在任领导的批示。请重新选择批示领导。"))


def _refuse_limits(due_on: date | None, *, hard: bool) -> None:
    if due_on is not None and hard:
        raise RuleBroken("instruct.two_limits", _("已写明办结日期，又选了疑难事项。两者只留一个。"))
    if due_on is not None and due_on <= timezone.localdate():
        raise RuleBroken("task.due_past", _("办结时限要晚于今天。"))


def _responsible(named: str, lead: Department) -> str:
    found = named.strip() or head_of(lead)
    if not found:
        raise RuleBroken(
            "instruct.responsible_missing",
            _("%(unit)s没有登记在任的负责人，请填写责任人。") % {"unit": lead.name},
            details={"responsible": [_("请填写责任人。")]},
        )
    return found


def head_of(unit: Department) -> str:
    """Return the name of the unit's head today; empty where none stands."""
    posts = Post.objects.standing().filter(department=unit, role=Role.UNIT_HEAD, user__is_active=True)
    head = posts.select_related("user").order_by("rank", "started_on", "pk").first()
    return head.user.name if head else ""


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= TITLE_LENGTH else f"{words[: TITLE_LENGTH - 1]}…"


# ------------------------------------------------------------------------------------------------ what the text says


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the text of an instruction says of the other fields; empty where it says nothing. An officer decides.

    ``unresolved`` are names that no unit bears, or several; ``others`` how many further tasks the text seems to hold.
    """

    matter: str = ""
    lead: Department | None = None
    co_units: tuple[Department, ...] = ()
    responsible: str = ""
    urgency: str = Urgency.ORDINARY
    standard: str = ""
    due_on: date | None = None
    unresolved: tuple[str, ...] = ()
    others: int = 0

    def values(self) -> dict[str, Any]:
        """Return what is said, by the names of ``instruct``: rows by their keys, nothing that is empty."""
        said: dict[str, Any] = {
            "matter": self.matter, "lead": self.lead.pk if self.lead else None,
            "co_units": [unit.pk for unit in self.co_units], "responsible": self.responsible,
            "urgency": self.urgency if self.urgency != Urgency.ORDINARY else "", "standard": self.standard,
            "due_on": self.due_on,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}


def propose(instruction: str, *, by: User) -> Proposal:
    """Read who and when out of the text of an instruction (请市水务局牵头，11月底前办结); nothing is written.

    Rules only, no guessing: a name that several units bear is left to the officer. Refused: Forbidden for anybody but
    an officer; RuleBroken("secrecy.marked") for a text with a mark of secrecy (R43).
    """
    if not officer(by, None) or by.department is None:
        raise Forbidden("directive.register.forbidden", officer.reason)
    refuse_marked(instruction)
    today, names = timezone.localdate(), directory.names_for("", by.department)
    found = decompose(instruction, names.directory, within=names.within, received_on=today).drafts
    if not found:
        return Proposal(matter=_first_words(instruction))
    draft = found[0]
    leads, helpers = _units(names, draft.lead), _units(names, draft.cooperating)
    lead = leads[0] if leads else None
    due = draft.deadline.date
    return Proposal(
        matter=draft.title, lead=lead, co_units=(*leads[1:], *helpers), responsible=head_of(lead) if lead else "",
        urgency=_urgency(draft), standard="；".join(one.text for one in draft.standards),
        due_on=due if due and due > today else None, unresolved=draft.unresolved, others=len(found) - 1,
    )  # fmt: skip


def _units(names: directory.Names, found: Sequence[str]) -> list[Department]:
    """Return the units of these full names; of namesakes the one of the office's own place."""
    keys = [match.id for name in found if (match := names.directory.match(name, within=names.within)).id is not None]
    rows = Department.objects.in_bulk(keys)
    return [rows[key] for key in dict.fromkeys(keys)]


def _urgency(draft: Draft) -> str:
    return URGENCY.get(draft.urgency, Urgency.ORDINARY)

"""Directives: register, submit, approve, send back, withdraw."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import refuse_marked, screened
from documents.uploads import Upload
from organization.models import Post, User
from tasks import defaults
from tasks.actors import officer
from tasks.lifecycles import DIRECTIVE, TASK
from tasks.models import Directive, DirectiveAttachment, Task
from tasks.operations import files, numbering
from tasks.states import ENDED, DirectiveState, Handling, Source, Urgency
from workflow.persons import hands, refuse_same
from workflow.record import advance, begin, lock
from workflow.refusal import Forbidden, RuleBroken


@transaction.atomic
@screened
def register(
    *,
    by: User,
    title: str,
    source: str = Source.DOCUMENT,
    document_no: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    handling: str = Handling.ACTION,
    urgency: str = Urgency.ORDINARY,
    basis: str = "",
    instruction: str = "",
    instructed_by: Post | None = None,
) -> Directive:
    """Register a source (来源登记) for the officer's own office.

    Refused: Forbidden for anybody but an officer; RuleBroken("directive.instructor_missing") for an instruction without
    its leader; RuleBroken("secrecy.marked") where the text bears a state-secret mark (R43).
    """
    if not officer(by, None):
        raise Forbidden("directive.register.forbidden", officer.reason)
    fields = _checked(
        title=title, source=source, document_no=document_no, issuer=issuer, handling=handling, urgency=urgency,
        basis=basis, instruction=instruction, instructed_by=instructed_by, issued_on=issued_on or timezone.localdate(),
    )  # fmt: skip
    directive = Directive(state=DirectiveState.DRAFT, organiser=by.department, registered_by=by, **fields)
    return begin(directive, by, source=source, document_no=document_no)


@transaction.atomic
@screened
def edit(
    directive: Directive,
    *,
    by: User,
    title: str,
    source: str,
    document_no: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    handling: str = Handling.ACTION,
    urgency: str = Urgency.ORDINARY,
    basis: str = "",
    instruction: str = "",
    instructed_by: Post | None = None,
) -> Directive:
    """Correct what was registered, before it is submitted. Refused as in ``register``."""
    directive = lock(directive, "organiser")
    step = DIRECTIVE.check(directive, "edit", by)
    fields = _checked(
        title=title, source=source, document_no=document_no, issuer=issuer, handling=handling, urgency=urgency,
        basis=basis, instruction=instruction, instructed_by=instructed_by, issued_on=issued_on or directive.issued_on,
    )  # fmt: skip
    changed = [name for name, value in fields.items() if getattr(directive, name) != value]
    for name, value in fields.items():
        setattr(directive, name, value)
    return advance(directive, step, by, changed=changed)


def _checked(**fields: Any) -> dict[str, Any]:
    """Refuse what may not stand in a directive; return the fields."""
    refuse_marked(fields["title"], fields["document_no"], short=True)
    if fields["source"] == Source.INSTRUCTION and fields["instructed_by"] is None:
        raise RuleBroken(
            "directive.instructor_missing",
            _("领导批示件要写明是哪位领导的批示，办结时才知道呈谁审阅。请选择批示领导。"),
        )
    return fields


@transaction.atomic
def attach(directive: Directive, *, by: User, file: Upload) -> DirectiveAttachment:
    """Add a file that came with the source. Refused where the upload gate refuses (type, size, marks)."""
    directive = lock(directive, "organiser")
    step = DIRECTIVE.check(directive, "attach", by)
    attachment = DirectiveAttachment(directive=directive, uploaded_by=by)
    files.keep(attachment, file)
    advance(directive, step, by, name=attachment.name, sha256=attachment.sha256, attachment=attachment.pk)
    return attachment


def refuse_information(directive: Directive) -> None:
    """Refuse with RuleBroken("directive.information_only") what is only to be read: it becomes no task (R12)."""
    if directive.handling == Handling.INFORMATION:
        raise RuleBroken(
            "directive.information_only",
            _("“阅知”件只传阅，不立项，不转为督查任务。如确需办理，请先把办理要求改为“需办理并反馈”。"),
        )


@transaction.atomic
def submit(directive: Directive, *, by: User) -> Directive:
    """Ask for approval (提请立项). Refused: RuleBroken without a basis, or for what is only to be read (R12)."""
    directive = lock(directive, "organiser")
    step = DIRECTIVE.check(directive, "submit", by)
    refuse_information(directive)
    if not directive.basis.strip() and not directive.document_no.strip() and not directive.instruction.strip():
        raise RuleBroken(
            "directive.basis_missing", _("还没有写明立项依据：请填写来文字号、批示原文或立项依据中的一项。")
        )
    return advance(directive, step, by)


@transaction.atomic
@screened
def approve(directive: Directive, *, by: User, comment: str = "") -> Directive:
    """Approve (批准立项) and give the number ``督立〔year〕n号`` (R15).

    Refused: Forbidden for who registered it, even as somebody's delegate.
    """
    directive = lock(directive, "organiser")
    step = DIRECTIVE.check(directive, "approve", by)
    registrars = hands(directive, "directive.create", "directive.edit", "directive.submit")
    refuse_same(by, registrars, "directive.approve.own", _("登记、提请的人不能审批自己经手的事项，请由其他领导审批。"))
    now = timezone.now()
    directive.approved_by, directive.approved_at = by, now
    if directive.number is None:
        directive.number = numbering.next_number(
            directive.organiser, timezone.localtime(now).year, numbering.DIRECTIVES
        )
    return advance(directive, step, by, number=directive.number, comment=comment)


@transaction.atomic
@screened
def send_back(directive: Directive, *, by: User, reason: str) -> Directive:
    """Return the directive for correction, with the reason."""
    directive = lock(directive, "organiser")
    step = DIRECTIVE.check(directive, "send_back", by)
    return advance(directive, step, by, reason=reason)


@transaction.atomic
@screened
def withdraw(directive: Directive, *, by: User, reason: str) -> Directive:
    """Take the directive back (撤销). Refused: RuleBroken while a task of it is issued and open."""
    directive = lock(directive, "organiser")
    step = DIRECTIVE.check(directive, "withdraw", by)
    issued = directive.tasks.exclude(state__in=[*ENDED, "draft"]).count()
    if issued:
        raise RuleBroken(
            "directive.tasks_open",
            _("还有 %(count)d 项已交办的任务未办结，不能撤销。请先办结或终止这些任务。") % {"count": issued},
            details={"open_tasks": issued},
        )
    _drop_drafts(directive, by)
    directive.withdrawn_reason = reason
    return advance(directive, step, by, reason=reason)


def _drop_drafts(directive: Directive, by: User) -> None:
    step = TASK.rows("drop")[0]
    for task in Task.objects.select_for_update().filter(directive=directive, state__in=step.sources).order_by("pk"):
        task.end_reason = "来源事项已撤销"
        advance(task, step, by, because="directive.withdraw")


def rank_for_closing(directive: Directive) -> int:
    """Return the rank that may approve closing: the source's, and never below the instructing leader's (R33)."""
    rank = defaults.SOURCES[directive.source].approval_rank
    instructor = directive.instructed_by
    return min(rank, instructor.rank) if instructor else rank

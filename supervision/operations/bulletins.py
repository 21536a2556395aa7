"""Bulletins: drafted from frozen figures, shown to those they blame, approved, issued, withdrawn with a trace (R28)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import refuse_marked, screened
from organization.models import Department, User
from organization.workdays import calendar_of
from supervision import figures, sentences
from supervision.lifecycles.informing import BULLETIN, MENTION
from supervision.models import Bulletin, Mention, Receipt
from supervision.models.bulletin import SECTIONS
from supervision.states.informing import BulletinState, MentionState, ReceiptState
from tasks.actors import officer
from tasks.operations import numbering
from workflow.persons import hands, refuse_same
from workflow.record import advance, begin, carry, lock, record
from workflow.refusal import Conflict, Forbidden, RuleBroken

SERIES = "通"
"""The word after the office's own in the numbers of bulletins (R15)."""
ANSWER_HOURS, ANSWER_WORKDAYS = 48, 2
"""How long a blamed unit may correct facts: 48 hours, and never less than two working days (C10 T2; days ours)."""
COMPARED = 2
"""Earlier issues in which a sentence is looked for."""
WRITERS = ("bulletin.draft", "bulletin.edit", "bulletin.freeze", "bulletin.name", "bulletin.consult", "bulletin.submit")


@transaction.atomic
@screened
def draft(
    *,
    by: User,
    title: str,
    first_on: date,
    last_on: date,
    overview: str = "",
    merits: str = "",
    problems: str = "",
    demands: str = "",
    addressees: Sequence[Department] = (),
) -> Bulletin:
    """Draft a bulletin of the officer's own office over a period, with the figures frozen now (拟通报).

    Without an overview the figures' own sentence stands there.
    Refused: Forbidden for anybody but an officer; RuleBroken("bulletin.period") for a period that ends before it
    starts or has not begun.
    """
    if not officer(by, None):
        raise Forbidden("bulletin.draft.forbidden", officer.reason)
    _check(title, first_on, last_on)
    bulletin = Bulletin(
        state=BulletinState.DRAFT, organiser=by.department, drafted_by=by, title=title, first_on=first_on,
        last_on=last_on, merits=merits, problems=problems, demands=demands,
    )  # fmt: skip
    _freeze(bulletin, by)
    bulletin.overview = overview or figures.highlights(bulletin.snapshot, _last_snapshot(bulletin))
    bulletin = begin(bulletin, by, verb="draft", **_frozen(bulletin))
    _address(bulletin, addressees)
    return bulletin


@transaction.atomic
@screened
def edit(
    bulletin: Bulletin,
    *,
    by: User,
    title: str,
    overview: str = "",
    merits: str = "",
    problems: str = "",
    demands: str = "",
    addressees: Sequence[Department] = (),
) -> Bulletin:
    """Rewrite the text and choose to whom it goes; the figures stay. Blamed units remain among the addressees."""
    bulletin = _locked(bulletin)
    step = BULLETIN.check(bulletin, "edit", by)
    _check(title, bulletin.first_on, bulletin.last_on)
    fields = {"title": title, "overview": overview, "merits": merits, "problems": problems, "demands": demands}
    changed = [name for name, value in fields.items() if getattr(bulletin, name) != value]
    for name, value in fields.items():
        setattr(bulletin, name, value)
    _address(bulletin, addressees)
    return advance(bulletin, step, by, changed=changed)


@transaction.atomic
def freeze(bulletin: Bulletin, *, by: User) -> Bulletin:
    """Take the figures again as they are now (重取数据); the text is left to the officer."""
    bulletin = _locked(bulletin)
    step = BULLETIN.check(bulletin, "freeze", by)
    _freeze(bulletin, by)
    return advance(bulletin, step, by, **_frozen(bulletin))


@transaction.atomic
def consult(bulletin: Bulletin, *, by: User) -> Bulletin:
    """Put what blames a unit before that unit, for 48 hours and two working days at least (C10 T2).

    Refused: RuleBroken("bulletin.nobody_to_ask") where no unit is blamed that was not asked yet.
    """
    bulletin = _locked(bulletin)
    step = BULLETIN.check(bulletin, "consult", by)
    named = bulletin.mentions.blaming().filter(state=MentionState.DRAFT)
    asked = list(named.select_for_update(of=("self",)).select_related("department").order_by("pk"))
    if not asked:
        raise RuleBroken("bulletin.nobody_to_ask", _("没有需要征求意见的点名。没有批评性点名时，请直接提请批准。"))
    bulletin.answer_until = _answer_until(bulletin, timezone.now())
    until = bulletin.answer_until.isoformat()
    for mention in asked:
        mention.bulletin = bulletin
        advance(mention, MENTION.rows("ask")[0], by, until=until)
    return advance(bulletin, step, by, units=[mention.department_name for mention in asked], until=until)


def _answer_until(bulletin: Bulletin, now: datetime) -> datetime:
    calendar = calendar_of(bulletin.organiser)
    second = calendar.end_of(calendar.after(timezone.localdate(now), ANSWER_WORKDAYS))
    return max(now + timedelta(hours=ANSWER_HOURS), second)


@transaction.atomic
def reopen(bulletin: Bulletin, *, by: User) -> Bulletin:
    """Go back to drafting (转回拟稿), to name another unit or take the figures anew; what was asked stays asked."""
    bulletin = _locked(bulletin)
    step = BULLETIN.check(bulletin, "reopen", by)
    return advance(bulletin, step, by)


@transaction.atomic
def submit(bulletin: Bulletin, *, by: User) -> Bulletin:
    """Ask a leader to issue it (提请批准). Refused as in ``_refuse_unready``."""
    bulletin = _locked(bulletin)
    step = BULLETIN.check(bulletin, "submit", by)
    _refuse_unready(bulletin)
    return advance(bulletin, step, by)


def _refuse_unready(bulletin: Bulletin) -> None:
    """Refuse a bulletin that is not ready for a leader.

    RuleBroken: "bulletin.empty" without an overview; "bulletin.no_addressees"; "bulletin.not_asked" while a blamed
    unit was not asked; "bulletin.undecided" while an answer is neither accepted nor refused; "bulletin.window_open"
    while an asked unit may still answer.
    """
    if not bulletin.overview.strip():
        raise RuleBroken("bulletin.empty", _("还没有写总体情况。请先补充正文，再提请批准。"))
    if not bulletin.receipts.exists():
        raise RuleBroken("bulletin.no_addressees", _("还没有选择主送单位。请先在“修改”中选择，再提请批准。"))
    by_state: dict[str, list[str]] = {}
    for state, name in bulletin.mentions.blaming().values_list("state", "department_name"):
        by_state.setdefault(state, []).append(name)
    _refuse_for(by_state, MentionState.DRAFT, "bulletin.not_asked",
                _("还没有征求%(units)s的意见。被批评的单位应当先看到点名内容，请先征求意见。"))  # fmt: skip
    _refuse_for(by_state, MentionState.ANSWERED, "bulletin.undecided",
                _("%(units)s提出的意见还没有处理。请逐条采纳，或写明理由不予采纳。"))  # fmt: skip
    if bulletin.answer_until and timezone.now() < bulletin.answer_until:
        _refuse_for(by_state, MentionState.ASKED, "bulletin.window_open",
                    _("征求意见还没有到期，%(units)s还没有答复。请等到期或答复后再提请批准。"))  # fmt: skip


def _refuse_for(by_state: dict[str, list[str]], state: str, code: str, message: str) -> None:
    names = by_state.get(state)
    if names:
        raise RuleBroken(code, message % {"units": "、".join(names)}, details={"units": names})


@transaction.atomic
@screened
def approve(bulletin: Bulletin, *, by: User, comment: str = "") -> Bulletin:
    """Issue it (批准印发): number, copies to the addressees; from now on nothing of it changes (R28).

    Refused: Forbidden for who wrote any of it; Conflict("bulletin.damaged") where the figures are not those frozen.
    """
    bulletin = _locked(bulletin)
    step = BULLETIN.check(bulletin, "approve", by)
    refuse_same(
        by, hands(bulletin, *WRITERS), "bulletin.approve.own", _("起草、提请的人不能批准自己的通报，请由其他领导批准。")
    )
    if figures.digest(bulletin.snapshot) != bulletin.sha256:
        raise Conflict(
            "bulletin.damaged", _("数据快照与取数时的记录不一致，不能印发。请退回重取数据，并告知审计管理员。")
        )
    now = timezone.now()
    bulletin.approved_by, bulletin.approved_at = by, now
    bulletin.number = numbering.next_number(bulletin.organiser, timezone.localtime(now).year, SERIES)
    carry(bulletin.receipts.filter(state=ReceiptState.PLANNED), ReceiptState.SENT)
    units = list(bulletin.receipts.order_by("pk").values_list("department", flat=True))
    return advance(
        bulletin, step, by, number=bulletin.number, sha256=bulletin.sha256, text=text_digest(bulletin), units=units,
        comment=comment,
    )  # fmt: skip


@transaction.atomic
@screened
def send_back(bulletin: Bulletin, *, by: User, reason: str) -> Bulletin:
    """Return it to the office with the reason."""
    bulletin = _locked(bulletin)
    step = BULLETIN.check(bulletin, "send_back", by)
    return advance(bulletin, step, by, reason=reason)


@transaction.atomic
@screened
def withdraw(bulletin: Bulletin, *, by: User, reason: str) -> Bulletin:
    """Take it back with the reason; who had it sees that it was withdrawn, and no longer what it said."""
    bulletin = _locked(bulletin)
    step = BULLETIN.check(bulletin, "withdraw", by)
    bulletin.withdrawn_by, bulletin.withdrawn_at, bulletin.withdrawn_reason = by, timezone.now(), reason
    return advance(bulletin, step, by, reason=reason)


# ------------------------------------------------------------------------------------------------ parts


def _locked(bulletin: Bulletin) -> Bulletin:
    return lock(bulletin, "organiser")


def _check(title: str, first_on: date, last_on: date) -> None:
    refuse_marked(title, short=True)
    if last_on < first_on:
        raise RuleBroken("bulletin.period", _("统计期的截止日期早于起始日期。请核对后重新填写。"))
    if first_on > timezone.localdate():
        raise RuleBroken("bulletin.period", _("统计期还没有开始，没有数据可取。请核对起止日期后重新填写。"))


def _freeze(bulletin: Bulletin, by: User) -> None:
    now = timezone.now()
    period = figures.Period(bulletin.organiser, bulletin.first_on, bulletin.last_on, now)
    bulletin.frozen_at, bulletin.snapshot = now, figures.snapshot(by, period)
    bulletin.sha256 = figures.digest(bulletin.snapshot)


def _frozen(bulletin: Bulletin) -> dict[str, Any]:
    return {"sha256": bulletin.sha256, "as_of": bulletin.frozen_at.isoformat()}


def _last_snapshot(bulletin: Bulletin) -> dict[str, Any] | None:
    last = Bulletin.objects.issued_before(bulletin).first()
    return last.snapshot if last else None


def _address(bulletin: Bulletin, units: Sequence[Department]) -> None:
    """Let the bulletin go to these units and to those that it names."""
    named = set(bulletin.mentions.exclude(state=MentionState.DROPPED).values_list("department", flat=True))
    wanted = {unit.pk for unit in units} | named
    stand = set(bulletin.receipts.values_list("department", flat=True))
    bulletin.receipts.filter(state=ReceiptState.PLANNED).exclude(department__in=wanted).delete()
    Receipt.objects.bulk_create(
        Receipt(bulletin=bulletin, department_id=key, state=ReceiptState.PLANNED) for key in sorted(wanted - stand)
    )


TEXT = ("title", "first_on", "last_on", "overview", "merits", "problems", "demands")


def text_digest(bulletin: Bulletin) -> str:
    """Return the digest of the words that are issued: the sections and what is said of each unit."""
    named = bulletin.mentions.exclude(state=MentionState.DROPPED).order_by("pk")
    said = [[row.department_name, row.negative, row.text] for row in named]
    return figures.digest([*(str(getattr(bulletin, name)) for name in TEXT), said])


def repeats(bulletin: Bulletin, words: Sequence[str] | None = None) -> list[sentences.Repeat]:
    """Return the sentences that stand word by word in one of the office's last two issues (C10 T4): a warning.

    One statement for the issues; ``words`` are the bulletin's own, where they are known.
    """
    issues = Bulletin.objects.issued_before(bulletin)[:COMPARED].values("pk")
    rows = Bulletin.objects.filter(pk__in=issues).order_by("-approved_at", "-pk")
    said = rows.values_list("number", *SECTIONS, "mentions__text")
    before = [(number, "\n".join(part or "" for part in parts)) for number, *parts in said]
    return sentences.repeated(words_of(bulletin) if words is None else words, before)


def words_of(bulletin: Bulletin) -> list[str]:
    """Return all that the bulletin says in words: its sections and its passages."""
    named = [mention.text for mention in bulletin.mentions.all() if mention.state != MentionState.DROPPED]
    return [*(getattr(bulletin, name) for name in SECTIONS), *named]


# ------------------------------------------------------------------------------------------------ reorganisation


def open_duties(department: Department) -> int:
    """Return how many bulletins the unit has still to receive or answer, or its office to finish."""
    asked = Mention.objects.filter(department=department, state=MentionState.ASKED).count()
    sent = Receipt.objects.filter(department=department, state=ReceiptState.SENT).count()
    unfinished = (BulletinState.DRAFT, BulletinState.CONSULTING, BulletinState.PENDING)
    return asked + sent + Bulletin.objects.filter(organiser=department, state__in=unfinished).count()


def follow(old: Department, new: Department, by: User | None) -> None:
    """Let what is open follow the unit; names on papers stay as they were (F49)."""
    asked = (MentionState.DRAFT, MentionState.ASKED, MentionState.ANSWERED)
    for mention in Mention.objects.filter(department=old, state__in=asked).select_for_update().order_by("pk"):
        Mention.objects.filter(pk=mention.pk).update(department=new)
        record("mention.follow", mention, by, detail={"from": old.name, "to": new.name})
    waiting = Receipt.objects.filter(department=old, state__in=(ReceiptState.PLANNED, ReceiptState.SENT))
    for receipt in waiting.select_for_update().order_by("pk"):
        if not Receipt.objects.filter(bulletin=receipt.bulletin_id, department=new).exists():
            Receipt.objects.filter(pk=receipt.pk).update(department=new)
            record("receipt.follow", receipt, by, detail={"from": old.name, "to": new.name})
    Bulletin.objects.filter(organiser=old).update(organiser=new)

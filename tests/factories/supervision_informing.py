"""Notices and bulletins at every stage, over the small house of ``tests.factories.tasks``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from supervision.models import Bulletin, Mention, Notice, Receipt
from supervision.operations import bulletins, mentions, notices, receipts
from tasks.models import Task
from tests.factories import tasks as make
from tests.factories.tasks import Cast, fresh

SKIPS = "事关汛期安全，直接督办"


def late_task(who: Cast, days: int = 30, **fields: Any) -> Task:
    """Return a task in hand whose time ran out ``days`` ago."""
    return make.make_late(make.active(who, **fields), days)


def notice(who: Cast, kind: str = "chase", task: Task | None = None, **fields: Any) -> Notice:
    """Return a draft about a late task; what lies above a 催办函 jumps the ladder with a reason."""
    said = {"ground": "overdue", "text": "请抓紧办理并说明原因。", "skip_reason": "" if kind == "chase" else SKIPS}
    return notices.draft(by=who.supervisor, task=task or late_task(who), kind=kind, **(said | fields))


def pending_notice(who: Cast, kind: str = "order", **fields: Any) -> Notice:
    """Return one that waits for a leader."""
    return notices.submit(notice(who, kind, **fields), by=who.supervisor)


def issued_notice(who: Cast, kind: str = "chase", **fields: Any) -> Notice:
    """Return one that was sent."""
    if kind == "chase":
        return notices.issue(notice(who, **fields), by=who.supervisor)
    return notices.approve(pending_notice(who, kind, **fields), by=who.leader)


def received_notice(who: Cast, kind: str = "chase", **fields: Any) -> Notice:
    """Return one that the unit has."""
    return notices.receive(issued_notice(who, kind, **fields), by=who.handler)


def answered_notice(who: Cast, kind: str = "chase", **fields: Any) -> Notice:
    """Return one that the unit answered."""
    return notices.answer(received_notice(who, kind, **fields), by=who.unit_head, answer="已倒排工期")


def withdrawn_notice(who: Cast, **fields: Any) -> Notice:
    """Return one that was sent and taken back."""
    return notices.withdraw(issued_notice(who, **fields), by=who.supervisor, reason="单位已报送")


def period() -> tuple[date, date]:
    """Return a period that holds today."""
    today = timezone.localdate()
    return today - timedelta(days=60), today


def bulletin(who: Cast, **fields: Any) -> Bulletin:
    """Return a draft over the last sixty days, to the water and the finance bureau."""
    first_on, last_on = period()
    said = {
        "title": "关于重点任务落实情况的通报", "first_on": first_on, "last_on": last_on,
        "problems": "个别单位推进缓慢，整改不到位。", "addressees": [who.water, who.finance],
    }  # fmt: skip
    return bulletins.draft(by=who.supervisor, **(said | fields))


def mention(who: Cast, of: Bulletin | None = None, **fields: Any) -> Mention:
    """Return a passage that blames the water bureau."""
    said = {"department": who.water, "text": "市水务局易涝点整治逾期未完成。", "negative": True}
    return mentions.name(of or bulletin(who), by=who.supervisor, **(said | fields))


def consulting(who: Cast, **fields: Any) -> Bulletin:
    """Return a bulletin that blames the water bureau, put before it."""
    named = mention(who, bulletin(who, **fields))
    return bulletins.consult(fresh(named.bulletin), by=who.supervisor)


def asked(who: Cast) -> Mention:
    """Return a passage about which its unit was asked."""
    found: Mention = consulting(who).mentions.get()
    return found


def answered(who: Cast) -> Mention:
    """Return a passage that its unit objects to."""
    return mentions.answer(asked(who), by=who.handler, answer="其中三处已完成")


def refused_mention(who: Cast) -> Mention:
    """Return a passage that stays against the unit's answer."""
    return mentions.refuse(answered(who), by=who.supervisor, decision="核查未见完成")


def pending_bulletin(who: Cast, **fields: Any) -> Bulletin:
    """Return a bulletin that blames nobody and waits for a leader."""
    return bulletins.submit(bulletin(who, **fields), by=who.supervisor)


def issued_bulletin(who: Cast, **fields: Any) -> Bulletin:
    """Return one that was issued."""
    return bulletins.approve(pending_bulletin(who, **fields), by=who.leader)


def withdrawn_bulletin(who: Cast, **fields: Any) -> Bulletin:
    """Return one that was issued and taken back."""
    return bulletins.withdraw(issued_bulletin(who, **fields), by=who.leader, reason="数据有误")


def receipt(who: Cast, of: Bulletin | None = None) -> Receipt:
    """Return the water bureau's copy of an issued bulletin."""
    found: Receipt = (of or issued_bulletin(who)).receipts.get(department=who.water)
    return found


def received(who: Cast) -> Receipt:
    """Return a copy that the unit has."""
    return receipts.receive(receipt(who), by=who.handler)

"""情况通报 at every state: notices, bulletins, mentions, receipts."""

from typing import Any

from django.utils import timezone

from supervision.lifecycles import informing as lifecycles
from supervision.models import Bulletin, Mention, Notice, Receipt
from supervision.operations import bulletins, mentions, notices
from supervision.verbs import informing as verbs
from tests.architecture.theme import Theme, always
from tests.architecture.violations import again, change, first
from tests.factories import deeds_informing as deeds
from tests.factories import supervision_informing as make
from tests.factories.tasks import Cast, fresh


def stage(who: Cast) -> dict[str, list[Any]]:
    """Return every noun at every state, by noun."""
    told = all_bulletins(who)
    copies = [make.receipt(who, told["issued"]), told["draft"].receipts.get(department=who.water), make.received(who)]
    return {
        "notice": all_notices(who), "bulletin": list(told.values()), "mention": all_mentions(who), "receipt": copies,
    }  # fmt: skip


def whole(noun: str, thing: Any) -> Any:
    """Return the row as it is now, with what every actor asks of it."""
    return type(thing).objects.filter(pk=thing.pk).for_list().get()


def all_notices(who: Cast) -> list[Any]:
    made = [make.notice(who, kind) for kind in ("chase", "order", "talk")]
    made += [make.pending_notice(who, kind) for kind in ("order", "talk")]
    made += [make.issued_notice(who, kind) for kind in ("chase", "order", "talk")]
    made += [make.received_notice(who, kind) for kind in ("chase", "order")]
    made += [make.answered_notice(who, kind) for kind in ("chase", "talk")]
    noted = make.issued_notice(who, "talk")
    notices.note(noted, by=who.supervisor, **talk_words(who, noted))
    dropped = notices.withdraw(make.notice(who), by=who.supervisor, reason="不必")
    return [*made, noted, dropped, make.withdrawn_notice(who)]


def all_bulletins(who: Cast) -> dict[str, Any]:
    dropped = bulletins.withdraw(make.bulletin(who), by=who.supervisor, reason="不发")
    return {
        "draft": make.bulletin(who), "blaming": deeds.blaming(who), "consulting": make.consulting(who),
        "ready": deeds.ready(who), "pending": make.pending_bulletin(who), "issued": make.issued_bulletin(who),
        "withdrawn": make.withdrawn_bulletin(who), "dropped": dropped,
    }  # fmt: skip


def all_mentions(who: Cast) -> list[Any]:
    accepted = mentions.accept(make.answered(who), by=who.supervisor, text="九处未完成。", decision="采纳")
    closed = make.refused_mention(who)
    bulletins.submit(fresh(closed.bulletin), by=who.supervisor)
    dropped = mentions.drop(make.mention(who), by=who.supervisor)
    return [
        make.mention(who), make.asked(who), make.answered(who), accepted, make.refused_mention(who), closed, dropped,
    ]  # fmt: skip


def talk_words(who: Cast, thing: Any) -> dict[str, Any]:
    return {"held_on": timezone.localdate(), "attended": "副市长", "minutes": "听取说明。", "commitments": "月底完成。"}


SAID = {
    "notice.edit": lambda who, thing: {"ground": "overdue", "text": "请办结。", "skip_reason": make.SKIPS},
    "notice.send_back": lambda who, thing: {"reason": "补充依据"},
    "notice.answer": lambda who, thing: {"answer": "月底完成。"},
    "notice.note": talk_words,
    "notice.withdraw": lambda who, thing: {"reason": "误发"},
    "bulletin.edit": lambda who, thing: {"title": "新题", "overview": "总体良好。", "addressees": [who.water]},
    "bulletin.name": lambda who, thing: {"department": who.water, "text": "逾期未完成。", "negative": True},
    "bulletin.send_back": lambda who, thing: {"reason": "核对数据"},
    "bulletin.withdraw": lambda who, thing: {"reason": "数据有误"},
    "mention.edit": lambda who, thing: {"text": "逾期未完成。"},
    "mention.answer": lambda who, thing: {"answer": "属实"},
    "mention.accept": lambda who, thing: {"text": "逾期未完成。", "decision": "采纳"},
    "mention.refuse": lambda who, thing: {"decision": "不采纳"},
}

OFFICE = {"supervisor", "colleague"}
LEADERS = {"leader", "chief"}
WATER = {"handler", "unit_head"}

MAY: dict[str, set[str]] = {
    "notice.edit": OFFICE, "notice.issue": OFFICE, "notice.submit": OFFICE, "notice.approve": LEADERS,
    "notice.send_back": LEADERS, "notice.receive": WATER, "notice.answer": WATER, "notice.note": OFFICE,
    "notice.withdraw": OFFICE | LEADERS,
    "bulletin.edit": OFFICE, "bulletin.freeze": OFFICE, "bulletin.name": OFFICE, "bulletin.consult": OFFICE,
    "bulletin.reopen": OFFICE, "bulletin.submit": OFFICE, "bulletin.approve": LEADERS, "bulletin.send_back": LEADERS,
    "bulletin.withdraw": OFFICE | LEADERS,
    "mention.edit": OFFICE, "mention.answer": WATER, "mention.accept": OFFICE, "mention.refuse": OFFICE,
    "mention.drop": OFFICE,
    "receipt.receive": WATER,
}  # fmt: skip

RULES = {
    "notice.note": {"notice.noted"},
    "bulletin.consult": {"bulletin.nobody_to_ask"},
    "bulletin.submit": {"bulletin.not_asked", "bulletin.window_open"},
    "mention.drop": {"mention.closed"},
}

SENT = {"state": "issued", "kind": "order"}

VIOLATIONS = {
    "notice_state_is_known": change(Notice, {"state": "withdrawn"}, state="flying"),
    "notice_kind_is_known": change(Notice, {"kind": "chase"}, kind="flying"),
    "notice_one_unsent_a_task_and_kind": again(Notice, {"state": "draft"}),
    "notice_sent_has_number": change(Notice, {"state": "issued"}, number=None),
    "notice_sent_above_chase_is_approved": change(Notice, SENT, approved_at=None, approved_by=None),
    "notice_colour_is_an_orders": change(Notice, {"kind": "chase"}, colour="red"),
    "notice_minutes_are_a_talks": change(Notice, {"kind": "chase"}, minutes="听取说明"),
    "notice_approved_at_and_by_together": change(Notice, {"kind": "order", "state": "issued"}, approved_by=None),
    "notice_issued_at_and_by_together": change(Notice, {"state": "issued"}, issued_by=None),
    "notice_received_at_and_by_together": change(Notice, {"state": "received"}, received_by=None),
    "notice_answered_at_and_by_together": change(Notice, {"state": "answered"}, answered_by=None),
    "Notice.number": change(Notice, {"state": "draft"}, number=lambda row: first(Notice, state="issued").number),
    "bulletin_state_is_known": change(Bulletin, {"state": "draft"}, state="flying"),
    "bulletin_ends_after_start": change(Bulletin, first_on="2030-01-02", last_on="2030-01-01"),
    "bulletin_issued_is_approved_and_numbered": change(Bulletin, {"state": "issued"}, number=None),
    "bulletin_approved_at_and_by_together": change(Bulletin, {"state": "draft"}, approved_at=timezone.now()),
    "bulletin_withdrawn_at_and_by_together": change(Bulletin, {"state": "withdrawn"}, withdrawn_by=None),
    "bulletin_withdrawn_says_why": change(Bulletin, {"state": "withdrawn"}, withdrawn_reason=""),
    "Bulletin.number": change(Bulletin, {"state": "draft"}, number=lambda row: first(Bulletin, state="issued").number),
    "mention_state_is_known": change(Mention, {"state": "draft"}, state="flying"),
    "mention_answered_at_and_by_together": change(Mention, {"state": "answered"}, answered_by=None),
    "mention_decided_at_and_by_together": change(Mention, {"state": "refused"}, decided_by=None),
    "mention_decided_says_why": change(Mention, {"state": "refused"}, decision=""),
    "receipt_state_is_known": change(Receipt, {"state": "planned"}, state="flying"),
    "receipt_once_a_bulletin_and_unit": again(Receipt),
    "receipt_received_at_and_by_together": change(Receipt, {"state": "received"}, received_by=None),
    "receipt_received_iff_received_at": change(Receipt, {"state": "received"}, received_at=None, received_by=None),
}


def still_written(mention: Any, user: Any) -> bool:
    return mention.bulletin.state in ("draft", "consulting")


def heard(bulletin: Any, user: Any) -> bool:
    """Every blamed unit was heard: it answered and was told what came of it, or its time is over."""
    blamed = [m for m in bulletin.mentions.all() if m.negative]
    open_now = bulletin.answer_until is not None and bulletin.answer_until > timezone.now()
    waits = {"answered", "asked"} if open_now else {"answered"}
    return bulletin.state == "draft" or not any(m.state in waits for m in blamed)


TURNS = {
    "notice": dict.fromkeys(("issue", "submit", "approve", "receive", "answer"), always)
    | {"note": lambda notice, user: notice.held_on is None},
    "bulletin": {"consult": always, "submit": heard, "approve": always},
    "mention": {"answer": still_written, "accept": still_written},
    "receipt": {"receive": lambda receipt, user: receipt.bulletin.state == "issued"},
}

THEME = Theme(
    name="informing",
    nouns=verbs.NOUNS,
    lifecycles=lifecycles.ALL,
    lone=(verbs.DRAFT_NOTICE, verbs.DRAFT_BULLETIN),
    stage=stage,
    whole=whole,
    said=SAID,
    may=MAY,
    outside=frozenset(
        {
            "stranger", "stranger_head", "below", "inspector", "discipline", "auditor", "system_admin",
            "security_admin",
        }
    ),
    rules=RULES,
    taken_by_others=lifecycles.TAKEN_BY_OTHERS,
    kinds=20,
    rest=("notices", "bulletins", "mentions", "receipts"),
    deeds=deeds.DEEDS,
    moments=deeds.MOMENTS,
    violations=VIOLATIONS,
    turns=TURNS,
    parts={"bulletin": {"receipt": "bulletin"}},
)  # fmt: skip

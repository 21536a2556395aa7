"""What may follow what, and by whom: 情况通报: notice, bulletin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from supervision.actors.informing import (
    addressed_people,
    answering_people,
    chaser,
    named_people,
    office_officer,
    proposer,
    publisher,
    receiving_people,
    recorder,
    revoker,
    signer,
)
from supervision.states.informing import BulletinState as B
from supervision.states.informing import MentionState as M
from supervision.states.informing import NoticeState as N
from supervision.states.informing import ReceiptState as R
from workflow.lifecycle import Lifecycle, Step

NOTICE = Lifecycle(
    "notice",
    Step("edit", (N.DRAFT,), None, office_officer, _("修改")),
    Step("issue", (N.DRAFT,), N.ISSUED, chaser, _("签发")),
    Step("submit", (N.DRAFT,), N.PENDING, proposer, _("提请批准")),
    Step("approve", (N.PENDING,), N.ISSUED, signer, _("批准签发")),
    Step("send_back", (N.PENDING,), N.DRAFT, signer, _("退回修改")),
    Step("receive", (N.ISSUED,), N.RECEIVED, addressed_people, _("签收")),
    Step("answer", (N.RECEIVED,), N.ANSWERED, answering_people, _("答复")),
    Step("note", (N.ISSUED, N.RECEIVED, N.ANSWERED), None, recorder, _("登记约谈记录")),
    Step("withdraw", (N.DRAFT, N.PENDING), N.WITHDRAWN, office_officer, _("撤销")),
    Step("withdraw", (N.ISSUED, N.RECEIVED), N.WITHDRAWN, revoker, _("撤销")),
)

BULLETIN = Lifecycle(
    "bulletin",
    Step("edit", (B.DRAFT, B.CONSULTING), None, office_officer, _("修改")),
    Step("freeze", (B.DRAFT,), None, office_officer, _("重取数据")),
    Step("name", (B.DRAFT,), None, office_officer, _("点名")),
    Step("consult", (B.DRAFT,), B.CONSULTING, office_officer, _("征求被点名单位意见")),
    Step("reopen", (B.CONSULTING,), B.DRAFT, office_officer, _("转回拟稿")),
    Step("submit", (B.DRAFT, B.CONSULTING), B.PENDING, office_officer, _("提请批准")),
    Step("approve", (B.PENDING,), B.ISSUED, publisher, _("批准印发")),
    Step("send_back", (B.PENDING,), B.DRAFT, publisher, _("退回修改")),
    Step("withdraw", (B.DRAFT, B.CONSULTING, B.PENDING), B.WITHDRAWN, office_officer, _("撤回")),
    Step("withdraw", (B.ISSUED,), B.WITHDRAWN, publisher, _("撤回")),
)

MENTION = Lifecycle(
    "mention",
    Step("edit", (M.DRAFT,), None, office_officer, _("修改")),
    Step("ask", (M.DRAFT,), M.ASKED, office_officer, _("征求意见")),
    Step("answer", (M.ASKED,), M.ANSWERED, named_people, _("提出意见")),
    Step("accept", (M.ANSWERED,), M.ACCEPTED, office_officer, _("采纳意见")),
    Step("refuse", (M.ANSWERED,), M.REFUSED, office_officer, _("不予采纳")),
    Step("drop", (M.DRAFT, M.ASKED, M.ANSWERED, M.ACCEPTED, M.REFUSED), M.DROPPED, office_officer, _("不再点名")),
)

RECEIPT = Lifecycle("receipt", Step("receive", (R.SENT,), R.RECEIVED, receiving_people, _("签收")))

TAKEN_BY_OTHERS = {"mention.ask": "bulletin.consult"}
"""Steps without a door of their own, and the step that takes them."""

ALL: tuple[Lifecycle, ...] = (NOTICE, BULLETIN, MENTION, RECEIPT)

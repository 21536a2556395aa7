"""What may follow what, and by whom: 整改: finding, rectification, conclusion, review."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from supervision.actors.correcting import (
    applicant,
    explainer,
    finder,
    granter,
    handler,
    issuer,
    judge,
    leader,
    officer,
    unit_head,
    unit_people,
    verifier,
    with_its_last_item,
    withdrawer,
)
from supervision.states.correcting import AT_WORK
from supervision.states.correcting import ConclusionState as C
from supervision.states.correcting import FindingState as F
from supervision.states.correcting import RectificationState as R
from supervision.states.correcting import ReviewState as V
from workflow.lifecycle import Lifecycle, Step

FINDING = Lifecycle(
    "finding",
    Step("edit", (F.DRAFT,), None, finder, _("修改")),
    Step("discard", (F.DRAFT,), F.DROPPED, finder, _("删去草稿")),
    Step("issue", (F.DRAFT,), F.ISSUED, issuer, _("下达问题")),
    Step("accept", (F.ISSUED,), F.ACCEPTED, unit_head, _("认可问题")),
    Step("object", (F.ISSUED,), F.DISPUTED, unit_head, _("提出异议")),
    Step("take_as_accepted", (F.ISSUED,), F.ACCEPTED, officer, _("逾期视为认可")),
    Step("uphold", (F.DISPUTED,), F.ACCEPTED, judge, _("维持问题")),
    Step("drop", (F.DISPUTED,), F.DROPPED, judge, _("采纳异议，撤销问题")),
    Step("order", (F.ACCEPTED, F.RECTIFYING), F.RECTIFYING, issuer, _("下达整改要求")),
    Step("settle", (F.RECTIFYING,), F.SETTLED, with_its_last_item, _("整改完成")),
    Step("recheck", (F.SETTLED,), None, officer, _("安排回头看")),
    Step("confirm", (F.SETTLED,), None, officer, _("回头看合格")),
    Step("relapse", (F.SETTLED,), F.ISSUED, officer, _("问题反弹")),
    Step("waive", (F.ACCEPTED, F.RECTIFYING), F.UNDONE, leader, _("未整改结案")),
    Step("annul", (F.ISSUED, F.DISPUTED, F.ACCEPTED, F.RECTIFYING, F.SETTLED, F.UNDONE), F.DROPPED, leader,
         _("经复核撤销")),
)  # fmt: skip

RECTIFICATION = Lifecycle(
    "rectification",
    Step("plan", (R.ORDERED, R.PLANNED), R.PLANNED, unit_people, _("填报整改措施")),
    Step("prove", AT_WORK, None, unit_people, _("上传整改佐证")),
    Step("claim", (R.PLANNED,), R.CLAIMED, unit_head, _("申报整改完成")),
    Step("ask_longer", AT_WORK, None, unit_head, _("申请延期")),
    Step("withdraw_longer", AT_WORK, None, withdrawer, _("撤回延期申请")),
    Step("grant_longer", AT_WORK, None, granter, _("批准延期")),
    Step("refuse_longer", AT_WORK, None, granter, _("不同意延期")),
    Step("verify", (R.CLAIMED,), R.DONE, verifier, _("核验整改")),
    Step("return", (R.CLAIMED,), R.PLANNED, verifier, _("退回继续整改")),
    Step("expose", (R.CLAIMED,), R.ORDERED, verifier, _("认定虚假整改，责令改正")),
    Step("reassign", (R.ORDERED, R.PLANNED, R.CLAIMED), None, officer, _("更换核验人")),
)

CONCLUSION = Lifecycle(
    "conclusion",
    Step("edit", (C.DRAFT,), None, officer, _("修改")),
    Step("discard", (C.DRAFT,), C.DISCARDED, officer, _("作废草稿")),
    Step("submit", (C.DRAFT,), C.PENDING, officer, _("提请批准")),
    Step("approve", (C.PENDING,), C.ISSUED, leader, _("批准印发")),
    Step("send_back", (C.PENDING,), C.DRAFT, leader, _("退回修改")),
    Step("receive", (C.ISSUED,), C.RECEIVED, unit_people, _("签收")),
    Step("ask_review", (C.RECEIVED,), None, applicant, _("申请复核")),
    Step("explain", (C.RECEIVED,), None, explainer, _("提交情况说明")),
    Step("change", (C.RECEIVED,), C.CHANGED, leader, _("经复核变更")),
    Step("annul", (C.RECEIVED,), C.ANNULLED, leader, _("经复核撤销")),
)

REVIEW = Lifecycle(
    "review",
    Step("assign", (V.ASKED, V.ASSIGNED), V.ASSIGNED, officer, _("指定承办人")),
    Step("propose", (V.ASSIGNED,), V.PROPOSED, handler, _("提出复核意见")),
    Step("approve", (V.PROPOSED,), V.DECIDED, leader, _("批准复核决定")),
    Step("send_back", (V.PROPOSED,), V.ASSIGNED, leader, _("退回再议")),
    Step("withdraw", (V.ASKED, V.ASSIGNED), V.WITHDRAWN, unit_head, _("撤回申请")),
)

# Steps that another noun's step takes: no door of their own.
TAKEN_BY_OTHERS = {
    "finding.settle": "rectification.verify",
    "finding.annul": "review.approve",
    "rectification.return": "rectification.verify",
    "rectification.expose": "rectification.verify",
    "conclusion.change": "review.approve",
    "conclusion.annul": "review.approve",
}

ALL: tuple[Lifecycle, ...] = (FINDING, RECTIFICATION, CONCLUSION, REVIEW)

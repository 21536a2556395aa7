"""What may follow what, and by whom: 监督问责: accountability, clue, commendation, case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from supervision.actors.answering import (
    addressee,
    asking_office,
    case_approver,
    clue_approver,
    clue_drafter,
    clue_entruster,
    clue_handler,
    contact,
    head,
    office,
)
from supervision.states.answering import IN_HAND
from supervision.states.answering import AccountabilityState as A
from supervision.states.answering import CaseState as K
from supervision.states.answering import ClueState as C
from supervision.states.answering import CommendationState as P
from supervision.states.answering import StatementState as S
from workflow.lifecycle import Lifecycle, Step

ACCOUNTABILITY = Lifecycle(
    "accountability",
    Step("edit", (A.DRAFT, A.RETURNED), None, office, _("修改")),
    Step("prove", (A.DRAFT, A.RETURNED), None, office, _("添加附证")),
    Step("ask_statement", (A.DRAFT, A.RETURNED), None, office, _("听取对象说明")),
    Step("assess", (A.DRAFT, A.RETURNED), None, office, _("容错评估")),
    Step("submit", (A.DRAFT, A.RETURNED), A.PENDING, office, _("提请批准")),
    Step("approve", (A.PENDING,), A.APPROVED, head, _("批准建议")),
    Step("send_back", (A.PENDING,), A.RETURNED, head, _("退回修改")),
    Step("transfer", (A.APPROVED,), A.TRANSFERRED, office, _("移送")),
    Step("answer", (A.TRANSFERRED,), A.ANSWERED, contact, _("书面反馈采纳情况")),
    Step("withdraw", (A.DRAFT, A.RETURNED, A.PENDING, A.APPROVED), A.WITHDRAWN, office, _("撤回")),
)

STATEMENT = Lifecycle(
    "statement",
    Step("state", (S.ASKED,), S.STATED, addressee, _("提交说明")),
    Step("record", (S.ASKED,), S.STATED, asking_office, _("登记书面说明")),
    Step("decline", (S.ASKED,), S.DECLINED, asking_office, _("登记未作说明")),
    Step("withdraw", (S.ASKED,), S.WITHDRAWN, asking_office, _("撤回")),
)

CLUE = Lifecycle(
    "clue",
    Step("edit", (C.DRAFT, C.RETURNED), None, clue_drafter, _("修改")),
    Step("prove", (C.DRAFT, C.RETURNED), None, clue_drafter, _("添加附证")),
    Step("unmask", (C.DRAFT, C.RETURNED, C.PENDING, C.APPROVED, C.TRANSFERRED, C.ANSWERED), None, clue_handler,
         _("查看反映人")),
    Step("submit", (C.DRAFT, C.RETURNED), C.PENDING, clue_drafter, _("提请批准")),
    Step("approve", (C.PENDING,), C.APPROVED, clue_approver, _("批准移送")),
    Step("send_back", (C.PENDING,), C.RETURNED, clue_approver, _("退回修改")),
    Step("transfer", (C.APPROVED,), C.TRANSFERRED, clue_drafter, _("移送")),
    Step("answer", (C.TRANSFERRED,), C.ANSWERED, contact, _("反馈受理情况")),
    Step("entrust", IN_HAND, None, clue_entruster, _("移交经办")),
    Step("withdraw", IN_HAND, C.WITHDRAWN, clue_drafter, _("撤回")),
)  # fmt: skip

COMMENDATION = Lifecycle(
    "commendation",
    Step("edit", (P.DRAFT, P.RETURNED), None, office, _("修改")),
    Step("prove", (P.DRAFT, P.RETURNED), None, office, _("添加附证")),
    Step("submit", (P.DRAFT, P.RETURNED), P.PENDING, office, _("提请批准")),
    Step("approve", (P.PENDING,), P.APPROVED, head, _("批准表扬激励")),
    Step("send_back", (P.PENDING,), P.RETURNED, head, _("退回修改")),
    Step("publish", (P.APPROVED,), P.PUBLISHED, office, _("公布")),
    Step("withdraw", (P.DRAFT, P.RETURNED, P.PENDING, P.APPROVED, P.PUBLISHED), P.WITHDRAWN, office, _("撤回")),
)

CASE = Lifecycle(
    "case",
    Step("edit", (K.DRAFT, K.RETURNED), None, office, _("修改")),
    Step("prove", (K.DRAFT, K.RETURNED), None, office, _("添加附证")),
    Step("submit", (K.DRAFT, K.RETURNED), K.PENDING, office, _("提请批准")),
    Step("approve", (K.PENDING,), K.PUBLISHED, case_approver, _("批准发布")),
    Step("send_back", (K.PENDING,), K.RETURNED, case_approver, _("退回修改")),
    Step("review", (K.PUBLISHED,), None, case_approver, _("复审续用")),
    Step("expire", (K.PUBLISHED,), K.EXPIRED, office, _("到期下架")),
    Step("withdraw", (K.DRAFT, K.RETURNED, K.PENDING, K.PUBLISHED), K.WITHDRAWN, office, _("撤下")),
)

ALL: tuple[Lifecycle, ...] = (ACCOUNTABILITY, STATEMENT, CLUE, COMMENDATION, CASE)

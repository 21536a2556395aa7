"""What may follow what, and by whom: the tables of the room (docs/lifecycles.md is drawn from them)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tasks.actors import (
    approver,
    asking_head,
    asking_people,
    assigned_people,
    directive_approver,
    ender,
    helping_people,
    instructor,
    issuer,
    issuer_or_blocking,
    issuer_to_helper,
    lead_head,
    lead_people,
    leader,
    office_keeper,
    registrar,
    share_people,
)
from tasks.states import AssignmentState as A
from tasks.states import BatchState as Batch
from tasks.states import BlockerState as B
from tasks.states import BreakdownState as Breakdown
from tasks.states import ClauseState as Clause
from tasks.states import DirectiveState as D
from tasks.states import DraftState as Draft
from tasks.states import ExtensionState as E
from tasks.states import OfficeState as O
from tasks.states import ReportState as R
from tasks.states import SuspensionState as P
from tasks.states import TaskState as S
from workflow.lifecycle import Lifecycle, Step

LIVE = (S.ASSIGNED, S.DECLINED, S.ACTIVE, S.CLAIMED, S.REVIEW, S.APPROVAL, S.SUSPENDED)

DIRECTIVE = Lifecycle(
    "directive",
    Step("edit", (D.DRAFT,), None, registrar, _("修改")),
    Step("attach", (D.DRAFT, D.PENDING, D.APPROVED), None, registrar, _("添加附件")),
    Step("submit", (D.DRAFT,), D.PENDING, registrar, _("提请立项审批")),
    Step("approve", (D.PENDING,), D.APPROVED, directive_approver, _("批准立项")),
    Step("send_back", (D.PENDING,), D.DRAFT, directive_approver, _("退回修改")),
    Step("draft", (D.DRAFT, D.PENDING, D.APPROVED), None, registrar, _("拟办任务")),
    Step("upload", (D.DRAFT, D.PENDING, D.APPROVED), None, registrar, _("导入分解表")),
    Step("break_down", (D.DRAFT, D.PENDING, D.APPROVED), None, registrar, _("分解文件")),
    Step("withdraw", (D.DRAFT, D.PENDING, D.APPROVED), D.WITHDRAWN, registrar, _("撤销")),
)

TASK = Lifecycle(
    "task",
    Step("edit", (S.DRAFT,), None, issuer, _("修改")),
    Step("drop", (S.DRAFT,), S.TERMINATED, issuer, _("删去草稿")),
    Step("assign", (S.DRAFT,), S.ASSIGNED, issuer, _("交办")),
    Step("reassign", (S.ASSIGNED, S.DECLINED), S.ASSIGNED, issuer, _("改派")),
    Step("reassign", (S.ACTIVE,), S.ASSIGNED, leader, _("改派")),
    Step("add_units", (S.ASSIGNED, S.DECLINED, S.ACTIVE), None, issuer, _("增加配合单位")),
    Step("name", (S.ASSIGNED, S.ACTIVE), None, lead_people, _("更换责任人")),
    Step("insist", (S.DECLINED,), S.ASSIGNED, issuer, _("维持交办")),
    Step("start", (S.ASSIGNED,), S.ACTIVE, lead_people, _("签收办理")),
    Step("return", (S.ASSIGNED,), S.DECLINED, lead_people, _("退办")),
    Step("report", (S.ACTIVE,), None, assigned_people, _("填报进展")),
    Step("prove", (S.ACTIVE,), None, assigned_people, _("上传佐证")),
    Step("mark", (S.ACTIVE,), None, lead_people, _("更新节点")),
    Step("split", (S.ACTIVE,), None, assigned_people, _("向下分解")),
    Step("extend", (S.ASSIGNED, S.ACTIVE), None, lead_people, _("申请延期")),
    Step("suspend", (S.ACTIVE,), None, lead_people, _("申请挂起")),
    Step("raise", (S.ACTIVE,), None, assigned_people, _("提请协调")),
    Step("claim", (S.ACTIVE,), S.CLAIMED, lead_people, _("申报办结")),
    Step("sign_off", (S.CLAIMED,), S.REVIEW, lead_head, _("签批报送")),
    Step("verify", (S.REVIEW,), S.APPROVAL, issuer, _("核验通过")),
    Step("read", (S.REVIEW, S.APPROVAL), None, instructor, _("阅示")),
    Step("close", (S.APPROVAL,), S.CLOSED, approver, _("批准销号")),
    Step("send_back", (S.CLAIMED,), S.ACTIVE, lead_head, _("退回补办")),
    Step("send_back", (S.REVIEW,), S.ACTIVE, issuer, _("退回补办")),
    Step("send_back", (S.APPROVAL,), S.ACTIVE, approver, _("退回补办")),
    Step("withdraw", (S.CLAIMED, S.REVIEW), S.ACTIVE, lead_people, _("撤回申报")),
    Step("hold_clock", (S.ACTIVE,), S.SUSPENDED, leader, _("挂起")),
    Step("resume", (S.SUSPENDED,), S.ACTIVE, issuer, _("恢复办理")),
    Step("remark", (*LIVE, S.CLOSED), None, instructor, _("再批示")),
    Step("reopen", (S.CLOSED,), S.ACTIVE, issuer, _("重新办理")),
    Step("terminate", LIVE, S.TERMINATED, ender, _("终止")),
)

# Steps of the task that another noun's step takes: no door of their own.
TAKEN_BY_OTHERS = {"start": "assignment.sign", "return": "assignment.decline", "hold_clock": "suspension.grant"}

ASSIGNMENT = Lifecycle(
    "assignment",
    Step("sign", (A.ISSUED,), A.SIGNED, share_people, _("签收")),
    Step("decline", (A.ISSUED,), A.DECLINED, share_people, _("退办")),
    Step("insist", (A.DECLINED,), A.ISSUED, issuer_to_helper, _("维持分工")),
    Step("finish", (A.SIGNED,), A.DONE, helping_people, _("完成配合")),
    Step("recall", (A.DONE, A.EXCUSED), A.SIGNED, issuer_to_helper, _("重新配合")),
    Step("excuse", (A.ISSUED, A.SIGNED, A.DECLINED), A.EXCUSED, issuer_to_helper, _("免予配合")),
)

REPORT = Lifecycle(
    "report",
    Step("accept", (R.SUBMITTED,), R.ACCEPTED, issuer, _("采纳")),
    Step("send_back", (R.SUBMITTED,), R.RETURNED, issuer, _("退回")),
)

EXTENSION = Lifecycle(
    "extension",
    Step("sign_off", (E.REQUESTED,), E.SIGNED, asking_head, _("单位签批")),
    Step("accept", (E.SIGNED,), E.CHECKED, issuer, _("审核通过")),
    Step("grant", (E.CHECKED,), E.GRANTED, leader, _("批准延期")),
    Step("refuse", (E.REQUESTED,), E.REFUSED, asking_head, _("不予同意")),
    Step("refuse", (E.SIGNED,), E.REFUSED, issuer, _("不予同意")),
    Step("refuse", (E.CHECKED,), E.REFUSED, leader, _("不予同意")),
    Step("withdraw", (E.REQUESTED, E.SIGNED, E.CHECKED), E.WITHDRAWN, asking_people, _("撤回")),
)

SUSPENSION = Lifecycle(
    "suspension",
    Step("grant", (P.REQUESTED,), P.GRANTED, leader, _("批准挂起")),
    Step("refuse", (P.REQUESTED,), P.REFUSED, leader, _("不予挂起")),
    Step("withdraw", (P.REQUESTED,), P.WITHDRAWN, asking_people, _("撤回")),
    Step("prolong", (P.GRANTED,), None, issuer, _("续停")),
    Step("end", (P.GRANTED,), P.ENDED, issuer, _("恢复")),
)

BLOCKER = Lifecycle(
    "blocker",
    Step("confirm", (B.RAISED,), B.CONFIRMED, issuer, _("确认")),
    Step("refuse", (B.RAISED,), B.REFUSED, issuer, _("不予确认")),
    Step("resolve", (B.CONFIRMED,), B.RESOLVED, issuer_or_blocking, _("协调解决")),
    Step("withdraw", (B.RAISED, B.CONFIRMED), B.WITHDRAWN, asking_people, _("撤回")),
)

BATCH = Lifecycle(
    "batch",
    Step("read", (Batch.READING,), Batch.READY, registrar, _("读取")),
    Step("fail", (Batch.READING,), Batch.FAILED, registrar, _("未能读取")),
    Step("amend", (Batch.READY, Batch.DONE), None, registrar, _("更正一行")),
    # What was kept is corrected and taken after the rest: once more from DONE.
    Step("take", (Batch.READY, Batch.DONE), Batch.TAKING, registrar, _("导入可导入的行")),
    Step("finish", (Batch.TAKING,), Batch.DONE, registrar, _("导入完成")),
    Step("drop", (Batch.READY, Batch.FAILED), Batch.DROPPED, registrar, _("放弃")),
)

BREAKDOWN = Lifecycle(
    "breakdown",
    Step("accept", (Breakdown.OPEN,), None, registrar, _("批量采纳")),
    Step("fill", (Breakdown.OPEN,), None, registrar, _("批量补全")),
    Step("dispose", (Breakdown.OPEN,), None, registrar, _("批量处置条款")),
    Step("add", (Breakdown.OPEN,), None, registrar, _("补拟一条")),
    Step("undo", (Breakdown.OPEN,), None, registrar, _("撤销上一步")),
    Step("waive", (Breakdown.OPEN,), None, directive_approver, _("准予未落实条款下达")),
    Step("issue", (Breakdown.OPEN,), Breakdown.ISSUED, registrar, _("下达")),
    Step("resume", (Breakdown.ISSUED,), Breakdown.OPEN, registrar, _("继续分解")),
    Step("drop", (Breakdown.OPEN,), Breakdown.DROPPED, registrar, _("放弃分解")),
)

CLAUSE = Lifecycle(
    "clause",
    Step("dispose", (Clause.OPEN,), Clause.DISPOSED, registrar, _("处置")),
    Step("restore", (Clause.DISPOSED,), Clause.OPEN, registrar, _("取消处置")),
)

DRAFT = Lifecycle(
    "draft",
    Step("accept", (Draft.PROPOSED,), Draft.ACCEPTED, registrar, _("采纳")),
    Step("edit", (Draft.PROPOSED, Draft.ACCEPTED), None, registrar, _("修改")),
    Step("choose", (Draft.PROPOSED, Draft.ACCEPTED), None, registrar, _("选定单位")),
    Step("merge", (Draft.PROPOSED, Draft.ACCEPTED), None, registrar, _("合并")),
    Step("split", (Draft.PROPOSED, Draft.ACCEPTED), None, registrar, _("拆分")),
    Step("drop", (Draft.PROPOSED, Draft.ACCEPTED), Draft.DROPPED, registrar, _("舍弃")),
    Step("reconsider", (Draft.ACCEPTED, Draft.DROPPED), Draft.PROPOSED, registrar, _("重新核对")),
    Step("join", (Draft.PROPOSED, Draft.ACCEPTED, Draft.MERGED), Draft.MERGED, registrar, _("并入另一条")),
    Step("release", (Draft.MERGED,), Draft.PROPOSED, registrar, _("从合并中放回")),
    Step("issue", (Draft.ACCEPTED,), Draft.ISSUED, registrar, _("立为任务")),
)
# Steps of a draft that another step takes: no door of their own.
TAKEN_WITH_DRAFTS = {"join": "draft.merge", "release": "draft.drop", "issue": "breakdown.issue"}

OFFICE = Lifecycle(
    "office",
    Step("amend", (O.CURRENT,), None, office_keeper, _("修改设置")),
)

ALL = (
    DIRECTIVE, TASK, ASSIGNMENT, REPORT, EXTENSION, SUSPENSION, BLOCKER, BATCH, BREAKDOWN, CLAUSE, DRAFT, OFFICE,
)  # fmt: skip

"""What may follow what, and by whom: 督促检查: plan, inspection, team, worksheet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from supervision.actors.inspecting import (
    amendment_approver,
    approver,
    discloser,
    head,
    oneself,
    plan_approver,
    planner,
    registrar,
    registrar_or_approver,
    registrar_or_head,
    registrar_or_team,
    team,
)
from supervision.states.inspecting import InspectionState as S
from supervision.states.inspecting import MemberState as M
from supervision.states.inspecting import PlanState as P
from supervision.states.inspecting import SchemeState as V
from workflow.lifecycle import Lifecycle, Step

PLAN = Lifecycle(
    "plan",
    Step("add_item", (P.DRAFT,), None, planner, _("增加事项")),
    Step("drop_item", (P.DRAFT,), None, planner, _("删去事项")),
    Step("submit", (P.DRAFT,), P.PENDING, planner, _("提请审批")),
    Step("approve", (P.PENDING,), P.APPROVED, plan_approver, _("批准计划")),
    Step("send_back", (P.PENDING,), P.DRAFT, plan_approver, _("退回修改")),
)

INSPECTION = Lifecycle(
    "inspection",
    Step("edit", (S.DRAFT,), None, registrar, _("修改")),
    Step("link", (S.DRAFT, S.APPROVED, S.RUNNING), None, registrar, _("关联任务")),
    Step("unlink", (S.DRAFT,), None, registrar, _("取消关联")),
    Step("add_member", (S.DRAFT,), None, registrar, _("增加组员")),
    Step("add_member", (S.APPROVED, S.RUNNING), None, registrar_or_approver, _("增加组员")),
    Step("prove", (S.DRAFT, S.PENDING, S.APPROVED), None, registrar, _("上传材料")),
    Step("prove", (S.RUNNING,), None, registrar_or_team, _("上传材料")),
    Step("submit", (S.DRAFT,), S.PENDING, registrar, _("提请批准")),
    Step("approve", (S.PENDING,), S.APPROVED, approver, _("批准督查")),
    Step("send_back", (S.PENDING,), S.DRAFT, approver, _("退回修改")),
    Step("amend", (S.APPROVED, S.RUNNING), None, registrar, _("调整方案")),
    Step("start", (S.APPROVED,), S.RUNNING, registrar_or_head, _("开始督查")),
    Step("note", (S.RUNNING,), None, team, _("填写底稿")),
    Step("report", (S.RUNNING,), S.REPORTED, head, _("签报督查报告")),
    Step("find", (S.RUNNING, S.REPORTED), None, registrar_or_team, _("登记问题")),
    Step("draft", (S.REPORTED, S.CONCLUDED), None, registrar, _("拟制督查结论")),
    Step("disclose", (S.APPROVED, S.RUNNING, S.REPORTED), None, discloser, _("公开暗访")),
    Step("conclude", (S.REPORTED,), S.CONCLUDED, registrar, _("结论反馈完毕")),
    Step("finish", (S.CONCLUDED,), S.FINISHED, registrar, _("办结督查")),
    Step("withdraw", (S.DRAFT, S.PENDING, S.APPROVED), S.WITHDRAWN, registrar, _("撤销督查")),
    Step("withdraw", (S.RUNNING,), S.WITHDRAWN, approver, _("撤销督查")),
)

SCHEME = Lifecycle(
    "scheme",
    Step("approve", (V.PENDING,), V.APPROVED, amendment_approver, _("批准调整")),
    Step("send_back", (V.PENDING,), V.RETURNED, amendment_approver, _("不予调整")),
    Step("supersede", (V.APPROVED,), V.SUPERSEDED, amendment_approver, _("被新版取代")),
)

MEMBER = Lifecycle(
    "member",
    Step("declare", (M.STANDING,), M.DECLARED, oneself, _("申报回避")),
    Step("recuse", (M.STANDING, M.DECLARED), M.RECUSED, registrar, _("决定回避")),
    Step("keep", (M.DECLARED,), M.STANDING, registrar, _("无须回避")),
    Step("leave", (M.STANDING, M.DECLARED), M.LEFT, registrar, _("退出督查组")),
)

ALL: tuple[Lifecycle, ...] = (PLAN, INSPECTION, SCHEME, MEMBER)

# Steps that another noun's step takes: no door of their own.
TAKEN_BY_OTHERS = {"scheme.supersede": "scheme.approve"}

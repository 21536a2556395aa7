"""The verbs as both doors offer them: 督促检查: plan, inspection, team, worksheet."""

from __future__ import annotations

from supervision import models
from supervision.inputs import inspecting as inputs
from supervision.lifecycles import inspecting as lifecycles
from supervision.operations import inspections, members, plans, schemes, worksheets
from supervision.verbs.correcting import OF_INSPECTION
from tasks.inputs import CommentForm, NeededCommentForm, NothingForm, ReasonForm
from workflow.doors.verbs import Noun, Verb

DRAFT_PLAN = Verb("draft", plans.draft, inputs.PlanForm, "plus", "primary")
REGISTER = Verb("register", inspections.register, inputs.InspectionForm, "plus", "primary")

PLAN = Noun(
    "plan",
    "plans",
    models.Plan,
    lifecycles.PLAN,
    (
        Verb("approve", plans.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("submit", plans.submit, NothingForm, "send", "primary"),
        Verb("add_item", plans.add_item, inputs.PlanItemForm, "plus", makes="plan_item"),
        Verb("drop_item", plans.drop_item, inputs.DropItemForm, "trash"),
        Verb("send_back", plans.send_back, ReasonForm, "arrow-back-up"),
    ),
)

INSPECTION = Noun(
    "inspection",
    "inspections",
    models.Inspection,
    lifecycles.INSPECTION,
    (
        Verb("approve", inspections.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("submit", inspections.submit, NothingForm, "send", "primary"),
        Verb("start", inspections.start, NothingForm, "player-play", "primary"),
        Verb("note", worksheets.file, inputs.WorksheetForm, "clipboard-text", "primary", makes="worksheet"),
        Verb("report", inspections.report, inputs.ReportForm, "signature", "primary"),
        *OF_INSPECTION,
        Verb("conclude", inspections.conclude, NothingForm, "checks", "primary"),
        Verb("finish", inspections.finish, NothingForm, "archive", "primary"),
        Verb("edit", inspections.edit, inputs.InspectionForm, "pencil"),
        Verb("add_member", members.add, inputs.MemberForm, "user-check", makes="member"),
        Verb("link", inspections.link, inputs.LinkForm, "list-check"),
        Verb("unlink", inspections.unlink, inputs.UnlinkForm, "x"),
        Verb("prove", worksheets.prove, inputs.ProofForm, "paperclip", makes="proof"),
        Verb("amend", schemes.amend, inputs.AmendForm, "arrows-exchange", makes="scheme"),
        Verb("disclose", inspections.disclose, inputs.NoteOfDisclosureForm, "eye"),
        Verb("send_back", inspections.send_back, ReasonForm, "arrow-back-up"),
        Verb("withdraw", inspections.withdraw, ReasonForm, "trash", "danger"),
    ),
)

SCHEME = Noun(
    "scheme",
    "schemes",
    models.Scheme,
    lifecycles.SCHEME,
    (
        Verb("approve", schemes.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("send_back", schemes.send_back, NeededCommentForm, "arrow-back-up"),
    ),
)

MEMBER = Noun(
    "member",
    "members",
    models.Member,
    lifecycles.MEMBER,
    (
        Verb("declare", members.declare, inputs.GroundForm, "user-off"),
        Verb("recuse", members.recuse, inputs.GroundForm, "user-off"),
        Verb("keep", members.keep, ReasonForm, "user-check", "primary"),
        Verb("leave", members.leave, ReasonForm, "arrow-back-up", "danger"),
    ),
)

NOUNS: tuple[Noun, ...] = (PLAN, INSPECTION, SCHEME, MEMBER)

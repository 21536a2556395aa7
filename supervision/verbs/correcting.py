"""The verbs as both doors offer them: 整改: finding, rectification, conclusion, review."""

from __future__ import annotations

from supervision import models
from supervision.inputs import correcting as inputs
from supervision.lifecycles import correcting as lifecycles
from supervision.operations import conclusions, deferrals, findings, rechecks, rectifications, reviews, vouchers
from tasks.inputs import CommentForm, ExtensionForm, NothingForm, OptionalReasonForm, ReasonForm
from workflow.doors.verbs import Noun, Verb

OF_INSPECTION = (
    Verb("find", findings.find, inputs.FindingForm, "file-search", "primary", makes="finding"),
    Verb("draft", conclusions.draft, inputs.ConclusionForm, "file-text", "primary", makes="conclusion"),
)
"""The verbs of an inspection that make the nouns of this theme."""

FINDING = Noun(
    "finding",
    "findings",
    models.Finding,
    lifecycles.FINDING,
    (
        Verb("issue", findings.issue, NothingForm, "send", "primary"),
        Verb("accept", findings.accept, CommentForm, "check", "primary"),
        Verb("object", findings.object_, ReasonForm, "hand-stop"),
        Verb("take_as_accepted", findings.take_as_accepted, CommentForm, "alarm"),
        Verb("uphold", findings.uphold, ReasonForm, "gavel", "primary"),
        Verb("drop", findings.drop, ReasonForm, "circle-x"),
        Verb("order", rectifications.order, inputs.OrderForm, "list-check", "primary", makes="rectification"),
        Verb("recheck", rechecks.arrange, inputs.RecheckForm, "refresh", makes="inspection"),
        Verb("confirm", rechecks.confirm, inputs.RecheckedForm, "eye-check", "primary"),
        Verb("relapse", rechecks.relapse, inputs.RelapsedForm, "alert-triangle", "danger"),
        Verb("edit", findings.edit, inputs.FindingForm, "pencil"),
        Verb("discard", findings.discard, NothingForm, "trash", "danger"),
        Verb("waive", findings.waive, ReasonForm, "ban", "danger"),
    ),
)

RECTIFICATION = Noun(
    "rectification",
    "rectifications",
    models.Rectification,
    lifecycles.RECTIFICATION,
    (
        Verb("plan", rectifications.plan, inputs.MeasuresForm, "pencil", "primary"),
        Verb("claim", rectifications.claim, inputs.ClaimForm, "signature", "primary"),
        Verb("verify", rectifications.verify, inputs.VerificationForm, "eye-check", "primary"),
        Verb("grant_longer", deferrals.grant, inputs.LongerGrantedForm, "rubber-stamp", "primary"),
        Verb("prove", vouchers.add, inputs.VoucherForm, "paperclip", makes="voucher"),
        Verb("ask_longer", deferrals.ask, ExtensionForm, "calendar-plus"),
        Verb("withdraw_longer", deferrals.withdraw, NothingForm, "arrow-back-up"),
        Verb("refuse_longer", deferrals.refuse, inputs.LongerRefusedForm, "x"),
        Verb("reassign", rectifications.reassign, inputs.VerifierForm, "user-check"),
    ),
)

CONCLUSION = Noun(
    "conclusion",
    "conclusions",
    models.Conclusion,
    lifecycles.CONCLUSION,
    (
        Verb("submit", conclusions.submit, NothingForm, "send", "primary"),
        Verb("approve", conclusions.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("receive", conclusions.receive, inputs.ReceiptForm, "writing-sign", "primary"),
        Verb("ask_review", reviews.ask, inputs.ReviewForm, "scale", makes="review"),
        Verb("explain", conclusions.explain, inputs.ExplanationForm, "message-report"),
        Verb("edit", conclusions.edit, inputs.ConclusionTextForm, "pencil"),
        Verb("send_back", conclusions.send_back, ReasonForm, "arrow-back-up"),
        Verb("discard", conclusions.discard, NothingForm, "trash", "danger"),
    ),
)

REVIEW = Noun(
    "review",
    "reviews",
    models.Review,
    lifecycles.REVIEW,
    (
        Verb("assign", reviews.assign, inputs.HandlerForm, "user-check", "primary"),
        Verb("propose", reviews.propose, inputs.OpinionForm, "scale", "primary"),
        Verb("approve", reviews.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("send_back", reviews.send_back, ReasonForm, "arrow-back-up"),
        Verb("withdraw", reviews.withdraw, OptionalReasonForm, "arrow-back-up"),
    ),
)

NOUNS: tuple[Noun, ...] = (FINDING, RECTIFICATION, CONCLUSION, REVIEW)

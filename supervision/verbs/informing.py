"""The verbs as both doors offer them: 情况通报: notice, bulletin."""

from __future__ import annotations

from supervision import models
from supervision.inputs import informing as inputs
from supervision.lifecycles import informing as lifecycles
from supervision.operations import bulletins, mentions, notices, receipts
from tasks.inputs import CommentForm, NothingForm, OptionalReasonForm, ReasonForm
from workflow.doors.verbs import Noun, Verb

DRAFT_NOTICE = Verb("draft", notices.draft, inputs.NoticeForm, "plus", "primary")
DRAFT_BULLETIN = Verb("draft", bulletins.draft, inputs.BulletinForm, "plus", "primary")

NOTICE = Noun(
    "notice",
    "notices",
    models.Notice,
    lifecycles.NOTICE,
    (
        Verb("issue", notices.issue, NothingForm, "send", "primary"),
        Verb("submit", notices.submit, NothingForm, "send", "primary"),
        Verb("approve", notices.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("receive", notices.receive, NothingForm, "writing-sign", "primary"),
        Verb("answer", notices.answer, inputs.AnswerForm, "message-report", "primary"),
        Verb("note", notices.note, inputs.TalkForm, "users", "primary"),
        Verb("edit", notices.edit, inputs.NoticeEditForm, "pencil"),
        Verb("send_back", notices.send_back, ReasonForm, "arrow-back-up"),
        Verb("withdraw", notices.withdraw, ReasonForm, "trash", "danger"),
    ),
)

BULLETIN = Noun(
    "bulletin",
    "bulletins",
    models.Bulletin,
    lifecycles.BULLETIN,
    (
        Verb("approve", bulletins.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("submit", bulletins.submit, NothingForm, "send", "primary"),
        Verb("consult", bulletins.consult, NothingForm, "users", "primary"),
        Verb("name", mentions.name, inputs.MentionForm, "user-check", makes="mention"),
        Verb("edit", bulletins.edit, inputs.BulletinEditForm, "pencil"),
        Verb("freeze", bulletins.freeze, NothingForm, "refresh"),
        Verb("reopen", bulletins.reopen, NothingForm, "arrow-back-up"),
        Verb("send_back", bulletins.send_back, ReasonForm, "arrow-back-up"),
        Verb("withdraw", bulletins.withdraw, ReasonForm, "trash", "danger"),
    ),
)

MENTION = Noun(
    "mention",
    "mentions",
    models.Mention,
    lifecycles.MENTION,
    (
        Verb("answer", mentions.answer, inputs.AnswerForm, "message-report", "primary"),
        Verb("accept", mentions.accept, inputs.AcceptForm, "check", "primary"),
        Verb("refuse", mentions.refuse, inputs.DecisionForm, "x"),
        Verb("edit", mentions.edit, inputs.PassageForm, "pencil"),
        Verb("drop", mentions.drop, OptionalReasonForm, "trash", "danger"),
    ),
)

RECEIPT = Noun(
    "receipt",
    "receipts",
    models.Receipt,
    lifecycles.RECEIPT,
    (Verb("receive", receipts.receive, NothingForm, "writing-sign", "primary"),),
)

NOUNS: tuple[Noun, ...] = (NOTICE, BULLETIN, MENTION, RECEIPT)

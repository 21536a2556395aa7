"""The verbs as both doors offer them: 监督问责: accountability, clue, commendation, case."""

from __future__ import annotations

from supervision import models
from supervision.inputs import answering as inputs
from supervision.lifecycles import answering as lifecycles
from supervision.operations import accountability, cases, clues, commendations, statements
from tasks.inputs import CommentForm, NothingForm, ReasonForm
from workflow.doors.verbs import Noun, Verb

REGISTER_ACCOUNTABILITY = Verb("register", accountability.register, inputs.AccountabilityForm, "plus", "primary")

ACCOUNTABILITY = Noun(
    "accountability",
    "accountability",
    models.Accountability,
    lifecycles.ACCOUNTABILITY,
    (
        Verb("ask_statement", statements.ask, inputs.AskStatementForm, "message-2", makes="statement"),
        Verb("assess", accountability.assess, inputs.AssessmentForm, "scale"),
        Verb("submit", accountability.submit, NothingForm, "send", "primary"),
        Verb("approve", accountability.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("transfer", accountability.transfer, inputs.ContactsForm, "send", "primary"),
        Verb("answer", accountability.answer, inputs.AdoptionForm, "writing", "primary"),
        Verb("prove", accountability.prove, inputs.ProofForm, "paperclip", makes="exhibit"),
        Verb("edit", accountability.edit, inputs.AccountabilityForm, "pencil"),
        Verb("send_back", accountability.send_back, ReasonForm, "arrow-back-up"),
        Verb("withdraw", accountability.withdraw, ReasonForm, "trash", "danger"),
    ),
)

STATEMENT = Noun(
    "statement",
    "statements",
    models.Statement,
    lifecycles.STATEMENT,
    (
        Verb("state", statements.state, inputs.StatementForm, "message-report", "primary"),
        Verb("record", statements.record, inputs.RecordForm, "file-text", "primary"),
        Verb("decline", statements.decline, inputs.DeclinedForm, "file-x"),
        Verb("withdraw", statements.withdraw, ReasonForm, "trash", "danger"),
    ),
)

REGISTER_CLUE = Verb("register", clues.register, inputs.ClueForm, "plus", "primary")

CLUE = Noun(
    "clue",
    "clues",
    models.Clue,
    lifecycles.CLUE,
    (
        Verb("submit", clues.submit, inputs.HeadForm, "send", "primary"),
        Verb("approve", clues.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("transfer", clues.transfer, inputs.ContactsForm, "send", "primary"),
        Verb("answer", clues.answer, inputs.OutcomeForm, "writing", "primary"),
        Verb("prove", clues.prove, inputs.ProofForm, "paperclip", makes="exhibit"),
        Verb("unmask", clues.unmask, inputs.UnmaskForm, "eye", makes="informant"),
        Verb("entrust", clues.entrust, inputs.SuccessorForm, "user-share"),
        Verb("edit", clues.edit, inputs.ClueForm, "pencil"),
        Verb("send_back", clues.send_back, ReasonForm, "arrow-back-up"),
        Verb("withdraw", clues.withdraw, ReasonForm, "trash", "danger"),
    ),
)

REGISTER_COMMENDATION = Verb("register", commendations.register, inputs.CommendationForm, "plus", "primary")

COMMENDATION = Noun(
    "commendation",
    "commendations",
    models.Commendation,
    lifecycles.COMMENDATION,
    (
        Verb("submit", commendations.submit, NothingForm, "send", "primary"),
        Verb("approve", commendations.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("publish", commendations.publish, NothingForm, "news", "primary"),
        Verb("prove", commendations.prove, inputs.ProofForm, "paperclip", makes="exhibit"),
        Verb("edit", commendations.edit, inputs.CommendationForm, "pencil"),
        Verb("send_back", commendations.send_back, ReasonForm, "arrow-back-up"),
        Verb("withdraw", commendations.withdraw, ReasonForm, "trash", "danger"),
    ),
)

REGISTER_CASE = Verb("register", cases.register, inputs.CaseForm, "plus", "primary")

CASE = Noun(
    "case",
    "cases",
    models.Case,
    lifecycles.CASE,
    (
        Verb("submit", cases.submit, NothingForm, "send", "primary"),
        Verb("approve", cases.approve, CommentForm, "rubber-stamp", "primary"),
        Verb("review", cases.review, inputs.ReviewForm, "repeat", "primary"),
        Verb("prove", cases.prove, inputs.ProofForm, "paperclip", makes="exhibit"),
        Verb("edit", cases.edit, inputs.CaseForm, "pencil"),
        Verb("send_back", cases.send_back, ReasonForm, "arrow-back-up"),
        Verb("expire", cases.expire, ReasonForm, "archive"),
        Verb("withdraw", cases.withdraw, ReasonForm, "trash", "danger"),
    ),
)

NOUNS: tuple[Noun, ...] = (ACCOUNTABILITY, STATEMENT, CLUE, COMMENDATION, CASE)

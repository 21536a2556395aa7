"""The verbs of the room as both doors offer them: step, operation, input. Pages and REST are made from these tables."""

from __future__ import annotations

from tasks import (
    breakdown_inputs,
    closure_inputs,
    import_inputs,
    inputs,
    instruction_inputs,
    lifecycles,
    models,
    office_inputs,
)
from tasks.operations import (
    assignments,
    batches,
    blockers,
    closures,
    directives,
    evidence,
    extensions,
    instructions,
    milestones,
    offices,
    readings,
    reports,
    suspensions,
    tasks,
)
from tasks.operations.breakdowns import clauses, drafts, making, revising, settling
from workflow.doors.verbs import Noun, Verb

REGISTER = Verb("register", directives.register, inputs.DirectiveForm, "plus", "primary")

INSTRUCT = Verb("instruct", instructions.instruct, instruction_inputs.InstructionForm, "gavel", "primary")

DIRECTIVE = Noun(
    "directive",
    "directives",
    models.Directive,
    lifecycles.DIRECTIVE,
    (
        Verb("approve", directives.approve, inputs.CommentForm, "rubber-stamp", "primary"),
        Verb("submit", directives.submit, inputs.NothingForm, "send", "primary"),
        Verb("draft", tasks.draft, inputs.TaskForm, "plus", "primary", makes="task"),
        Verb("edit", directives.edit, inputs.DirectiveForm, "pencil"),
        Verb("upload", batches.upload, import_inputs.SheetForm, "file-import", makes="batch"),
        Verb("break_down", making.break_down, breakdown_inputs.DocumentForm, "list-tree", makes="breakdown"),
        Verb("attach", directives.attach, inputs.FileForm, "paperclip", makes="attachment"),
        Verb("send_back", directives.send_back, inputs.ReasonForm, "arrow-back-up"),
        Verb("withdraw", directives.withdraw, inputs.ReasonForm, "trash", "danger"),
    ),
)

TASK = Noun(
    "task",
    "tasks",
    models.Task,
    lifecycles.TASK,
    (
        Verb("assign", tasks.assign, inputs.NothingForm, "send", "primary"),
        Verb("report", reports.file, inputs.ReportForm, "message-report", "primary", makes="report"),
        Verb("claim", closures.claim, closure_inputs.ClaimForm, "checks", "primary"),
        Verb("sign_off", closures.sign_off, inputs.NothingForm, "signature", "primary"),
        Verb("verify", closures.verify, closure_inputs.VerifyForm, "eye-check", "primary"),
        Verb("read", readings.read, instruction_inputs.ReadForm, "eye-check", "primary"),
        Verb("close", closures.close, closure_inputs.CloseForm, "rubber-stamp", "primary"),
        Verb("reassign", tasks.reassign, inputs.ReassignForm, "arrows-exchange", "primary"),
        Verb("insist", tasks.insist, inputs.ReasonForm, "hand-stop"),
        Verb("add_units", tasks.add_units, inputs.AddUnitsForm, "users"),
        Verb("name", tasks.name_responsible, inputs.ResponsibleForm, "user-check"),
        Verb("resume", suspensions.resume, inputs.ReasonForm, "player-play", "primary"),
        Verb("edit", tasks.edit, inputs.TaskForm, "pencil"),
        Verb("prove", evidence.add, inputs.EvidenceForm, "paperclip", makes="evidence"),
        Verb("mark", milestones.mark, inputs.MilestonesForm, "flag-check"),
        Verb("split", tasks.split, inputs.SplitForm, "subtask", makes="task"),
        Verb("raise", blockers.raise_, inputs.BlockerForm, "users", makes="blocker"),
        Verb("extend", extensions.ask, inputs.ExtensionForm, "calendar-plus", makes="extension"),
        Verb("suspend", suspensions.ask, inputs.SuspensionForm, "player-pause", makes="suspension"),
        Verb("send_back", closures.send_back, closure_inputs.ReturnForm, "arrow-back-up"),
        Verb("withdraw", closures.withdraw, inputs.OptionalReasonForm, "arrow-back-up"),
        Verb("remark", readings.add_remark, instruction_inputs.RemarkForm, "gavel", makes="task"),
        Verb("reopen", tasks.reopen, inputs.ReopenForm, "refresh"),
        Verb("drop", tasks.drop, inputs.OptionalReasonForm, "trash", "danger"),
        Verb("terminate", tasks.terminate, inputs.ReasonForm, "ban", "danger"),
    ),
)

ASSIGNMENT = Noun(
    "assignment",
    "assignments",
    models.Assignment,
    lifecycles.ASSIGNMENT,
    (
        Verb("sign", assignments.sign, inputs.NothingForm, "writing-sign", "primary"),
        Verb("decline", assignments.decline, inputs.ReasonForm, "hand-stop"),
        Verb("insist", assignments.insist, inputs.ReasonForm, "hand-stop"),
        Verb("finish", assignments.finish, inputs.NoteForm, "check", "primary"),
        Verb("recall", assignments.recall, inputs.ReasonForm, "refresh"),
        Verb("excuse", assignments.excuse, inputs.ReasonForm, "user-off"),
    ),
)

REPORT = Noun(
    "report",
    "reports",
    models.Report,
    lifecycles.REPORT,
    (
        Verb("accept", reports.accept, inputs.CommentForm, "check", "primary"),
        Verb("send_back", reports.send_back, inputs.NeededCommentForm, "arrow-back-up"),
    ),
)

EXTENSION = Noun(
    "extension",
    "extensions",
    models.Extension,
    lifecycles.EXTENSION,
    (
        Verb("sign_off", extensions.sign_off, inputs.NothingForm, "signature", "primary"),
        Verb("accept", extensions.accept, inputs.CommentForm, "check", "primary"),
        Verb("grant", extensions.grant, inputs.GrantForm, "rubber-stamp", "primary"),
        Verb("refuse", extensions.refuse, inputs.NeededCommentForm, "x", "danger"),
        Verb("withdraw", extensions.withdraw, inputs.NothingForm, "arrow-back-up"),
    ),
)

SUSPENSION = Noun(
    "suspension",
    "suspensions",
    models.Suspension,
    lifecycles.SUSPENSION,
    (
        Verb("grant", suspensions.grant, inputs.StopForm, "rubber-stamp", "primary"),
        Verb("refuse", suspensions.refuse, inputs.NeededCommentForm, "x", "danger"),
        Verb("withdraw", suspensions.withdraw, inputs.NothingForm, "arrow-back-up"),
        Verb("prolong", suspensions.prolong, inputs.ProlongForm, "calendar-plus"),
    ),
)

BLOCKER = Noun(
    "blocker",
    "blockers",
    models.Blocker,
    lifecycles.BLOCKER,
    (
        Verb("confirm", blockers.confirm, inputs.ConfirmForm, "check", "primary"),
        Verb("resolve", blockers.resolve, inputs.ResolutionForm, "checks", "primary"),
        Verb("refuse", blockers.refuse, inputs.ResolutionForm, "x", "danger"),
        Verb("withdraw", blockers.withdraw, inputs.OptionalResolutionForm, "arrow-back-up"),
    ),
)

IMPORT = Verb("upload", batches.upload, import_inputs.ImportForm, "file-import", "primary", makes="batch")

BATCH = Noun(
    "batch",
    "batches",
    models.Batch,
    lifecycles.BATCH,
    (
        Verb("take", batches.take, inputs.NothingForm, "database-import", "primary"),
        Verb("amend", batches.amend, import_inputs.AmendForm, "pencil"),
        Verb("drop", batches.drop, inputs.OptionalReasonForm, "trash", "danger"),
    ),
)

BREAKDOWN = Noun(
    "breakdown",
    "breakdowns",
    models.Breakdown,
    lifecycles.BREAKDOWN,
    (
        Verb("accept", settling.accept_many, breakdown_inputs.ChosenForm, "checks", "primary"),
        Verb("fill", settling.fill, breakdown_inputs.FillForm, "wand"),
        Verb("dispose", clauses.dispose_many, breakdown_inputs.DisposeManyForm, "archive"),
        Verb("add", drafts.add, breakdown_inputs.AddForm, "plus", makes="draft"),
        Verb("undo", revising.undo, inputs.NothingForm, "arrow-back-up"),
        Verb("waive", settling.waive, inputs.ReasonForm, "rubber-stamp"),
        Verb("issue", settling.issue, inputs.NothingForm, "send", "primary"),
        Verb("resume", settling.resume, inputs.NothingForm, "player-play"),
        Verb("drop", settling.drop, inputs.OptionalReasonForm, "trash", "danger"),
    ),
)

CLAUSE = Noun(
    "clause",
    "clauses",
    models.Clause,
    lifecycles.CLAUSE,
    (
        Verb("dispose", clauses.dispose, breakdown_inputs.DisposeForm, "archive"),
        Verb("restore", clauses.restore, inputs.NothingForm, "arrow-back-up"),
    ),
)

DRAFT = Noun(
    "draft",
    "drafts",
    models.Draft,
    lifecycles.DRAFT,
    (
        Verb("accept", drafts.accept, inputs.NothingForm, "check", "primary"),
        Verb("edit", drafts.edit, breakdown_inputs.DraftForm, "pencil"),
        Verb("choose", drafts.choose, breakdown_inputs.ChooseForm, "building"),
        Verb("merge", drafts.merge, breakdown_inputs.MergeForm, "arrows-join"),
        Verb("split", drafts.split, breakdown_inputs.SplitForm, "arrows-split"),
        Verb("drop", drafts.drop, inputs.OptionalReasonForm, "x"),
        Verb("reconsider", drafts.reconsider, inputs.NothingForm, "refresh"),
    ),
)

SET_UP_OFFICE = Verb("set_up", offices.set_up, office_inputs.OfficeForm, "settings", "primary")

OFFICE = Noun(
    "office",
    "offices",
    models.Office,
    lifecycles.OFFICE,
    (Verb("amend", offices.amend, office_inputs.SettingsForm, "pencil"),),
)

NOUNS = (
    DIRECTIVE, TASK, ASSIGNMENT, REPORT, EXTENSION, SUSPENSION, BLOCKER, BATCH, BREAKDOWN, CLAUSE, DRAFT, OFFICE,
)  # fmt: skip

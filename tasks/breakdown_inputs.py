"""What taking a paper apart is given, for both doors. Shapes only; rules live in the operations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from tasks.inputs import TaskForm, TextField, UnitField
from tasks.models import Clause, Draft, Task
from tasks.operations.breakdowns import making
from tasks.states import Disposition
from workflow.doors.inputs import JSONRows, OperationForm

PICK = {"data-pick": ""}
DISPOSITIONS = [choice for choice in Disposition.choices if choice[0]]


class DocumentForm(OperationForm):
    """A paper as a file, or as pasted text: one of both. Looked through at the door by ``making``."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        allow_empty_file=True,  # the gate refuses it in its own words
        widget=forms.FileInput(attrs={"accept": ".docx,.txt,.pdf,.xlsx"}),
        help_text=_(
            "Word（.docx）、文本、带文字的 PDF、Excel（.xlsx），不超过 20 MB。扫描件没有文字，请先用软件识别。"
            "本系统禁止存储、处理国家秘密，带密级标志的文件不得上传。"
        ),
    )
    text = TextField(label=_("或粘贴文字"), required=False, max_length=making.LONGEST + 1, rows=8, strip=False)

    def clean_file(self) -> Any:
        """Return the paper that was read; nothing is looked through for somebody who may not break it down."""
        file = self.cleaned_data["file"]
        return making.accept(self.subject, by=self.user, stream=file, name=file.name) if file else None

    def clean_text(self) -> Any:
        """Return the pasted paper, read."""
        text = self.cleaned_data["text"]
        return making.pasted(self.subject, by=self.user, text=text) if text.strip() else None


class RehearsedDocumentForm(DocumentForm):
    """The same for the REST door, which may only want to see what would come of it."""

    dry_run = forms.BooleanField(label=_("只试分解，不保存"), required=False)


class DraftForm(TaskForm):
    """A draft of a breakdown as a whole."""

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what stands."""
        proposed = subject.proposed
        lines = [f"{stage.get('due_on') or ''} {stage['title']}".strip() for stage in proposed["milestones"]]
        values = {name: proposed.get(name) for name in cls.base_fields}
        return values | {"due_on": parse_date(proposed["due_on"] or ""), "milestones": "\n".join(lines)}


class ChooseForm(OperationForm):
    """Whom a name of the paper means."""

    text = forms.CharField(label=_("文中名称"), required=False, max_length=128, help_text=_("不填即定为牵头单位"))
    unit = UnitField(label=_("单位"), required=False, help_text=_("不选即“不列入”"))
    remember = forms.BooleanField(
        label=_("记为该单位的别名"), required=False, help_text=_("本文件其他条目和以后的文件都按此认")
    )

    narrow_unit = TaskForm.narrow_lead


class MergeForm(OperationForm):
    """Which drafts are taken in."""

    others = forms.ModelMultipleChoiceField(
        Draft.objects.all(), label=_("并入的条目"), widget=forms.SelectMultiple(attrs=PICK)
    )
    matter = forms.CharField(label=_("合并后的事项"), required=False, max_length=300, help_text=_("不填则用本条的事项"))

    def narrow_others(self, rows: Any) -> Any:
        """Offer the other drafts of the same paper."""
        rows = rows.filter(breakdown=self.subject.breakdown_id).exclude(pk=self.subject.pk)
        return rows.select_related("clause").in_order()


class SplitForm(OperationForm):
    """What it is split into."""

    parts = JSONRows(
        label=_("拆成"),
        help_text=_("每行一项，写事项；单位、时限等先与本条相同，拆开后再改"),
        columns={"matter": forms.CharField(max_length=300)},
    )


class DisposeForm(OperationForm):
    """What becomes of a clause, and why."""

    disposition = forms.ChoiceField(label=_("处置"), choices=DISPOSITIONS)
    reason = TextField(label=_("理由"), max_length=500, rows=2)
    ongoing = forms.ModelChoiceField(
        Task.objects.all(), label=_("在办任务"), required=False, widget=forms.Select(attrs=PICK),
        help_text=_("选“已在办”时指明"),
    )  # fmt: skip

    def narrow_ongoing(self, rows: Any) -> Any:
        """Offer the office's own open tasks."""
        return rows.open().filter(organiser=self.subject.organiser).order_by("-pk")


class DisposeManyForm(DisposeForm):
    """The same of several clauses at once."""

    clauses = forms.ModelMultipleChoiceField(
        Clause.objects.all(), label=_("条款"), widget=forms.SelectMultiple(attrs=PICK)
    )
    field_order = ("clauses", "disposition", "reason", "ongoing")

    def narrow_clauses(self, rows: Any) -> Any:
        """Offer the clauses of this paper."""
        return rows.filter(breakdown=self.subject)


class ChosenForm(OperationForm):
    """Which drafts; all where none is named."""

    drafts = forms.ModelMultipleChoiceField(
        Draft.objects.all(), label=_("条目"), required=False, widget=forms.SelectMultiple(attrs=PICK),
        help_text=_("不选即全部"),
    )  # fmt: skip

    def narrow_drafts(self, rows: Any) -> Any:
        """Offer the drafts of this paper."""
        return rows.filter(breakdown=self.subject).select_related("clause").in_order()


class FillForm(ChosenForm):
    """What is completed."""

    responsible = forms.BooleanField(label=_("责任人：牵头单位的负责人"), required=False)
    standard = forms.BooleanField(label=_("完成标准：没有数量要求的，用原文"), required=False)
    default_limit = forms.BooleanField(label=_("时限：没有写明的，按来源默认时限"), required=False)
    field_order = ("responsible", "standard", "default_limit", "drafts")

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Offer all three."""
        return {"responsible": True, "standard": True, "default_limit": True}


class AddForm(OperationForm):
    """Of which clause, and what."""

    clause = forms.ModelChoiceField(Clause.objects.all(), label=_("条款"), widget=forms.Select(attrs=PICK))
    matter = forms.CharField(label=_("工作事项"), required=False, max_length=300, help_text=_("不填则用原文"))

    def narrow_clause(self, rows: Any) -> Any:
        """Offer the clauses of this paper."""
        return rows.filter(breakdown=self.subject)


class RehearsalForm(OperationForm):
    """Whether it is only to be seen what would come of it."""

    dry_run = forms.BooleanField(label=_("只预演，不下达"), required=False)

"""What importing a task table and assigning its drafts is given, for both doors. Shapes only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tasks.inputs import DayField, TaskForm, TextField, UnitField, UnitsField, default_limits
from tasks.models import BatchRow, Directive, Task
from tasks.operations import batches
from tasks.states import Cycle
from workflow.doors.inputs import OperationForm

PICK = {"data-pick": ""}


class SheetForm(OperationForm):
    """A task table, looked through at the door by ``batches.accept`` before anything is kept of it."""

    file = forms.FileField(
        label=_("任务分解表"),
        allow_empty_file=True,  # the gate refuses it in its own words
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_(
            "Excel 工作簿（.xlsx），不超过 10 MB、5000 行。本系统禁止存储、处理国家秘密，带密级标志的文件不得上传。"
        ),
    )

    default_limit = forms.BooleanField(
        label=_("没有写时限的行，按来源默认时限"), required=False, help_text=_("预览中可以看到，导入前可以更正")
    )

    def clean_file(self) -> Any:
        """Return the checked sheet; nothing is looked through for somebody who may not upload it."""
        directive = self.cleaned_data.get("directive", self.subject)
        file = self.cleaned_data["file"]
        return directive and batches.accept(directive, by=self.user, stream=file, name=file.name)


class ImportForm(SheetForm):
    """A task table and the directive that its tasks come from."""

    directive = forms.ModelChoiceField(Directive.objects.all(), label=_("来源事项"), widget=forms.Select(attrs=PICK))
    field_order = ("directive", "file", "default_limit")

    def narrow_directive(self, rows: Any) -> Any:
        """Offer the directives of the own office from which tasks may be made, the newest first."""
        return rows.usable().filter(organiser=self.user.department).select_related("organiser").order_by("-pk")


class RehearsedImportForm(ImportForm):
    """The same for the REST door, which may only want to see what would come of it."""

    dry_run = forms.BooleanField(label=_("只试读，不保存"), required=False)

    def narrow_directive(self, rows: Any) -> Any:
        """Take any that is visible: why it may not be used is answered by its code."""
        return rows.select_related("organiser")


class AmendForm(OperationForm):
    """One line of a task table as it ought to be."""

    row = forms.ModelChoiceField(BatchRow.objects.all(), label=_("行"), widget=forms.HiddenInput)
    matter = TextField(label=_("工作事项"), max_length=300, rows=2)
    standard = TextField(label=_("完成标准"), required=False, max_length=2000, rows=2)
    lead = UnitField(label=_("牵头单位"), required=False)
    joint = UnitsField(label=_("共同牵头单位"), required=False)
    co_units = UnitsField(label=_("配合单位"), required=False)
    groups = forms.CharField(label=_("泛称单位"), required=False, max_length=64)
    responsible = forms.CharField(label=_("责任人"), required=False, max_length=100)
    leader = forms.CharField(label=_("责任领导"), required=False, max_length=100)
    due_on = DayField(label=_("办结时限"), required=False)
    default_limit = forms.BooleanField(label=_("没有填写时限的，按来源默认时限"), required=False)
    cycle = forms.ChoiceField(label=_("反馈周期"), choices=Cycle, required=False)
    skip = forms.BooleanField(label=_("本行不导入"), required=False)

    narrow_lead = narrow_joint = narrow_co_units = TaskForm.narrow_lead

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["default_limit"].help_text = default_limits(self.subject)

    def narrow_row(self, rows: Any) -> Any:
        """Offer the lines of this import."""
        return rows.filter(batch=self.subject)


class IssueForm(OperationForm):
    """Which drafts are assigned; all (the first 200) where none is named."""

    tasks = forms.ModelMultipleChoiceField(Task.objects.all(), label=_("任务"), required=False)

    def narrow_tasks(self, rows: Any) -> Any:
        """Offer the tasks of this directive."""
        return rows.filter(directive=self.subject, parent=None)


class RehearsedIssueForm(IssueForm):
    """The same for the REST door, which may only want to see who would get what."""

    dry_run = forms.BooleanField(label=_("只预演，不交办"), required=False)

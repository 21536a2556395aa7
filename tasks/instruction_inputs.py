"""What the fast lane of instructions is given: the one form, its rehearsal, and what a leader says of an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from organization.models import Post
from tasks import clock, defaults
from tasks.inputs import DayField, DirectiveForm, TaskForm, TextField, UnitField, UnitsField, UploadField
from tasks.states import Source, Unit, Urgency
from workflow.doors.inputs import OperationForm

LONGEST = 5000
"""Characters of an instruction."""
ACCEPTED = "image/jpeg,image/png,.pdf,.ofd,.docx,.doc,.wps,.xlsx,.xls,.txt"
"""What a browser offers first: a telephone its camera. The gate of uploads decides."""


def limits() -> str:
    """Return the limits from which one is taken where no day is named, in words."""
    by_custom = "；".join(clock.default_words(Source.INSTRUCTION, one) for one in Urgency.values)
    return _now("不填则按默认时限：%(limits)s") % {"limits": by_custom}


class InstructionForm(OperationForm):
    """A leader's instruction with all that its task needs, on one page."""

    instruction = TextField(label=_("批示原文"), max_length=LONGEST, rows=5)
    instructed_by = forms.ModelChoiceField(Post.objects.all(), label=_("批示领导"))
    matter = forms.CharField(label=_("事项名称"), required=False, max_length=200, help_text=_("不填则取批示原文的开头"))
    lead = UnitField(label=_("牵头单位"))
    co_units = UnitsField(label=_("配合单位"), required=False)
    responsible = forms.CharField(
        label=_("责任人"), required=False, max_length=100, help_text=_("不填则为牵头单位负责人")
    )
    standard = TextField(label=_("完成标准"), max_length=2000, rows=3)
    urgency = forms.ChoiceField(label=_("紧急程度"), choices=Urgency, required=False, initial=Urgency.ORDINARY)
    due_on = DayField(label=_("办结时限"), required=False)
    hard = forms.BooleanField(label=_("疑难事项"), required=False)
    file = UploadField(label=_("批示照片或附件"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}))

    narrow_instructed_by = DirectiveForm.narrow_instructed_by
    narrow_lead = TaskForm.narrow_lead
    narrow_co_units = TaskForm.narrow_lead

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = limits()
        hard = defaults.HARD_LIMIT
        self.fields["hard"].help_text = _now("没有写明日期的，给 %(value)d 个%(unit)s") % {
            "value": hard.value, "unit": Unit(hard.unit).label,
        }  # fmt: skip

    def clean_urgency(self) -> str:
        """Take ordinary as meant where nothing is said."""
        return self.cleaned_data["urgency"] or Urgency.ORDINARY


class RehearsedInstructionForm(InstructionForm):
    """The same; ``dry_run`` only proposes what the text says, and asks for the text alone."""

    dry_run = forms.BooleanField(label=_("只识别原文，不登记"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.fields["dry_run"].to_python(self.data.get("dry_run")):
            for name in ("instructed_by", "lead", "standard"):
                self.fields[name].required = False

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the operation, which knows no rehearsal."""
        return {name: value for name, value in super().arguments().items() if name != "dry_run"}


class ReadForm(OperationForm):
    """That it was read; a remark, if there is one."""

    remark = TextField(
        label=_("批示"), required=False, max_length=2000, rows=3,
        help_text=_("不填即已阅；写明新的要求的，另拟一项接续任务，由督查机构交办"),
    )  # fmt: skip


class RemarkForm(OperationForm):
    """A new remark."""

    remark = TextField(
        label=_("批示"), max_length=2000, rows=3, help_text=_("据此另拟一项接续任务，由督查机构交办；本任务不变")
    )

"""What each operation is given: one form per operation, for both doors. Shapes only; rules live in the operations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents import uploads
from organization.models import Department, Post
from organization.states import Role
from tasks import clock
from tasks.models import Milestone, Report
from tasks.states import Cause, Cycle, Handling, Source, Unit, Urgency
from workflow.doors.inputs import JSONRows, OperationForm

LONG = forms.Textarea(attrs={"rows": 4})
SHORT = forms.Textarea(attrs={"rows": 2})


class DayField(forms.DateField):
    """A day, picked in the browser, ``2026-06-30`` in the REST door."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]

    first, last = date(1949, 10, 1), date(2199, 12, 31)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=self.input_formats, **kwargs)

    def validate(self, value: Any) -> None:
        """Refuse days that no calendar here reaches."""
        super().validate(value)
        if value and not self.first <= value <= self.last:
            raise forms.ValidationError(_("日期应在1949年至2199年之间。"), code="range")


class TextField(forms.CharField):
    """A longer text."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class UploadField(forms.FileField):
    """A file that passes the gate of ``documents.uploads``; what the gate refuses is refused by its own code."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the checked upload; None where none is needed."""
        file = super().clean(data, initial)
        return uploads.accept(file, file.name) if file else None


class UnitField(forms.ModelChoiceField):
    """One unit of the directory."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Select(attrs={"data-pick": ""}))
        super().__init__(Department.objects.all(), **kwargs)


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units of the directory."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.SelectMultiple(attrs={"data-pick": ""}))
        super().__init__(Department.objects.all(), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the units in the order in which they were named: the first-named comes first."""
        found = {str(unit.pk): unit for unit in super().clean(value)}
        return [found[str(key)] for key in value or () if str(key) in found]


class NothingForm(OperationForm):
    """An operation that needs no words."""


class CommentForm(OperationForm):
    """An opinion, if there is one."""

    comment = TextField(label=_("意见"), required=False, max_length=500, rows=2)


class NeededCommentForm(OperationForm):
    """An opinion that has to be given."""

    comment = TextField(label=_("意见"), max_length=500, rows=2)


class ReasonForm(OperationForm):
    """A reason that has to be given."""

    reason = TextField(label=_("原因"), max_length=500, rows=3)


class OptionalReasonForm(OperationForm):
    """A reason, if there is one."""

    reason = TextField(label=_("原因"), required=False, max_length=500, rows=2)


class ResolutionForm(OperationForm):
    """How it ended."""

    resolution = TextField(label=_("处理结果"), max_length=1000, rows=3)


class OptionalResolutionForm(OperationForm):
    """How it ended, if there is something to say."""

    resolution = TextField(label=_("说明"), required=False, max_length=1000, rows=2)


# ------------------------------------------------------------------------------------------------ directives


class DirectiveForm(OperationForm):
    """A source to be registered."""

    title = forms.CharField(label=_("事项名称"), max_length=200)
    source = forms.ChoiceField(label=_("来源"), choices=Source)
    document_no = forms.CharField(label=_("来文字号"), required=False, max_length=64)
    issuer = forms.CharField(label=_("来文机关"), required=False, max_length=128)
    issued_on = DayField(label=_("成文日期"), required=False)
    handling = forms.ChoiceField(label=_("办理要求"), choices=Handling, required=False, initial=Handling.ACTION)
    urgency = forms.ChoiceField(label=_("紧急程度"), choices=Urgency, required=False, initial=Urgency.ORDINARY)
    basis = forms.CharField(label=_("立项依据"), required=False, max_length=300)
    instruction = TextField(label=_("批示或原文"), required=False, max_length=5000)
    instructed_by = forms.ModelChoiceField(Post.objects.all(), label=_("批示领导"), required=False)

    def narrow_instructed_by(self, rows: Any) -> Any:
        """Offer the leaders of the officer's own government."""
        unit = self.user.department
        if unit is None:
            return rows.none()
        own = rows.filter(role=Role.LEADER, department__jurisdiction_path=unit.jurisdiction_path).standing()
        return own.select_related("user", "department")

    def clean_handling(self) -> str:
        """Take action as meant where nothing is said."""
        return self.cleaned_data["handling"] or Handling.ACTION

    def clean_urgency(self) -> str:
        """Take ordinary as meant where nothing is said."""
        return self.cleaned_data["urgency"] or Urgency.ORDINARY

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what stands."""
        if subject is None:
            return {"issued_on": timezone.localdate()}
        return {name: getattr(subject, name) for name in cls.base_fields}


class FileForm(OperationForm):
    """A file."""

    file = UploadField(label=_("文件"))


# ------------------------------------------------------------------------------------------------ tasks


def default_limits(subject: Any) -> str:
    """Return the limits that the source of a directive or task brings by custom, each with its reason."""
    source = getattr(getattr(subject, "directive", subject), "source", None)
    if source is None:
        return ""
    return _("默认：%(limits)s") % {"limits": "；".join(clock.default_words(source, one) for one in Urgency.values)}


class TaskForm(OperationForm):
    """A draft as a whole (R14 is asked for when it is assigned, not while it is drafted)."""

    matter = forms.CharField(label=_("工作事项"), max_length=300)
    standard = TextField(label=_("完成标准"), required=False, max_length=2000, rows=3)
    measures = TextField(label=_("工作措施"), required=False, max_length=2000, rows=2)
    clause = TextField(label=_("原文条款"), required=False, max_length=5000, rows=2)
    lead = UnitField(label=_("牵头单位"), required=False)
    joint = UnitsField(label=_("共同牵头单位"), required=False)
    co_units = UnitsField(label=_("配合单位"), required=False)
    groups = forms.CharField(label=_("泛称单位"), required=False, max_length=64)
    responsible = forms.CharField(label=_("责任人"), required=False, max_length=100)
    leader = forms.CharField(label=_("责任领导"), required=False, max_length=100)
    urgency = forms.ChoiceField(label=_("紧急程度"), choices=[("", _("同来源事项")), *Urgency.choices], required=False)
    cycle = forms.ChoiceField(label=_("反馈周期"), choices=Cycle, required=False)
    due_on = DayField(label=_("办结时限"), required=False)
    limit_value = forms.IntegerField(label=_("或：时限数"), required=False, min_value=1, max_value=3650)
    limit_unit = forms.ChoiceField(label=_("时限单位"), choices=Unit, required=False, initial=Unit.FIXED)
    default_limit = forms.BooleanField(label=_("没有填写时限的，按来源默认时限"), required=False)
    milestones = JSONRows(
        label=_("节点"),
        required=False,
        help_text=_("每行一个，例如：2026-06-30 完成主体工程"),
        columns={"title": forms.CharField(max_length=200), "due_on": DayField(required=False)},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["default_limit"].help_text = default_limits(self.subject)

    def narrow_lead(self, rows: Any) -> Any:
        """Offer units that exist."""
        return rows.current()

    narrow_joint = narrow_lead
    narrow_co_units = narrow_lead

    def clean_limit_unit(self) -> str:
        """Take a fixed day as meant where nothing is said."""
        return self.cleaned_data["limit_unit"] or Unit.FIXED

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what the draft says; a new one with the offer of the source's own limit."""
        if subject is None or not hasattr(subject, "matter"):
            return {"default_limit": True}
        rows = list(subject.assignments.all())
        by_part = {part: [row.department_id for row in rows if row.part == part] for part in ("joint", "co")}
        lines = [f"{m.due_on or ''} {m.title}".strip() for m in subject.milestones.all()]
        plain = {name: getattr(subject, name) for name in cls.base_fields if hasattr(subject, name)}
        group = next((row.group for row in rows if row.group), "")
        return plain | {
            "joint": by_part["joint"], "co_units": by_part["co"], "milestones": "\n".join(lines), "groups": group,
        }  # fmt: skip


class ReassignForm(OperationForm):
    """Another lead."""

    lead = UnitField(label=_("改派给"))
    responsible = forms.CharField(label=_("责任人"), max_length=100)
    reason = TextField(label=_("改派原因"), max_length=500, rows=2)
    due_on = DayField(label=_("新的办结时限"), required=False, help_text=_("不填则时限不变；原定时限一直保留"))

    narrow_lead = TaskForm.narrow_lead


class AddUnitsForm(OperationForm):
    """Further helping units."""

    units = UnitsField(label=_("增加的配合单位"))
    reason = TextField(label=_("原因"), required=False, max_length=500, rows=2)

    narrow_units = TaskForm.narrow_lead


class ResponsibleForm(OperationForm):
    """Another responsible person."""

    responsible = forms.CharField(label=_("责任人"), max_length=100)
    reason = TextField(label=_("原因"), required=False, max_length=500, rows=2)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with who stands."""
        return {"responsible": subject.responsible}


class SplitForm(OperationForm):
    """A part for a unit below."""

    matter = forms.CharField(label=_("工作事项"), max_length=300)
    lead = UnitField(label=_("承办机构"))
    responsible = forms.CharField(label=_("责任人"), max_length=100)
    standard = TextField(label=_("完成标准"), required=False, max_length=2000, rows=2, help_text=_("不填则同本任务"))
    due_on = DayField(label=_("办结时限"), required=False, help_text=_("不填则同本任务"))
    co_units = UnitsField(label=_("配合机构"), required=False)

    def narrow_lead(self, rows: Any) -> Any:
        """Offer what lies below the own unit."""
        unit = self.user.department
        return rows.current().within(unit).exclude(pk=unit.pk) if unit else rows.none()

    narrow_co_units = narrow_lead


class ReopenForm(OperationForm):
    """A new day and why."""

    reason = TextField(label=_("重新办理的原因"), max_length=500, rows=3)
    due_on = DayField(label=_("新的办结时限"))


class MilestonesForm(OperationForm):
    """Which milestones are reached."""

    reached = forms.ModelMultipleChoiceField(
        Milestone.objects.all(), label=_("已完成的节点"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def narrow_reached(self, rows: Any) -> Any:
        """Offer the task's own."""
        return rows.filter(task=self.subject)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with those reached."""
        return {"reached": [m.pk for m in subject.milestones.all() if m.done_on]}


class ReportForm(OperationForm):
    """Progress in fixed parts (R29)."""

    unchanged = forms.BooleanField(label=_("本期无变化"), required=False)
    done = TextField(label=_("完成情况"), required=False, max_length=5000, rows=3)
    effect = TextField(label=_("对照标准的成效"), required=False, max_length=5000, rows=2)
    problem = TextField(label=_("存在问题"), required=False, max_length=2000, rows=2)
    cause = forms.ChoiceField(label=_("原因类别"), choices=Cause, required=False)
    help_needed = TextField(label=_("需要协调"), required=False, max_length=2000, rows=2)
    next_step = TextField(label=_("下步打算"), required=False, max_length=2000, rows=2)
    percent = forms.IntegerField(label=_("完成比例（%）"), required=False, min_value=0, max_value=100)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with the unit's last report, so that only what changed is written (R29)."""
        last = Report.objects.latest_of(subject, user.department)
        if last is None:
            return {}
        return {name: getattr(last, name) for name in cls.base_fields if name != "unchanged"}


class EvidenceForm(OperationForm):
    """A file and the day of what it shows."""

    file = UploadField(label=_("文件"))
    evidence_on = DayField(label=_("材料反映的日期"))
    note = forms.CharField(label=_("说明"), required=False, max_length=300)
    report = forms.ModelChoiceField(Report.objects.all(), label=_("附于哪次反馈"), required=False)

    def narrow_report(self, rows: Any) -> Any:
        """Offer the own unit's reports on this task."""
        return rows.filter(task=self.subject, department=self.user.department)


class ExtensionForm(OperationForm):
    """Why, how far, until when."""

    reason = TextField(label=_("延期理由"), max_length=1000, rows=3)
    progress = TextField(label=_("目前进展"), max_length=2000, rows=3)
    until = DayField(label=_("申请延至"))


class GrantForm(OperationForm):
    """A definite day."""

    until = DayField(label=_("批准延至"), required=False, help_text=_("不填则按申请的日期"))
    comment = TextField(label=_("批示意见"), required=False, max_length=500, rows=2)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with the day that was asked for."""
        return {"until": subject.requested_on}


class SuspensionForm(OperationForm):
    """Why the clock should stop."""

    cause = TextField(label=_("挂起原因"), max_length=1000, rows=3)
    waiting_on = forms.CharField(label=_("等待何单位何事"), max_length=200)
    proof = TextField(label=_("依据"), max_length=1000, rows=2)
    review_on = DayField(label=_("复核日"), help_text=_("到这一天由交办单位决定恢复办理或续停"))


class StopForm(OperationForm):
    """Until which day, and a word."""

    review_on = DayField(label=_("复核日"), required=False, help_text=_("不填则按申请的日期"))
    comment = TextField(label=_("意见"), required=False, max_length=500, rows=2)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with the day that was asked for."""
        return {"review_on": subject.review_on}


class ProlongForm(OperationForm):
    """Until which day, and why."""

    review_on = DayField(label=_("新的复核日"))
    reason = TextField(label=_("续停原因"), max_length=500, rows=3)


class NoteForm(OperationForm):
    """A word, if there is one."""

    note = TextField(label=_("说明"), required=False, max_length=500, rows=2)


class BlockerForm(OperationForm):
    """Whom one waits for."""

    waiting_on = UnitField(label=_("等待单位"))
    ask = TextField(label=_("请求协调事项"), max_length=1000, rows=3)
    category = forms.ChoiceField(
        label=_("原因类别"), choices=[c for c in Cause.choices if c[0]], initial=Cause.COORDINATION
    )
    since = DayField(label=_("自何日起"), required=False)

    narrow_waiting_on = TaskForm.narrow_lead


class ConfirmForm(OperationForm):
    """Until when the other unit answers."""

    due_on = DayField(label=_("协调时限"), required=False, help_text=_("不填则为五个工作日"))

"""One form per operation: 情况通报: notice, bulletin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from supervision.states.informing import Colour, Ground, NoticeKind
from tasks.inputs import DayField, TextField, UnitField, UnitsField
from tasks.models import Task
from tasks.states import HELD, OPEN
from workflow.doors.inputs import OperationForm

TASK = forms.Select(attrs={"data-pick": ""})


# ------------------------------------------------------------------------------------------------ notices


class NoticeForm(OperationForm):
    """A notice about a task."""

    task = forms.ModelChoiceField(Task.objects.all(), label=_("任务"), widget=TASK)
    kind = forms.ChoiceField(label=_("文种"), choices=NoticeKind)
    ground = forms.ChoiceField(label=_("依据"), choices=Ground)
    text = TextField(label=_("内容"), max_length=4000, rows=6)
    department = UnitField(label=_("主送单位"), required=False, help_text=_("不选时送牵头单位；受阻期间送被等待单位"))
    colour = forms.ChoiceField(label=_("督办单颜色"), choices=Colour, required=False)
    answer_due_on = DayField(
        label=_("答复时限"), required=False, help_text=_("不填时：催办函三个工作日，督办单、约谈五个工作日")
    )
    skip_reason = TextField(
        label=_("越级理由"),
        required=False,
        max_length=500,
        rows=2,
        help_text=_("没有经过前一级措施时填写，由领导一并审定"),
    )

    def narrow_task(self, rows: Any) -> Any:
        """Offer the open tasks that the officer's own office issued."""
        return rows.filter(organiser=self.user.department, state__in=OPEN).order_by("-pk")

    def narrow_department(self, rows: Any) -> Any:
        """Offer units that exist."""
        return rows.current()


class NoticeEditForm(NoticeForm):
    """A notice once more; task and kind stay."""

    task = None  # type: ignore[assignment]
    kind = None  # type: ignore[assignment]

    def narrow_department(self, rows: Any) -> Any:
        """Offer the units of the task."""
        task = self.subject.task if self.subject else None
        if task is None:
            return rows.current()
        shares = task.assignments.filter(state__in=HELD).values("department")
        return rows.filter(pk__in=shares) | rows.filter(pk__in=[task.blocked_by_id or 0, task.lead_id or 0])

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with what stands."""
        return {name: getattr(subject, name) for name in cls.base_fields} | {"department": subject.department_id}


class AnswerForm(OperationForm):
    """What the unit answers."""

    answer = TextField(label=_("答复"), max_length=4000, rows=6)


class TalkForm(OperationForm):
    """What was said at a talk."""

    held_on = DayField(label=_("约谈日期"))
    attended = forms.CharField(label=_("参加人员"), max_length=300)
    minutes = TextField(label=_("约谈内容"), max_length=4000, rows=6)
    commitments = TextField(label=_("整改承诺"), required=False, max_length=2000, rows=3)


# ------------------------------------------------------------------------------------------------ bulletins


class Sections(OperationForm):
    """The text of a bulletin and to whom it goes."""

    title = forms.CharField(label=_("标题"), max_length=200)
    overview = TextField(
        label=_("总体情况"), required=False, max_length=8000, rows=5, help_text=_("起草时不填，由数据生成第一句")
    )
    merits = TextField(label=_("成效和典型"), required=False, max_length=8000, rows=4)
    problems = TextField(label=_("存在问题"), required=False, max_length=8000, rows=5)
    demands = TextField(label=_("下一步要求"), required=False, max_length=8000, rows=4)
    addressees = UnitsField(label=_("主送单位"), required=False, help_text=_("被点名的单位自动列入"))

    def narrow_addressees(self, rows: Any) -> Any:
        """Offer units that exist."""
        return rows.current()


class BulletinForm(Sections):
    """A bulletin over a period."""

    first_on = DayField(label=_("统计期起"))
    last_on = DayField(label=_("统计期止"))

    field_order = ["title", "first_on", "last_on"]


class BulletinEditForm(Sections):
    """The text once more; the figures stay."""

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with what stands."""
        texts = {name: getattr(subject, name) for name in ("title", "overview", "merits", "problems", "demands")}
        return texts | {"addressees": list(subject.receipts.values_list("department", flat=True))}


class PassageForm(OperationForm):
    """What is said of a unit."""

    text = TextField(label=_("点名内容"), max_length=2000, rows=4)
    negative = forms.BooleanField(label=_("属于批评，先征求该单位意见"), required=False)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with what stands; a new passage begins as blame, which asks the unit first."""
        return {"text": getattr(subject, "text", ""), "negative": getattr(subject, "negative", True)}


class MentionForm(PassageForm):
    """A unit to be named."""

    department = UnitField(label=_("单位"))
    task = forms.ModelChoiceField(Task.objects.all(), label=_("涉及任务"), required=False, widget=TASK)

    field_order = ["department", "task"]

    def narrow_department(self, rows: Any) -> Any:
        """Offer units that exist."""
        return rows.current()

    def narrow_task(self, rows: Any) -> Any:
        """Offer the tasks that the office issued."""
        return rows.filter(organiser=self.user.department).order_by("-pk")


class AcceptForm(OperationForm):
    """The passage as corrected, and what was accepted."""

    text = TextField(label=_("修改后的点名内容"), max_length=2000, rows=4)
    decision = TextField(label=_("采纳说明"), max_length=500, rows=2)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with the passage as it stands."""
        return {"text": subject.text}


class DecisionForm(OperationForm):
    """Why an answer is not accepted."""

    decision = TextField(label=_("不予采纳的理由"), max_length=500, rows=3)

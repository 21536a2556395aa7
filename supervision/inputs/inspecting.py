"""One form per operation: 督促检查: plan, inspection, team, worksheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.states import Role, Side
from supervision.models import Inspection, PlanItem, Worksheet
from supervision.operations.drafting import current
from supervision.states.inspecting import (
    Basis,
    External,
    InspectionKind,
    MemberRole,
    Method,
    Result,
    SubjectKind,
)
from tasks.inputs import DayField, TextField, UnitField, UnitsField, UploadField
from tasks.models import Task
from workflow.doors.inputs import OperationForm


def to_choose(choices: Any) -> list[tuple[str, Any]]:
    """Return choices of which none is chosen beforehand: the first is not taken by oversight."""
    return [*BLANK_CHOICE_DASH, *choices.choices]


# ------------------------------------------------------------------------------------------------ plans


class PlanForm(OperationForm):
    """The year, and how many items stood in the year before."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2199)
    base_count = forms.IntegerField(
        label=_("上年度项数"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=_("上年度计划已在本系统的，自动取其项数；总量只减不增"),
    )

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with this year."""
        return {"year": timezone.localdate().year}


class PlanItemForm(OperationForm):
    """One planned inspection."""

    topic = forms.CharField(label=_("督查事项"), max_length=200)
    kind = forms.ChoiceField(label=_("督查类型"), choices=InspectionKind, required=False)
    targets = forms.CharField(label=_("督查对象（单位或层级）"), max_length=300)
    month_from = forms.IntegerField(label=_("起始月份"), min_value=1, max_value=12)
    month_to = forms.IntegerField(label=_("结束月份"), min_value=1, max_value=12)
    on_site = forms.BooleanField(label=_("实地督查"), required=False)

    def clean_kind(self) -> str:
        """Take a special inspection as meant where nothing is said."""
        return self.cleaned_data["kind"] or InspectionKind.SPECIAL


class DropItemForm(OperationForm):
    """Which item of the draft is taken out."""

    item = forms.ModelChoiceField(PlanItem.objects.all(), label=_("删去的事项"))

    def narrow_item(self, rows: Any) -> Any:
        """Offer the plan's own."""
        return rows.filter(plan=self.subject)


# ------------------------------------------------------------------------------------------------ inspections


class SchemePart(OperationForm):
    """What a scheme fixes: objects, content, range and period (R5)."""

    objects = UnitsField(label=_("督查对象"))
    starts_on = DayField(label=_("开始日期"))
    ends_on = DayField(label=_("结束日期"))
    content = TextField(label=_("督查内容"), required=False, max_length=5000, rows=4)
    scope = forms.CharField(label=_("督查范围"), required=False, max_length=500)
    discipline = TextField(label=_("纪律要求"), required=False, max_length=2000, rows=2)
    materials = TextField(
        label=_("需提供的材料"),
        required=False,
        max_length=2000,
        rows=2,
        help_text=_("每行一项。系统里已有的不再索要，没有问题线索的不调阅台账"),
    )
    necessity = forms.CharField(
        label=_("越级督查的必要性"),
        required=False,
        max_length=500,
        help_text=_("督查对象在下一级政府以下时填写"),
    )

    def narrow_objects(self, rows: Any) -> Any:
        """Offer the standing units that the organiser's government governs; on the party side all."""
        organiser = self.subject.organiser if isinstance(self.subject, Inspection) else self.user.department
        standing = rows.current()
        if organiser is None:
            return standing.none()
        if organiser.side == Side.PARTY:
            return standing
        return standing.governed_by(organiser).exclude(path=organiser.jurisdiction_path).exclude(is_office=True)


class InspectionForm(SchemePart):
    """A whole inspection as it is drafted."""

    title = forms.CharField(label=_("督查名称"), max_length=200)
    topic = forms.CharField(label=_("主题词"), max_length=60, help_text=_("几个字说明查什么，用于发现重复督查"))
    kind = forms.ChoiceField(label=_("督查类型"), choices=to_choose(InspectionKind))
    methods = forms.MultipleChoiceField(label=_("督查方式"), choices=Method, widget=forms.CheckboxSelectMultiple)
    subject_kind = forms.ChoiceField(label=_("督查内容类别"), choices=to_choose(SubjectKind))
    basis = forms.ChoiceField(label=_("立项方式"), choices=to_choose(Basis))
    basis_text = forms.CharField(label=_("立项依据"), max_length=500)
    basis_document = forms.CharField(
        label=_("依据文号或会议纪要"), required=False, max_length=120, help_text=_("依据决定或指示立项的必填")
    )
    plan_item = forms.ModelChoiceField(
        PlanItem.objects.all(), label=_("年度计划事项"), required=False, help_text=_("不选即为计划外，须一事一报")
    )
    unplanned_reason = forms.CharField(label=_("计划外理由（一事一报）"), required=False, max_length=500)
    joint = forms.BooleanField(label=_("联合督查"), required=False)
    covert = forms.BooleanField(
        label=_("暗访（四不两直）"),
        required=False,
        help_text=_("公开之前，除拟制人、组员和批准领导外，任何人都看不到"),
    )
    overlap_reason = forms.CharField(
        label=_("重复督查的理由"), required=False, max_length=500, help_text=_("与其他督查重复且无法合并时填写")
    )
    designation_matter = forms.CharField(label=_("指定事项"), required=False, max_length=200)
    designation_scope = forms.CharField(label=_("指定范围"), required=False, max_length=200)
    designation_duty = forms.CharField(label=_("指定职责"), required=False, max_length=200)
    designation_document = forms.CharField(label=_("指定文号"), required=False, max_length=120)
    designated_from = DayField(label=_("指定期限起"), required=False)
    designated_until = DayField(label=_("指定期限止"), required=False)

    field_order = (
        "title", "topic", "kind", "methods", "subject_kind", "basis", "basis_text", "basis_document", "plan_item",
        "unplanned_reason", "objects", "necessity", "starts_on", "ends_on", "content", "scope", "discipline",
        "materials", "joint", "covert", "overlap_reason",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organiser = self.user.department
        if organiser is not None and organiser.is_office:
            for name in [name for name in self.fields if name.startswith("designat")]:
                del self.fields[name]  # only a department needs a designation (R3)

    def narrow_plan_item(self, rows: Any) -> Any:
        """Offer the items of approved plans."""
        return rows.filter(plan__state="approved").select_related("plan").order_by("-plan__year", "pk")

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what the draft says; a new one with today."""
        if not isinstance(subject, Inspection):
            return {"starts_on": timezone.localdate()}
        said = {name: getattr(subject, name) for name in cls.base_fields if hasattr(subject, name)}
        said |= {"objects": [target.department_id for target in subject.targets.all()]}
        return said | {"plan_item": subject.plan_item_id} | scheme_words(subject)


def scheme_words(inspection: Inspection) -> dict[str, Any]:
    """Return what the current scheme says, as a form shows it."""
    scheme = current(inspection)
    said = {name: getattr(scheme, name) for name in ("content", "scope", "discipline", "necessity")}
    return said | {"materials": "\n".join(scheme.materials)}


class AmendForm(SchemePart):
    """The next version of the scheme and why."""

    reason = TextField(label=_("调整原因"), max_length=500, rows=2)

    field_order = ("reason", "objects", "necessity", "starts_on", "ends_on", "content", "scope")

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with the version in force."""
        days = {"starts_on": subject.starts_on, "ends_on": subject.ends_on}
        return {"objects": [t.department_id for t in subject.targets.all()]} | days | scheme_words(subject)


class LinkForm(OperationForm):
    """Tasks that the inspection looks at."""

    tasks = forms.ModelMultipleChoiceField(
        Task.objects.all(), label=_("关联任务"), widget=forms.SelectMultiple(attrs={"data-pick": ""})
    )

    def narrow_tasks(self, rows: Any) -> Any:
        """Offer the open tasks of the inspected units that are not linked yet."""
        units = self.subject.targets.values("department")
        linked = self.subject.links.values("task")
        return rows.open().filter(assignments__department__in=units).exclude(pk__in=linked).distinct()


class UnlinkForm(OperationForm):
    """Linked tasks that are let go."""

    tasks = forms.ModelMultipleChoiceField(
        Task.objects.all(), label=_("取消关联的任务"), widget=forms.CheckboxSelectMultiple
    )

    def narrow_tasks(self, rows: Any) -> Any:
        """Offer what is linked."""
        return rows.filter(pk__in=self.subject.links.values("task"))


class NoteOfDisclosureForm(OperationForm):
    """A word on why the visit may be known now."""

    note = TextField(label=_("说明"), required=False, max_length=500, rows=2)


class ReportForm(OperationForm):
    """The report of the team."""

    report = TextField(label=_("督查报告"), max_length=20000, rows=12, help_text=_("总体情况、主要问题、建议"))


# ------------------------------------------------------------------------------------------------ the team


class MemberForm(OperationForm):
    """Who joins the team."""

    user = forms.ModelChoiceField(User.objects.all(), label=_("人员"), widget=forms.Select(attrs={"data-pick": ""}))
    role = forms.ChoiceField(label=_("组内职务"), choices=MemberRole, required=False)
    body = forms.CharField(label=_("派出单位"), max_length=128)
    external = forms.ChoiceField(label=_("特邀身份"), choices=External, required=False)
    trained_on = DayField(label=_("培训日期"))
    pledged_on = DayField(label=_("保密承诺日期"))

    def narrow_user(self, rows: Any) -> Any:
        """Offer who holds a post of an inspector."""
        return rows.serving(Role.INSPECTOR)

    def clean_role(self) -> str:
        """Take a plain member as meant where nothing is said."""
        return self.cleaned_data["role"] or MemberRole.MEMBER


class GroundForm(OperationForm):
    """Why somebody should not inspect here."""

    ground = TextField(label=_("回避事由"), max_length=500, rows=3)


# ------------------------------------------------------------------------------------------------ worksheets


class MomentField(forms.DateTimeField):
    """A moment, picked in the browser."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class WorksheetForm(OperationForm):
    """What was checked on the spot."""

    department = UnitField(label=_("被检查单位"))
    task = forms.ModelChoiceField(Task.objects.all(), label=_("对照的任务"), required=False)
    standard = TextField(
        label=_("检查标准"), required=False, max_length=2000, rows=2, help_text=_("不填则用任务的完成标准")
    )
    checked_at = MomentField(label=_("检查时间"))
    place = forms.CharField(label=_("检查地点"), max_length=200)
    fact = TextField(label=_("检查情况"), max_length=5000, rows=4)
    result = forms.ChoiceField(label=_("检查结果"), choices=to_choose(Result))
    object_note = TextField(label=_("被检查单位意见"), required=False, max_length=2000, rows=2)
    corrects = forms.ModelChoiceField(
        Worksheet.objects.all(), label=_("更正哪份底稿"), required=False, help_text=_("底稿不能改，只能另填一份更正")
    )

    def narrow_department(self, rows: Any) -> Any:
        """Offer the inspected units."""
        return rows.filter(pk__in=self.subject.targets.values("department"))

    def narrow_task(self, rows: Any) -> Any:
        """Offer what is linked."""
        return rows.filter(pk__in=self.subject.links.values("task"))

    def narrow_corrects(self, rows: Any) -> Any:
        """Offer the sheets of this inspection that nothing corrects."""
        return rows.filter(inspection=self.subject).standing()

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with now, and the only object where there is but one."""
        units = [target.department_id for target in subject.targets.all()]
        return {"checked_at": timezone.localtime(), "department": units[0] if len(units) == 1 else None}


class ProofForm(OperationForm):
    """A file, and the sheet that it belongs to."""

    file = UploadField(label=_("文件"))
    note = forms.CharField(label=_("说明"), required=False, max_length=300)
    worksheet = forms.ModelChoiceField(Worksheet.objects.all(), label=_("附于哪份底稿"), required=False)

    def narrow_worksheet(self, rows: Any) -> Any:
        """Offer this inspection's."""
        return rows.filter(inspection=self.subject)


class VerifyForm(forms.Form):
    """The code on the notice, and the unit that was told of it. Asked without a login (R10)."""

    code = forms.CharField(label=_("核验码"), max_length=32)
    unit = forms.CharField(label=_("本单位名称"), max_length=128, required=False, help_text=_("填写后一并核对督查对象"))

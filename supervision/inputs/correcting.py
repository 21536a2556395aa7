"""What each operation is given: 整改: finding, rectification, conclusion, review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models import Post, User
from organization.states import Role
from supervision.actors.correcting import inspection_of
from supervision.models import Finding, Inspection, Member, Proof
from supervision.states.correcting import Decision, Result, Severity
from supervision.states.inspecting import InspectionState
from tasks.inputs import DayField, GrantForm, TextField, UnitField, UploadField
from tasks.models import Evidence, Task
from tasks.states import Cause, Unit
from workflow.doors.inputs import OperationForm

CAUSES = [*BLANK_CHOICE_DASH, *(choice for choice in Cause.choices if choice[0])]
"""With nothing chosen: a cause, a result or a decision is never a preset."""
LENGTHS = [(unit.value, unit.label) for unit in (Unit.WORKDAYS, Unit.DAYS)]


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows, ticked on a page."""

    def __init__(self, rows: Any, **kwargs: Any) -> None:
        super().__init__(rows, widget=forms.CheckboxSelectMultiple, **kwargs)


class PersonField(forms.ModelChoiceField):
    """One person of the directory."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.all(), widget=forms.Select(attrs={"data-pick": ""}), **kwargs)


def named(form: OperationForm, field: str, words: Any) -> None:
    """Let the choices of a field speak in ``words``, a function from the row."""
    form.fields[field].label_from_instance = words  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------------ findings


class FindingForm(OperationForm):
    """A problem at one unit."""

    department = UnitField(label=_("问题单位"))
    fact = TextField(label=_("问题事实"), max_length=3000)
    basis = TextField(label=_("依据（违反什么规定或要求）"), max_length=1000, rows=2)
    severity = forms.ChoiceField(label=_("严重程度"), choices=Severity, initial=Severity.ORDINARY)
    cause = forms.ChoiceField(label=_("原因类别"), choices=CAUSES)
    task = forms.ModelChoiceField(Task.objects.all(), label=_("关联任务"), required=False)
    proofs = RowsField(
        Proof.objects.all(), label=_("现场证据"), required=False, help_text=_("从本次督查已上传的材料中选择")
    )
    evidence = RowsField(
        Evidence.objects.all(), label=_("任务佐证"), required=False, help_text=_("从关联任务已有的佐证中选择")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named(self, "task", lambda task: f"{task.number or ''} {task.matter}".strip())
        named(self, "proofs", lambda proof: f"{proof.name}（{proof.note}）" if proof.note else proof.name)

    @property
    def inspection(self) -> Any:
        """The inspection that is or owns the subject."""
        return getattr(self.subject, "inspection", self.subject)

    def narrow_department(self, rows: Any) -> Any:
        """Offer the inspected units."""
        return rows.filter(pk__in=self.inspection.targets.values("department"))

    def narrow_task(self, rows: Any) -> Any:
        """Offer the linked tasks."""
        return rows.filter(pk__in=self.inspection.links.values("task"))

    def narrow_proofs(self, rows: Any) -> Any:
        """Offer the files of this inspection."""
        return rows.filter(inspection=self.inspection)

    def narrow_evidence(self, rows: Any) -> Any:
        """Offer what the linked tasks hold."""
        return rows.filter(task__in=self.inspection.links.values("task"))

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what stands in the draft."""
        if not isinstance(subject, Finding):
            return {}
        plain = {name: getattr(subject, name) for name in ("department", "fact", "basis", "severity", "cause", "task")}
        return plain | {"proofs": list(subject.proofs.all()), "evidence": list(subject.evidence.all())}


class LimitForm(OperationForm):
    """Until when: a length from today, or a day."""

    limit_value = forms.IntegerField(label=_("整改时限"), required=False, min_value=1, max_value=730)
    limit_unit = forms.ChoiceField(label=_("时限单位"), choices=LENGTHS, required=False, initial=Unit.WORKDAYS)
    due_on = DayField(label=_("或指定日期"), required=False)

    def clean_limit_unit(self) -> str:
        """Take working days as meant where nothing is said."""
        return self.cleaned_data["limit_unit"] or Unit.WORKDAYS


class VerifierForm(OperationForm):
    """Who verifies, and why another one."""

    verifier = PersonField(label=_("核验人"))
    reason = TextField(label=_("原因"), max_length=500, rows=2)

    def narrow_verifier(self, rows: Any) -> Any:
        """Offer the organiser's own people and the team."""
        return verifiers(rows, inspection_of(self.subject))


class OrderForm(LimitForm):
    """What is to be put right."""

    requirement = TextField(label=_("整改要求"), max_length=1000, rows=3)
    verifier = PersonField(label=_("核验人"))

    field_order = ("requirement", "limit_value", "limit_unit", "due_on", "verifier")

    def narrow_verifier(self, rows: Any) -> Any:
        """Offer the organiser's own people and the team."""
        return verifiers(rows, inspection_of(self.subject))


def verifiers(rows: Any, inspection: Any) -> Any:
    """Keep the people who serve in the organiser, and the members of the team."""
    posts = Post.objects.standing().filter(department=inspection.organiser)
    posts = posts.filter(role__in=(Role.SUPERVISOR, Role.HANDLER, Role.UNIT_HEAD))
    team = Member.objects.standing().filter(inspection=inspection)
    return rows.filter(pk__in=posts.values("user")) | rows.filter(pk__in=team.values("user"))


class RecheckForm(OperationForm):
    """A re-check to be arranged."""

    title = forms.CharField(label=_("督查名称"), max_length=200, required=False)
    starts_on = DayField(label=_("开始日期"))
    ends_on = DayField(label=_("结束日期"))
    basis_text = forms.CharField(label=_("立项依据"), max_length=500)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start today."""
        return {"starts_on": timezone.localdate(), "ends_on": timezone.localdate()}


class RecheckedForm(OperationForm):
    """What a re-check found."""

    recheck = forms.ModelChoiceField(Inspection.objects.all(), label=_("回头看"))
    opinion = TextField(label=_("回头看情况"), max_length=1000, rows=3)

    def narrow_recheck(self, rows: Any) -> Any:
        """Offer the re-checks of this finding that have been on the spot."""
        return rows.filter(recheck_of=self.subject, state__in=SEEN)


SEEN = (InspectionState.RUNNING, InspectionState.REPORTED, InspectionState.CONCLUDED, InspectionState.FINISHED)


class RelapsedForm(RecheckedForm):
    """The problem came back; ``task_due_on`` is the new day of a closed task that is taken up again."""

    task_due_on = DayField(label=_("任务重新办理的时限（任务已销号时填写）"), required=False)


# ------------------------------------------------------------------------------------------------ rectifications


class MeasuresForm(OperationForm):
    """How it will be put right."""

    measures = TextField(label=_("整改措施"), max_length=3000)
    responsible = forms.CharField(label=_("整改责任人"), max_length=64)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what stands."""
        return {"measures": subject.measures, "responsible": subject.responsible} if subject is not None else {}


class VoucherForm(OperationForm):
    """A file and the day of what it shows."""

    file = UploadField(label=_("文件"))
    evidence_on = DayField(label=_("材料反映的日期"))
    note = forms.CharField(label=_("说明"), required=False, max_length=300)


class LongerGrantedForm(GrantForm):
    """A definite day."""

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with the day that was asked for."""
        return {"until": subject.asked_until}


class LongerRefusedForm(OperationForm):
    """Why not."""

    comment = TextField(label=_("不同意的理由"), max_length=500, rows=2)


class ClaimForm(OperationForm):
    """What was put right."""

    done = TextField(label=_("整改完成情况"), max_length=3000)
    evidence = RowsField(
        Evidence.objects.all(), label=_("佐证材料"), required=False, help_text=_("可不选；从任务已有的佐证中选择")
    )

    def narrow_evidence(self, rows: Any) -> Any:
        """Offer what the finding's task holds."""
        task = self.subject.finding.task_id if self.subject is not None else None
        return rows.filter(task=task) if task else rows.none()


class VerificationForm(LimitForm):
    """What the claim came to; everything but 已完成 needs a new limit."""

    result = forms.ChoiceField(label=_("核验结果"), choices=[*BLANK_CHOICE_DASH, *Result.choices])
    opinion = TextField(label=_("核验意见"), max_length=1000, rows=3)

    field_order = ("result", "opinion", "limit_value", "limit_unit", "due_on")


# ------------------------------------------------------------------------------------------------ conclusions


class ConclusionTextForm(OperationForm):
    """The words of a conclusion; its findings are written into it when it is submitted."""

    process = TextField(label=_("督查依据与过程"), max_length=4000)
    appraisal = TextField(label=_("总体评价"), max_length=4000)
    requirement = TextField(label=_("整改要求"), required=False, max_length=2000, rows=3)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what stands."""
        return {name: getattr(subject, name, "") for name in ("process", "appraisal", "requirement")}


class ConclusionForm(ConclusionTextForm):
    """A conclusion about one unit."""

    department = UnitField(label=_("督查对象"))

    field_order = ("department", "process", "appraisal", "requirement")

    def narrow_department(self, rows: Any) -> Any:
        """Offer the inspected units."""
        return (
            rows.filter(pk__in=self.subject.targets.values("department")) if self.subject is not None else rows.none()
        )


class ReceiptForm(OperationForm):
    """The day on which it was received."""

    received_on = DayField(label=_("收到日期"))

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start today."""
        return {"received_on": timezone.localdate()}


class ExplanationForm(OperationForm):
    """What the unit has to say."""

    explanation = TextField(label=_("情况说明"), max_length=4000)


# ------------------------------------------------------------------------------------------------ reviews


class ReviewForm(OperationForm):
    """Why the conclusion should be looked at again."""

    reason = TextField(label=_("申请理由"), max_length=4000)


class HandlerForm(OperationForm):
    """Who handles it."""

    handler = PersonField(label=_("承办人"))

    def narrow_handler(self, rows: Any) -> Any:
        """Offer the people of the government and its departments; who took part is refused by the operation."""
        path = inspection_of(self.subject).organiser.jurisdiction_path
        posts = Post.objects.standing().filter(
            department__jurisdiction_path=path,
            role__in=(Role.SUPERVISOR, Role.LEADER, Role.UNIT_HEAD, Role.HANDLER, Role.INSPECTOR),
        )
        return rows.filter(pk__in=posts.values("user"))


class OpinionForm(OperationForm):
    """What to decide, and why."""

    decision = forms.ChoiceField(label=_("复核意见"), choices=[*BLANK_CHOICE_DASH, *Decision.choices])
    grounds = TextField(label=_("理由"), max_length=4000)
    changes = TextField(label=_("变更内容（变更时填写）"), required=False, max_length=4000, rows=3)
    dropped = RowsField(Finding.objects.all(), label=_("予以撤销的问题"), required=False)

    def narrow_dropped(self, rows: Any) -> Any:
        """Offer the findings of the conclusion."""
        told = [row["id"] for row in self.subject.conclusion.snapshot] if self.subject is not None else []
        return rows.filter(pk__in=told)

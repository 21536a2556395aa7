"""One form per operation: 监督问责: accountability, clue, commendation, case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from organization.models import Post, User
from organization.states import Rank, Role
from supervision.inputs.inspecting import to_choose
from supervision.models import Finding
from supervision.states.answering import (
    Adoption,
    CaseKind,
    ClueKind,
    ClueReply,
    Direction,
    Ground,
    Holds,
    Praise,
    Subject,
)
from tasks.inputs import DayField, TextField, UnitField, UnitsField, UploadField
from tasks.models import Evidence, Task
from workflow.doors.inputs import JSONRows, OperationForm

BOXES = forms.CheckboxSelectMultiple
PICK = {"data-pick": ""}


def person_field(label: Any) -> forms.ModelChoiceField[User]:
    """Return a choice of one person of the directory."""
    return forms.ModelChoiceField(
        User.objects.all(), label=label, required=False, widget=forms.Select(attrs=PICK),
        help_text=_("有账号的请选择，本人将不再看到这份材料"),
    )  # fmt: skip


def tasks_field() -> forms.ModelMultipleChoiceField[Task]:
    """Return a choice of tasks."""
    widget = forms.SelectMultiple(attrs=PICK)
    return forms.ModelMultipleChoiceField(Task.objects.all(), label=_("关联任务"), required=False, widget=widget)


def standing(form: type[OperationForm], subject: Any) -> dict[str, Any]:
    """Return what stands in the draft, for each field of the form that it has."""
    found = {name: getattr(subject, name) for name in form.base_fields if hasattr(subject, name)}
    return found | {
        name: list(found[name].all()) for name in ("findings", "tasks", "evidence", "units") if name in found
    }


class Names(JSONRows):
    """Names and what stands in their place; on a page one a line, 市水务局=某局."""

    def __init__(self, **kwargs: Any) -> None:
        columns: dict[str, forms.Field] = {
            "name": forms.CharField(max_length=64),
            "shown": forms.CharField(max_length=64),
        }
        super().__init__(columns=columns, **kwargs)

    def _read_line(self, line: str) -> dict[str, str]:
        name, _equals, shown = line.replace("＝", "=").partition("=")
        return {"name": name.strip(), "shown": shown.strip()}


class Regarding(OperationForm):
    """Whom a paper is about and what it rests on: what the drafts of this theme have in common."""

    department = UnitField(label=_("单位"))
    person = person_field(_("本人账号"))
    person_name = forms.CharField(label=_("姓名"), required=False, max_length=64)
    person_post = forms.CharField(label=_("职务"), required=False, max_length=64)
    tasks = tasks_field()
    evidence = forms.ModelMultipleChoiceField(
        Evidence.objects.all(), label=_("佐证材料"), required=False, widget=forms.SelectMultiple(attrs=PICK)
    )

    def narrow_tasks(self, rows: Any) -> Any:
        """Offer the tasks that the officer's own office issued."""
        return rows.filter(organiser=self.user.department).order_by("-pk")

    def narrow_evidence(self, rows: Any) -> Any:
        """Offer what units brought to the tasks of the officer's own office."""
        return rows.filter(task__organiser=self.user.department).order_by("-pk")

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what the draft says."""
        return standing(cls, subject) if subject is not None else {}


# ------------------------------------------------------------------------------------------------ accountability


class AccountabilityForm(Regarding):
    """A proposal as a whole."""

    title = forms.CharField(label=_("标题"), max_length=200)
    subject = forms.ChoiceField(label=_("对象类别"), choices=to_choose(Subject))
    facts = TextField(label=_("事实"), max_length=10000, rows=6, help_text=_("将原样告知对象，听取其说明"))
    basis = TextField(label=_("依据"), max_length=2000, rows=3)
    directions = forms.MultipleChoiceField(
        label=_("建议方向"), choices=Direction, widget=BOXES,
        help_text=_("仅为建议：是否问责、如何处理由有管理权限的机关决定"),
    )  # fmt: skip
    suggestion = TextField(label=_("具体建议"), required=False, max_length=2000, rows=3)
    receiver = UnitField(label=_("移送机关"))
    findings = forms.ModelMultipleChoiceField(
        Finding.objects.all(), label=_("督查发现的问题"), required=False, widget=forms.SelectMultiple(attrs=PICK)
    )
    field_order = [
        "title", "subject", "department", "person_name", "person_post", "person", "facts", "basis", "directions",
        "suggestion", "receiver", "findings", "tasks", "evidence",
    ]  # fmt: skip

    def narrow_findings(self, rows: Any) -> Any:
        """Offer what the units have accepted, or what was upheld against them (C7)."""
        return rows.agreed().order_by("-pk")


class GroundsWidget(forms.Widget):
    """Each ground with its yes or no and why; the REST door and a script send the same as a list."""

    template_name = "supervision/accountability/_grounds_input.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Any:
        """Gather the rows from the boxes of the page, or take the list as it came."""
        if name in data:
            return data[name]
        rows = [
            {"ground": ground} | {part: data.get(f"{name}-{ground}-{part}", "") for part in ("holds", "why")}
            for ground in Ground.values
        ]
        return [row for row in rows if row["holds"] or row["why"]]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add a row for each ground with what was answered."""
        said = {row.get("ground"): row for row in value or [] if isinstance(row, dict)}
        context = super().get_context(name, "", attrs)
        context["rows"] = [
            {"key": f"{name}-{ground.value}", "label": ground.label} | said.get(ground.value, {}) for ground in Ground
        ]
        context["choices"] = Holds.choices
        return context


class Grounds(JSONRows):
    """Grounds of tolerance; one that is refused is called by its words, not by its place on the page."""

    def __init__(self, **kwargs: Any) -> None:
        columns: dict[str, forms.Field] = {
            "ground": forms.ChoiceField(choices=Ground),
            "holds": forms.ChoiceField(choices=Holds, error_messages={"required": _("请选择成立或者不成立。")}),
            "why": forms.CharField(max_length=500, error_messages={"required": _("请写明理由。")}),
        }
        super().__init__(columns=columns, widget=GroundsWidget(), **kwargs)

    def name_of(self, number: int, row: dict[str, Any]) -> str:
        """Return the ground's own words."""
        known = dict(Ground.choices)
        return str(known.get(row.get("ground") or "", "")) or super().name_of(number, row)


class AssessmentForm(OperationForm):
    """The weighing of tolerance: every ground, and what follows."""

    grounds = Grounds(label=_("容错情形"))
    opinion = TextField(label=_("综合意见"), max_length=2000, rows=3)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with the last assessment."""
        return {"grounds": subject.tolerance, "opinion": subject.tolerance_opinion}


class ProofForm(OperationForm):
    """A file that proves what the paper says."""

    file = UploadField(label=_("文件"))
    note = forms.CharField(label=_("说明"), required=False, max_length=300)


class ContactsForm(OperationForm):
    """To whom the paper goes, by name."""

    contacts = forms.ModelMultipleChoiceField(
        User.objects.all(), label=_("接收人"), widget=BOXES, help_text=_("移送后，内容只对这里选定的人开放"),
    )  # fmt: skip

    def narrow_contacts(self, rows: Any) -> Any:
        """Offer the discipline contacts of the receiving organ."""
        return rows.serving(Role.DISCIPLINE, department=self.subject.receiver)


class AdoptionForm(OperationForm):
    """What the competent organ answers."""

    adoption = forms.ChoiceField(label=_("采纳情况"), choices=to_choose(Adoption))
    reply = TextField(label=_("书面反馈"), max_length=5000)


# ------------------------------------------------------------------------------------------------ statements


class AskStatementForm(OperationForm):
    """Until when the object may speak."""

    due_on = DayField(label=_("请于何日前说明"), required=False, help_text=_("不填为 5 个工作日；可以更长，不能更短"))


class StatementForm(OperationForm):
    """One's own words."""

    text = TextField(label=_("说明"), max_length=10000, rows=8)
    file = UploadField(label=_("附件"), required=False)


class RecordForm(OperationForm):
    """Words that came on paper."""

    text = TextField(label=_("说明内容"), max_length=10000, rows=6)
    stated_on = DayField(label=_("说明日期"))
    file = UploadField(label=_("书面说明"))

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with today."""
        return {"stated_on": timezone.localdate()}


class DeclinedForm(OperationForm):
    """That nothing came, and what proves that the object was told."""

    text = TextField(label=_("情况"), max_length=2000, rows=3)
    file = UploadField(label=_("送达或告知凭据"))


# ------------------------------------------------------------------------------------------------ clues


class ClueForm(Regarding):
    """A clue as a whole; an informant already named stays when nobody is named again."""

    kind = forms.ChoiceField(label=_("线索类别"), choices=to_choose(ClueKind))
    facts = TextField(label=_("线索内容"), max_length=10000, rows=6)
    source = forms.CharField(
        label=_("线索来源"), max_length=200, help_text=_("如督查中发现、群众反映；不要写反映人姓名")
    )
    receiver = UnitField(label=_("移送机关"))
    informant = forms.CharField(
        label=_("反映人"), required=False, max_length=64, help_text=_("单独保管，每次查看都会留痕")
    )
    informant_contact = forms.CharField(label=_("反映人联系方式"), required=False, max_length=200)
    informant_wishes = forms.CharField(label=_("反映人的保密要求"), required=False, max_length=500)
    field_order = [
        "kind", "department", "person_name", "person_post", "person", "facts", "source", "receiver", "informant",
        "informant_contact", "informant_wishes", "tasks", "evidence",
    ]  # fmt: skip

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what the draft says, but for who told it."""
        plain = super().first_values(subject, user)
        return {name: value for name, value in plain.items() if not name.startswith("informant")}


class HeadForm(OperationForm):
    """Before whom the clue is put."""

    approver = forms.ModelChoiceField(User.objects.all(), label=_("提请批准人（行政首长）"))

    def narrow_approver(self, rows: Any) -> Any:
        """Offer the head of the officer's own government or committee."""
        unit = self.user.department
        if unit is None:
            return rows.none()
        heads = Post.objects.standing().filter(
            role=Role.LEADER, rank=Rank.CHIEF, department__path=unit.jurisdiction_path
        )
        return rows.filter(pk__in=heads.values("user"))


class SuccessorForm(OperationForm):
    """Who sees to the clue from now on, and why."""

    successor = forms.ModelChoiceField(
        User.objects.all(), label=_("接办人"), help_text=_("接办后，内容只对接办人和名单上的其他人开放")
    )
    reason = TextField(label=_("移交原因"), max_length=500, rows=2)

    def narrow_successor(self, rows: Any) -> Any:
        """Offer the officers of the clue's office."""
        if self.subject is None:
            return rows.none()
        serving = Post.objects.standing().filter(role=Role.SUPERVISOR, department=self.subject.organiser)
        return rows.filter(pk__in=serving.values("user"))


class UnmaskForm(OperationForm):
    """Why one looks."""

    reason = TextField(label=_("查看事由"), max_length=500, rows=2)


class OutcomeForm(OperationForm):
    """What the receiving organ answers."""

    outcome = forms.ChoiceField(label=_("受理情况"), choices=to_choose(ClueReply))
    reply = TextField(label=_("书面反馈"), required=False, max_length=5000)


# ------------------------------------------------------------------------------------------------ praise and cases


class CommendationForm(Regarding):
    """Praise as a whole."""

    title = forms.CharField(label=_("标题"), max_length=200)
    form = forms.ChoiceField(label=_("形式"), choices=to_choose(Praise))
    deed = TextField(label=_("事迹"), max_length=10000, rows=6)
    basis = TextField(label=_("依据"), max_length=2000, rows=3)
    exempt_until = DayField(label=_("免督查至"), required=False, help_text=_("只在形式为免督查时填写"))
    field_order = [
        "title", "form", "exempt_until", "department", "person_name", "person_post", "person", "deed", "basis", "tasks",
        "evidence",
    ]  # fmt: skip


class CaseForm(OperationForm):
    """A case as a whole."""

    kind = forms.ChoiceField(label=_("类别"), choices=to_choose(CaseKind))
    title = forms.CharField(label=_("标题"), max_length=200)
    story = TextField(label=_("内容"), max_length=20000, rows=8)
    units = UnitsField(label=_("涉及单位"), required=False)
    anonymised = forms.BooleanField(label=_("对外隐去名称"), required=False)
    names = Names(label=_("替换的名称"), required=False, help_text=_("每行一个，例如：市水务局=某局"))
    review_on = DayField(label=_("复审日期"))
    tasks = tasks_field()

    narrow_tasks = Regarding.narrow_tasks

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what the draft says."""
        if subject is None:
            return {}
        lines = "\n".join(f"{row['name']}={row['shown']}" for row in subject.names)
        return standing(cls, subject) | {"names": lines}


class ReviewForm(OperationForm):
    """Until when the case holds."""

    review_on = DayField(label=_("下次复审日期"))
    comment = TextField(label=_("意见"), required=False, max_length=500, rows=2)

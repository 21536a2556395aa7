"""What each operation is given: one form per operation, for both doors. Shapes only; rules live in the operations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organization.codes import validate_district_code, validate_uscc
from organization.models import Department, User
from organization.operations import calendar
from organization.operations.clients import SCOPE
from organization.states import BUSINESS_ROLES, Kind, Level, Rank, Role, Side
from workflow.doors.inputs import OperationForm
from workflow.refusal import Malformed

PICK = {"data-pick": ""}
LARGEST_IMPORT = 1024 * 1024


class DayField(forms.DateField):
    """A day, picked in the browser, ``2026-06-30`` in the REST door."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """A moment, picked in the browser, ISO 8601 in the REST door."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class WordsField(forms.CharField):
    """Several short words, parted by ``、``, commas, semicolons or lines; a list in the REST door."""

    def __init__(self, *, longest: int = 64, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        """Show a list as words."""
        return "、".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Return the words, each once, in order."""
        if isinstance(value, list):
            value = "、".join(str(word) for word in value)
        text = super().clean(value)
        for mark in "，,；;\r\n":
            text = text.replace(mark, "、")
        words = list(dict.fromkeys(word.strip() for word in text.split("、") if word.strip()))
        if any(len(word) > self.longest for word in words):
            raise forms.ValidationError(_("每项最长 %(longest)d 个字。"), params={"longest": self.longest})
        return words


class UnitField(forms.ModelChoiceField):
    """One unit of the directory."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Department.objects.all(), widget=forms.Select(attrs=PICK), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Show the full name: short names repeat from county to county."""
        return str(obj.name)


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units of the directory."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Department.objects.all(), widget=forms.SelectMultiple(attrs=PICK), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Show the full name."""
        return str(obj.name)

    def clean(self, value: Any) -> Any:
        """Return the units as a list."""
        return list(super().clean(value))


def current(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the units that exist today, in the order of the tree."""
    return rows.current().order_by("path")  # type: ignore[attr-defined, no-any-return]


class NothingForm(OperationForm):
    """An operation that needs no words."""


# -------------------------------------------------------------------------------------------------------- 单位


class AmendForm(OperationForm):
    """What is known of a unit besides its name and place."""

    aliases = WordsField(label=_("别名"), required=False, max_length=500, help_text=_("多个别名用“、”隔开"))
    duties = WordsField(
        label=_("职责关键词"),
        required=False,
        max_length=1000,
        longest=20,
        help_text=_("多个词用“、”隔开；任务分解据此为没有写明单位的条文提示单位"),
    )
    level = forms.ChoiceField(label=_("层级"), choices=Level.choices, initial=Level.CITY)
    side = forms.ChoiceField(label=_("系统"), choices=Side.choices, initial=Side.GOVERNMENT)
    kind = forms.ChoiceField(label=_("类型"), choices=Kind.choices, initial=Kind.DEPARTMENT)
    is_office = forms.BooleanField(label=_("督查机构"), required=False)
    position = forms.IntegerField(label=_("排序"), min_value=0, max_value=99999, initial=0)
    district_code = forms.CharField(
        label=_("行政区划代码"), required=False, max_length=12, validators=[validate_district_code], empty_value=None
    )
    uscc = forms.CharField(
        label=_("统一社会信用代码"), required=False, max_length=18, validators=[validate_uscc], empty_value=None
    )

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with what stands."""
        return {name: getattr(subject, name) for name in cls.base_fields} if subject else {}


class DepartmentForm(AmendForm):
    """A new unit."""

    name = forms.CharField(label=_("全称"), max_length=128)
    short = forms.CharField(label=_("简称"), max_length=64, required=False)
    parent = UnitField(label=_("上级单位"), required=False)
    field_order = ["name", "short", "parent"]
    narrow_parent = staticmethod(current)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with nothing."""
        return {}


class RenameForm(OperationForm):
    """A new name."""

    name = forms.CharField(label=_("新全称"), max_length=128)
    short = forms.CharField(label=_("新简称"), max_length=64, required=False)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with the present name."""
        return {"name": subject.name, "short": subject.short}


class MoveForm(OperationForm):
    """A new place in the tree."""

    parent = UnitField(label=_("新的上级单位"), required=False, help_text=_("留空表示成为最上级单位"))
    narrow_parent = staticmethod(current)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with the present place."""
        return {"parent": subject.parent_id}


class MergeForm(OperationForm):
    """Into which unit, and which others with it."""

    into = UnitField(label=_("并入单位"), help_text=_("人员、下属单位和未了事项同时移交"))
    others = UnitsField(label=_("一并并入的其他单位"), required=False)
    narrow_into = staticmethod(current)
    narrow_others = staticmethod(current)


class DissolveForm(OperationForm):
    """Who takes over, if anything is left."""

    successor = UnitField(label=_("承继单位"), required=False, help_text=_("有未了事项或下属单位时必须指定"))
    narrow_successor = staticmethod(current)


# -------------------------------------------------------------------------------------------------------- 人员


class PersonForm(OperationForm):
    """A new account."""

    username = forms.CharField(
        label=_("用户名"), max_length=64, validators=User._meta.get_field("username").validators[:1]
    )
    name = forms.CharField(label=_("姓名"), max_length=64)
    employee_no = forms.CharField(label=_("工号"), max_length=32, required=False)


class NameForm(OperationForm):
    """A corrected name."""

    name = forms.CharField(label=_("姓名"), max_length=64)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with the present name."""
        return {"name": subject.name}


class LeaveForm(OperationForm):
    """Why an account is closed."""

    reason = forms.CharField(label=_("停用原因"), max_length=200, required=False)


class AppointForm(OperationForm):
    """Where, as what, and from when to when."""

    department = UnitField(label=_("单位"))
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    title = forms.CharField(label=_("职务"), max_length=64, required=False)
    rank = forms.TypedChoiceField(label=_("层次"), choices=Rank.choices, coerce=int, initial=Rank.OTHER)
    started_on = DayField(label=_("任职日"), required=False, help_text=_("留空为今天"))
    ended_on = DayField(label=_("免职日"), required=False, help_text=_("自该日起不再任职；留空为长期"))
    portfolio = UnitsField(label=_("分管单位"), required=False)
    narrow_department = staticmethod(current)
    narrow_portfolio = staticmethod(current)


class EndForm(OperationForm):
    """When a post ends."""

    ended_on = DayField(label=_("免职日"), required=False, help_text=_("自该日起不再任职；留空为今天"))


class PortfolioForm(OperationForm):
    """Which units a leader oversees."""

    portfolio = UnitsField(label=_("分管单位"), required=False)
    narrow_portfolio = staticmethod(current)

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Begin with the present ones."""
        return {"portfolio": list(subject.portfolio.values_list("pk", flat=True))}


class DelegateForm(OperationForm):
    """To whom, for how long, and why."""

    delegate = forms.ModelChoiceField(User.objects.all(), label=_("受托人"), widget=forms.Select(attrs=PICK))
    starts_at = MomentField(label=_("开始时间"))
    ends_at = MomentField(label=_("结束时间"))
    reason = forms.CharField(label=_("事由"), max_length=200)

    @staticmethod
    def narrow_delegate(rows: QuerySet[Any]) -> QuerySet[Any]:
        """Keep people in service."""
        return rows.active().people()  # type: ignore[attr-defined, no-any-return]


# -------------------------------------------------------------------------------------------------------- 系统接入


class KeyForm(OperationForm):
    """For how long a key opens."""

    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=732, initial=365)


class ClientForm(KeyForm):
    """Which system, for which unit, as what, and for which nouns."""

    name = forms.CharField(label=_("系统名称"), max_length=64)
    department = UnitField(label=_("负责单位"))
    role = forms.ChoiceField(label=_("角色"), choices=[(role.value, role.label) for role in BUSINESS_ROLES])
    scopes = WordsField(label=_("权限范围"), max_length=500, help_text=_("如 tasks:read、reports:write，用“、”隔开"))
    field_order = ["name", "department", "role", "scopes", "days"]
    narrow_department = staticmethod(current)

    def clean_scopes(self) -> list[str]:
        """Refuse what is not written as a scope."""
        scopes: list[str] = self.cleaned_data["scopes"]
        if any(not SCOPE.fullmatch(scope) for scope in scopes):
            raise forms.ValidationError(_("每项应写成“名词:read”或“名词:write”，例如 tasks:read。"))
        return scopes


# -------------------------------------------------------------------------------------------------------- 日历


class ClearForm(OperationForm):
    """Which day."""

    day = DayField(label=_("日期"))
    region = forms.CharField(label=_("地区"), max_length=12, required=False, help_text=_("行政区划代码；留空为全国"))


class SetDayForm(ClearForm):
    """Whether a day is worked, and why."""

    is_workday = forms.TypedChoiceField(
        label=_("安排"),
        choices=[("False", _("放假")), ("True", _("上班"))],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("名称"), max_length=64, required=False)
    source = forms.CharField(label=_("依据"), max_length=128, required=False)
    field_order = ["day", "is_workday", "name", "source", "region"]


class DaysField(forms.FileField):
    """A file with an arrangement (JSON or CSV), read into days."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the days; refuse what cannot be read, saying which lines."""
        file = super().clean(data, initial)
        if file.size > LARGEST_IMPORT:
            raise forms.ValidationError(_("文件超过 1 MB，不像是一份放假安排。请核对文件。"))
        try:
            return calendar.read_days(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("文件应为 UTF-8 编码。请另存后重新上传。")) from error
        except Malformed as refusal:
            lines = "、".join(refusal.details.get("lines", {}))
            where = _("（第 %(lines)s 行）") % {"lines": lines} if lines else ""
            raise forms.ValidationError(f"{refusal.message}{where}") from refusal


class ImportForm(OperationForm):
    """An arrangement as the notice gives it."""

    days = DaysField(label=_("文件"), help_text=_("JSON 或 CSV：date、isOffDay、name；文件所列年份将整年替换"))
    source = forms.CharField(label=_("依据"), max_length=128, help_text=_("如 国办发明电〔2026〕7号"))
    region = forms.CharField(label=_("地区"), max_length=12, required=False, help_text=_("行政区划代码；留空为全国"))


class PublishForm(OperationForm):
    """On what notice a year rests."""

    source = forms.CharField(label=_("依据"), max_length=128, help_text=_("如 国办发明电〔2026〕7号"))

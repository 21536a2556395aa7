"""What claiming, verifying, closing and returning are given, for both doors. Shapes only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tasks import defaults
from tasks.inputs import DayField, TextField
from workflow.doors.inputs import JSONRows, OperationForm


class ClaimForm(OperationForm):
    """The report on the whole."""

    summary = TextField(label=_("办结报告"), max_length=8000, rows=6)
    completed_on = DayField(label=_("实际完成日期"), required=False)


class VerifyForm(OperationForm):
    """The six checks."""

    checks = forms.MultipleChoiceField(
        label=_("六项核验"), choices=list(defaults.CHECKS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    opinion = TextField(label=_("核验意见"), max_length=2000, rows=3)


class CloseForm(OperationForm):
    """The conclusion."""

    conclusion = TextField(label=_("办结结论"), max_length=2000, rows=3)


class ReasonsWidget(forms.Widget):
    """A box and a line for each of the six checks: what failed, and why."""

    template_name = "forms/reasons.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return what the table shows."""
        given = {row.get("check"): row.get("reason") for row in value} if isinstance(value, list) else {}
        context = super().get_context(name, value, attrs)
        context["widget"]["rows"] = [
            (key, label, key in given, given.get(key)) for key, label in defaults.CHECKS.items()
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the rows: as they stand in JSON, or gathered from the lines; a reason ticks its own box."""
        if name in data:
            return data.get(name)
        said = [(key, data.get(f"{name}_{key}"), data.get(f"{name}_{key}_reason", "")) for key in defaults.CHECKS]
        return [{"check": key, "reason": reason} for key, ticked, reason in said if ticked or reason.strip()]


class ReturnForm(OperationForm):
    """What failed, and why each (R35)."""

    failed = JSONRows(
        label=_("未通过的核验项"),
        required=False,
        widget=ReasonsWidget,
        columns={
            "check": forms.ChoiceField(choices=list(defaults.CHECKS.items())),
            "reason": forms.CharField(required=False, max_length=1000),
        },
    )
    reason = TextField(label=_("总的意见"), required=False, max_length=2000, rows=2)

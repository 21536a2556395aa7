"""What setting up an office is given, for both doors. Shapes only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tasks import defaults
from tasks.inputs import UnitField
from tasks.states import Light
from workflow.doors.inputs import JSONRows, OperationForm


class SchemeWidget(forms.Widget):
    """A colour and an icon for every light, begun with what holds."""

    template_name = "forms/scheme.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return what the table shows."""
        given = {row["meaning"]: row for row in value} if isinstance(value, list) else value or {}
        whole = {meaning: drawn | dict(given.get(meaning, {})) for meaning, drawn in defaults.SCHEME.items()}
        rows = [whole[light] | {"meaning": light.value, "word": light.label} for light in Light]
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"rows": rows, "tones": defaults.TONES.items(), "icons": defaults.ICONS.items()}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the rows: as they stand in JSON, or gathered from the table's boxes."""
        if name in data:
            return data.get(name)
        chosen = [(light.value, *(data.get(f"{name}_{light}_{part}") for part in ("tone", "icon"))) for light in Light]
        return [{"meaning": meaning, "tone": tone, "icon": icon} for meaning, tone, icon in chosen if tone or icon]


class SettingsForm(OperationForm):
    """An office's word and lights."""

    mark = forms.CharField(
        label=_("机关代字"), max_length=16, help_text=_("写在年份前，如“青政督”〔2026〕3号；只用文字")
    )
    lights = JSONRows(
        label=_("灯色方案"),
        required=False,
        widget=SchemeWidget,
        columns={
            "meaning": forms.ChoiceField(choices=Light),
            "tone": forms.ChoiceField(choices=list(defaults.TONES.items())),
            "icon": forms.ChoiceField(choices=list(defaults.ICONS.items())),
        },
    )

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Start with what stands."""
        return {"mark": subject.mark, "lights": subject.lights} if subject else {}


class OfficeForm(SettingsForm):
    """The same for an office that has no settings yet."""

    department = UnitField(label=_("督查机构"))
    field_order = ("department", "mark", "lights")

    def narrow_department(self, rows: Any) -> Any:
        """Offer the supervision offices in use."""
        return rows.current().filter(is_office=True)

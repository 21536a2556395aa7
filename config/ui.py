"""Template tags and filters of the pages, and the renderer of their forms.

Loaded in a template by ``{% load ui %}``; wired in ``config/settings.py`` (``libraries`` and ``FORM_RENDERER``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BaseForm, BoundField, Field, ModelChoiceField, widgets
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

BUSINESS = frozenset({"supervisor", "leader", "unit_head", "handler", "inspector"})
CHECKED = frozenset(BUSINESS | {"discipline"})
EVERYONE = frozenset(BUSINESS | {"discipline", "system_admin", "security_admin", "auditor"})


class FormRenderer(TemplatesSetting):
    """Draw every form by our own templates, so that ``{{ form }}`` and ``{{ field }}`` look alike everywhere."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


# --- navigation ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One line of the side bar: where it leads, what it says, who sees it, which letter after ``g`` opens it.

    ``holds`` are the first words of the addresses that stand below it without beginning as its own does.
    """

    url_name: str
    label: str | Promise
    icon: str
    key: str
    roles: frozenset[str]
    group: str | Promise = ""
    holds: tuple[str, ...] = ()


OF_TASKS = ("assignments", "reports", "extensions", "suspensions", "blockers")
OF_BREAKDOWNS = ("clauses", "drafts")
OF_INSPECTIONS = (
    "plans", "schemes", "members", "worksheets", "findings", "rectifications", "conclusions", "reviews",
)  # fmt: skip
OF_ACCOUNTABILITY = ("statements", "clues", "commendations", "cases")

NAV = (
    Entry("desk", _("工作台"), "layout-dashboard", "d", EVERYONE),
    Entry("directive-list", _("督查事项"), "clipboard-text", "s", BUSINESS, holds=("numbers", "instructions")),
    Entry("breakdown-list", _("任务分解"), "list-tree", "f", frozenset({"supervisor"}), holds=OF_BREAKDOWNS),
    Entry("task-list", _("任务"), "list-check", "t", BUSINESS, holds=OF_TASKS),
    Entry("overdue-board", _("逾期看板"), "chart-bar", "o", BUSINESS),
    Entry("inspection-list", _("督查检查"), "report-search", "x", CHECKED, holds=OF_INSPECTIONS),
    Entry("bulletin-list", _("通报"), "speakerphone", "b", BUSINESS, holds=("mentions", "receipts")),
    Entry("notice-list", _("催办督办"), "bell", "n", BUSINESS),
    Entry("accountability-list", _("问责"), "gavel", "w", CHECKED, holds=OF_ACCOUNTABILITY),
    Entry("import-list", _("导入"), "file-import", "i", frozenset({"supervisor"})),
    Entry("department-list", _("单位"), "building", "u", BUSINESS),
    Entry("calendar", _("工作日历"), "calendar", "c", frozenset({"system_admin"}), _("系统")),
    Entry("unit-list", _("机构"), "sitemap", "j", frozenset({"system_admin"}), _("系统")),
    Entry("post-list", _("任职与授权"), "user-shield", "p", frozenset({"security_admin"}), _("系统")),
    Entry("audit-log", _("审计日志"), "fingerprint", "a", frozenset({"auditor"}), _("系统")),
)


@register.inclusion_tag("components/_nav.html", takes_context=True)
def nav(context: template.Context) -> dict[str, Any]:
    """Draw the side bar of the post acted in; an entry whose page does not exist yet is left out."""
    request: HttpRequest = context["request"]
    role = getattr(request.user, "role", "") or ""
    return {"groups": list(_groups(entries_for(role), request.path))}


def entries_for(role: str) -> list[tuple[Entry, str]]:
    """Return the entries that a role sees, each with its address."""
    found = []
    for entry in NAV:
        if role in entry.roles:
            try:
                found.append((entry, reverse(entry.url_name)))
            except NoReverseMatch:
                continue
    return found


def _groups(entries: list[tuple[Entry, str]], path: str) -> Iterable[dict[str, Any]]:
    """Yield the entries under their group names; the longest address that begins the path is the current one.

    Where none does, it is the entry that holds the path.
    """
    held = (url for entry, url in entries if _holds(entry, path))
    current = max((url for _entry, url in entries if _leads_to(url, path)), key=len, default=next(held, None))
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry, url in entries:
        row = {"entry": entry, "url": url, "current": url == current}
        groups.setdefault(str(entry.group), []).append(row)
    for label, rows in groups.items():
        yield {"label": label, "rows": rows}


def _leads_to(url: str, path: str) -> bool:
    return path == url or (url != get_script_prefix() and path.startswith(url))


def _holds(entry: Entry, path: str) -> bool:
    return path.removeprefix(get_script_prefix()).partition("/")[0] in entry.holds


@register.simple_tag(takes_context=True)
def identities(context: template.Context) -> list[Any]:
    """Return the posts that the person holds today, to switch between them."""
    return context["request"].user.standing_posts()


# --- words -----------------------------------------------------------------------------------------------------------


WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


@register.filter
def when(value: date | datetime | None) -> str:
    """Write a day as 2026-11-28（周六） and a moment as 11-28 18:00; the year is named when it is not this year."""
    if value is None or value == "":
        return "—"
    if not isinstance(value, datetime):
        return gettext("%(day)s（%(weekday)s）") % {"day": f"{value:%Y-%m-%d}", "weekday": WEEKDAYS[value.weekday()]}
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    this_year = local.year == timezone.localdate().year
    return f"{local:%m-%d %H:%M}" if this_year else f"{local:%Y-%m-%d %H:%M}"


@register.filter
def brief_when(value: date | datetime | str | None) -> str:
    """Write a day or moment as 11-28, with the year when it is not this year's; words stay as they are."""
    if value is None or isinstance(value, (str, Promise)):
        return str(value or "")
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return f"{local:%m-%d}" if local.year == timezone.localdate().year else f"{local:%Y-%m-%d}"


@register.filter
def workdays_left(days: int | str | None) -> str:
    """Say how far off a due day is; ``days`` in working days, negative when late, None when there is no due day."""
    if days is None or isinstance(days, str):  # a template has an empty word for what is not there
        return gettext("未定时限")
    if days == 0:
        return gettext("今天到期")
    if days > 0:
        return ngettext("剩余 %(days)d 个工作日", "剩余 %(days)d 个工作日", days) % {"days": days}
    return ngettext("逾期 %(days)d 个工作日", "逾期 %(days)d 个工作日", -days) % {"days": -days}


# --- marks -----------------------------------------------------------------------------------------------------------

# One state, one tone, on every page; a word that is not here is shown in grey. Where the same word is the end of one
# noun and a beginning of another, the noun stands before it.
STATES = {
    "grey": "draft planned suspended withdrawn terminated ended excused released revoked superseded "
    "left undone dropped annulled discarded expired",
    "amber": "pending issued requested raised confirmed provisional declared ordered asked sent consulting "
    "notice.received mention.answered draft.proposed",
    "blue": "assigned approved active submitted signed checked running rectifying correcting received changed "
    "finding.accepted draft.issued breakdown.open",
    "purple": "claimed review approval reported proposed transferred",
    "green": "closed archived granted resolved accepted done published concluded finished standing "
    "settled decided answered stated bulletin.issued receipt.received breakdown.issued",
    "red": "declined refused returned recused disputed",
}
TONES = {state: tone for tone, states in STATES.items() for state in states.split()}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one icon of static/src/icons.txt; ``label`` speaks it aloud where no word stands beside it."""
    mark = format_html('<i class="ti ti-{}" aria-hidden="true"></i>', name)
    return format_html('{}<span class="visually-hidden">{}</span>', mark, label) if label else mark


@register.inclusion_tag("components/_light.html")
def light(light: Any, brief: bool = False) -> dict[str, Any]:
    """Draw a light: icon, word and reason (R23); ``brief`` keeps the reason for hover and screen readers."""
    return {"light": light, "brief": brief}


@register.inclusion_tag("components/_state.html")
def state(subject: Any) -> dict[str, Any]:
    """Draw the badge of a thing that has a ``state``, as a field or as a member of TextChoices."""
    label = getattr(subject.state, "label", None) or subject.get_state_display()
    return {"label": label, "tone": tone_of(subject)}


def tone_of(subject: Any) -> str:
    """Return the tone of a thing's state: the noun's own, else that of the word."""
    noun = subject._meta.model_name if hasattr(subject, "_meta") else ""
    return TONES.get(f"{noun}.{subject.state}") or TONES.get(str(subject.state), "grey")


@register.filter
def refused(verbs: Iterable[Any]) -> list[Any]:
    """Return the verbs that are not possible now, each with its reason."""
    return [verb for verb in verbs or () if _get(verb, "reason")]


def _get(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


# --- forms -----------------------------------------------------------------------------------------------------------

HYPHENS = BLANK_CHOICE_DASH[0][1]
FORMATS = {
    widgets.DateInput: ("date", "%Y-%m-%d"),
    widgets.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    widgets.TimeInput: ("time", "%H:%M"),
}


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Draw the inside of a form by our own template, whatever FORM_RENDERER says."""
    return form.render(FormRenderer.form_template_name)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Draw the input of a field with the classes of the design; days and moments use the browser's own picker."""
    shape = field.field.widget
    if type(shape) in FORMATS:
        shape.input_type, shape.format = FORMATS[type(shape)]
    if isinstance(shape, widgets.Textarea) and shape.attrs.get("rows") == "10":
        shape.attrs.update(rows="4")
    if isinstance(shape, widgets.FileInput):
        shape.attrs.setdefault("hx-preserve", "true")  # a chosen file outlives the answer that has errors in it
    if isinstance(shape, widgets.Select):
        _say_nothing_chosen(field)
    given = shape.attrs.get("class", "")
    classes = f"{given} {_class_of(shape)}{' is-invalid' if field.errors else ''}".strip()
    return field.as_widget(attrs={"class": classes})


def _say_nothing_chosen(field: BoundField) -> None:
    """Put words in the place of the framework's row of hyphens."""
    word = gettext("请选择") if field.field.required else "—"
    if isinstance(field.field, ModelChoiceField):
        field.field.empty_label = word if field.field.empty_label == HYPHENS else field.field.empty_label
    else:
        shape = field.field.widget
        shape.choices = [(key, word if label == HYPHENS else label) for key, label in shape.choices]


def _class_of(shape: widgets.Widget) -> str:
    if isinstance(shape, widgets.CheckboxInput):
        return "form-check-input"
    # Several boxes (CheckboxSelectMultiple is a RadioSelect too): the class falls on what stands around them.
    if isinstance(shape, widgets.RadioSelect):
        return "choices"
    return "form-select" if isinstance(shape, widgets.Select) else "form-control"


@register.filter
def kind(field: BoundField) -> str:
    """Name the layout of a field: ``check`` (label beside the box), ``choices`` (legend over several), ``line``."""
    shape = field.field.widget
    if isinstance(shape, widgets.CheckboxInput):
        return "check"
    return "choices" if field.use_fieldset else "line"


@register.filter
def complaints(field: BoundField) -> list[str]:
    """Return what is wrong with a field; an empty one is told by its name and by what to do (请填写, 请选择)."""
    ask = _ask(field.field.widget)
    said = []
    for error in field.errors.as_data():
        own = error.message != Field.default_error_messages["required"]
        said += [str(text) for text in error] if own or error.code != "required" else [ask % {"label": field.label}]
    return said


def _ask(shape: widgets.Widget) -> str:
    if isinstance(shape, widgets.CheckboxInput):
        return gettext("请勾选“%(label)s”。")
    if isinstance(shape, widgets.ChoiceWidget | widgets.FileInput):
        return gettext("请选择%(label)s。")
    return gettext("请填写%(label)s。")

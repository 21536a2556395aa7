"""One input shape for both doors: a Django form per operation.

Pages render it, the REST door validates with it, and the OpenAPI document is drawn from it (``serializer_of``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

MOST_ROWS = 1000
LONGEST_KEY = 18
"""Digits of the greatest key: what is longer fits into no column."""


class IsStorable:
    """Refuses text that no database keeps: NUL characters, and halves of characters."""

    message = _("含有无法保存的字符（如 NUL 控制符），请删去后重新提交，或改为手工输入。")

    def __call__(self, value: Any) -> None:
        """Complain of ``value`` if it cannot be stored."""
        text = str(value)
        if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise ValidationError(self.message, code="not_storable")


def storable(field: forms.Field) -> forms.Field:
    """Let a text field say in plain words what it cannot store; returns it."""
    if isinstance(field, forms.CharField):
        others = [check for check in field.validators if not isinstance(check, ProhibitNullCharactersValidator)]
        field.validators = [*others, IsStorable()]
    return field


def bounded(field: forms.ModelChoiceField[Any]) -> None:
    """Let a choice of rows refuse a key that no database holds, before a database is asked."""
    clean = field.clean

    def bounded_clean(value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else (value,):
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(_("没有这个选项，请重新选择。"), code="invalid_choice")
        return clean(value)

    setattr(field, "clean", bounded_clean)  # noqa: B010 - an instance's own, which types do not know


class OperationForm(forms.Form):
    """The keyword arguments of one operation, without ``by``. Says shapes only; rules live in the operation.

    Every choice of rows begins with what the user may see; ``narrow_<field>(rows)`` keeps less.
    """

    def __init__(self, *args: Any, user: Any, subject: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.subject = user, subject
        for name, field in self.fields.items():
            storable(field)
            if isinstance(field, forms.ModelChoiceField):
                bounded(field)
                rows = field.queryset.model._default_manager.visible_to(user)  # type: ignore[union-attr]
                narrow = getattr(self, f"narrow_{name}", None)
                field.queryset = narrow(rows) if narrow else rows

    @classmethod
    def first_values(cls, subject: Any, user: Any) -> dict[str, Any]:
        """Return what the empty form on a page starts with."""
        return {}

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the operation; an optional choice left empty is None."""
        return dict(self.cleaned_data)


class JSONRows(forms.Field):
    """A list of small objects, as JSON in the REST door and as a text of lines on a page (``2026-06-30 完成主体``)."""

    widget = forms.Textarea

    def __init__(self, *, columns: dict[str, forms.Field], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns = {name: storable(field) for name, field in columns.items()}

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        """Return the rows; refused with the number of the row that cannot be read."""
        if not value:
            return []
        rows = value if isinstance(value, list) else self._read(str(value))
        if len(rows) > MOST_ROWS:
            raise ValidationError(_("最多 %(most)d 行。"), code="too_many", params={"most": MOST_ROWS})
        return [self._clean_row(number, row) for number, row in enumerate(rows, start=1)]

    def _read(self, text: str) -> list[Any]:
        if text.lstrip().startswith("["):
            try:
                return list(json.loads(text))
            except (ValueError, TypeError, RecursionError) as error:
                raise ValidationError(_("不是可以读取的列表。"), code="invalid") from error
        return [self._read_line(line.strip()) for line in text.splitlines() if line.strip()]

    def _read_line(self, line: str) -> dict[str, str]:
        first, _blank, rest = line.partition(" ")
        names = list(self.columns)
        if rest and first[:1].isdigit():
            return dict(zip(names, (rest.strip(), first), strict=False))
        return {names[0]: line}

    def name_of(self, number: int, row: dict[str, Any]) -> str:
        """Return what a row is called where it is refused."""
        return _("第 %(number)d 行") % {"number": number}

    def _clean_row(self, number: int, row: Any) -> dict[str, Any]:
        if not isinstance(row, dict) or not all(isinstance(value, str | None) for value in row.values()):
            raise ValidationError(_("第 %(number)d 行不能读取。"), code="invalid", params={"number": number})
        unknown = sorted(set(row) - set(self.columns))
        try:
            if unknown:
                raise ValidationError(_("没有“%(name)s”这一项"), code="unknown", params={"name": unknown[0]})
            return {name: field.clean(row.get(name)) for name, field in self.columns.items()}
        except ValidationError as error:
            said = {"row": self.name_of(number, row), "problem": "".join(error.messages)}
            raise ValidationError(_("%(row)s：%(problem)s"), code="invalid", params=said) from error


# ------------------------------------------------------------------------------------------------ JSON


def from_json(data: Mapping[str, Any], form_class: type[OperationForm]) -> dict[str, Any]:
    """Return JSON values as the form reads them; null is "nothing".

    A form takes any value for a text. Refused here, by field, is what has another JSON type than the field, so that a
    number, a list or an object never becomes the words of a report.
    """
    wrong, fields = {}, form_class.base_fields
    for name, value in data.items():
        expected = _expected(fields[name]) if name in fields else None
        if expected and value is not None and not _is_json(value, expected):
            wrong[name] = ValidationError(WANTED[expected], code="type")
    if wrong:
        raise ValidationError(wrong)
    return {name: value for name, value in data.items() if value is not None}


WANTED = {
    "text": _("应为文字（JSON 字符串）。"),
    "day": _('应为日期，例如 "2026-06-30"。'),
    "number": _("应为整数。"),
    "yes_no": _("应为 true 或 false。"),
    "key": _("应为一个编号（整数）。"),
    "keys": _("应为编号的列表。"),
    "words": _("应为文字的列表。"),
    "rows": _("应为对象的列表。"),
    "file": _("文件请用 multipart/form-data 上传。"),
}

EXPECTED: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.ModelMultipleChoiceField, "keys"),
    (forms.ModelChoiceField, "key"),
    (forms.MultipleChoiceField, "words"),
    (JSONRows, "rows"),
    (forms.FileField, "file"),
    (forms.BooleanField, "yes_no"),
    (forms.IntegerField, "number"),
    (forms.DateField, "day"),
)


def _expected(field: forms.Field) -> str:
    return next((name for kind, name in EXPECTED if isinstance(field, kind)), "text")


def _is_json(value: Any, expected: str) -> bool:
    if expected in ("keys", "words", "rows"):
        one = {"keys": "key", "words": "text", "rows": "row"}[expected]
        return isinstance(value, list) and all(_is_json(item, one) for item in value)
    if expected == "key":
        return _is_number(value) or (isinstance(value, str) and len(value) <= LONGEST_KEY)
    if expected == "number":
        return _is_number(value)
    return expected != "file" and isinstance(value, {"row": dict, "yes_no": bool}.get(expected, str))


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


# ------------------------------------------------------------------------------------------------ OpenAPI


def serializer_of(form_class: type[OperationForm], name: str) -> type[serializers.Serializer[Any]]:
    """Return a serializer that describes the form for the OpenAPI document; it validates nothing itself."""
    fields = {key: _field_of(key, field, name) for key, field in form_class.base_fields.items()}
    return _described(f"{name}Input", fields, form_class.__doc__)


def _described(name: str, fields: Mapping[str, Any], doc: str | None) -> type[serializers.Serializer[Any]]:
    return type(name, (serializers.Serializer,), {**fields, "__doc__": doc or name})


def _field_of(key: str, field: forms.Field, owner: str) -> serializers.Field[Any, Any, Any, Any]:
    common: dict[str, Any] = {"required": bool(field.required), "help_text": field.label or ""}
    if not field.required:
        common["allow_null"] = True
    if isinstance(field, forms.ModelMultipleChoiceField):
        return serializers.ListField(child=serializers.IntegerField(), **common)
    if isinstance(field, forms.ModelChoiceField):
        return serializers.IntegerField(**common)
    if isinstance(field, JSONRows):
        columns = {column: _field_of(column, kind, owner) for column, kind in field.columns.items()}
        return _described(f"{owner}{key.title()}Row", columns, str(field.label))(many=True, **common)
    if isinstance(field, forms.MultipleChoiceField):
        return serializers.ListField(child=serializers.ChoiceField(choices=_choices(field)), **common)
    if isinstance(field, forms.ChoiceField):
        return serializers.ChoiceField(choices=_choices(field), allow_blank=not field.required, **common)
    return _plain_field_of(field, common)


def _choices(field: Any) -> list[tuple[Any, Any]]:
    # The labels stay lazy: the views are made once, in whatever language the first request of the process speaks.
    return [(value, label) for value, label in field.choices if value]


PLAIN: tuple[tuple[type[forms.Field], type[serializers.Field[Any, Any, Any, Any]]], ...] = (
    (forms.FileField, serializers.FileField),
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
    (forms.BooleanField, serializers.BooleanField),
)


def _plain_field_of(field: forms.Field, common: dict[str, Any]) -> serializers.Field[Any, Any, Any, Any]:
    if isinstance(field, forms.IntegerField):
        bounds: dict[str, Any] = {"min_value": field.min_value, "max_value": field.max_value}
        return serializers.IntegerField(**bounds, **common)
    for kind, twin in PLAIN:
        if isinstance(field, kind):
            return twin(**common)
    longest = getattr(field, "max_length", None)
    return serializers.CharField(max_length=longest, allow_blank=not field.required, **common)

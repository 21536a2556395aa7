"""One form per operation is the input of both doors: what each JSON type becomes, and what is refused."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy

from organization.models import Department
from tasks.states import Urgency
from tests.factories import organization as make
from workflow.doors.inputs import MOST_ROWS, JSONRows, OperationForm, from_json, serializer_of


class Everything(OperationForm):
    """A field of every kind."""

    text = forms.CharField(required=False, max_length=20, label="文字")
    choice = forms.ChoiceField(required=False, choices=[("", "无"), ("a", "甲"), ("b", "乙")])
    several = forms.MultipleChoiceField(required=False, choices=[("a", "甲"), ("b", "乙")])
    number = forms.IntegerField(required=False, min_value=1, max_value=9)
    yes = forms.BooleanField(required=False)
    day = forms.DateField(required=False)
    unit = forms.ModelChoiceField(Department.objects.all(), required=False)
    units = forms.ModelMultipleChoiceField(Department.objects.all(), required=False)
    rows = JSONRows(
        required=False, columns={"title": forms.CharField(max_length=5), "due_on": forms.DateField(required=False)}
    )
    file = forms.FileField(required=False)


def complaints(data, user=None):
    """Return what is wrong with JSON data, by field; {} where all is well."""
    try:
        form = Everything(from_json(data, Everything), {}, user=user or AnonymousUser())
    except ValidationError as error:
        return error.message_dict
    return {name: list(said) for name, said in form.errors.items()}


@pytest.mark.django_db
def test_each_field_takes_its_own_json_type():
    user, unit = make.person(), make.department()
    data = {
        "text": "完成", "choice": "a", "several": ["a", "b"], "number": 5, "yes": True, "day": "2026-06-30",
        "unit": unit.pk, "units": [unit.pk, str(unit.pk)], "rows": [{"title": "开工", "due_on": None}], "file": None,
    }  # fmt: skip

    form = Everything(from_json(data, Everything), {}, user=user)

    assert form.is_valid(), form.errors
    assert form.arguments()["units"][0] == unit
    assert form.arguments()["rows"] == [{"title": "开工", "due_on": None}]


WRONG = {
    "text": (5, True, 1.5, [], {}, ["a"], {"a": 1}),
    "choice": (5, True, [], {}, ["a"]),
    "several": ("a", 5, {}, [5], [None], [["a"]], {"a": 1}),
    "number": ("5", True, 1.0, 1e999, [], {}, [5]),
    "yes": ("true", "yes", 1, 0, [], {}),
    "day": (5, True, [], {}, 20260630),
    "unit": (True, 1.0, 1e999, [], {}, [1], "1" * 30),
    "units": (5, "5", {}, [True], [1e999], [[1]], [{}], [None]),
    "rows": ("2026-06-30 开工", 5, {}, [5], ["x"], [None], [[]]),
    "file": ("data:", 5, [], {}),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_another_json_type_never_becomes_the_value(name, value):
    assert list(complaints({name: value})) == [name]


BAD = {
    "text": ("\x00", "半\ud800个", "长" * 21),
    "choice": ("c", "\x00"),
    "several": (["c"], ["\x00"]),
    "number": (0, 10, 10**30, -(10**30)),
    "day": ("x", "2026-02-30", "\x00", "9" * 99),
    "unit": (0, -1, 2**63, 10**30, "x", "\x00", 999_999_999),
    "units": ([0], [2**63], [10**30], ["x"], ["\x00"]),
    "rows": (
        [{}], [{"title": ""}], [{"title": "123456"}], [{"title": 5}], [{"title": ["a"]}], [{"title": "a", "x": "b"}],
        [{"title": "\x00"}], [{"title": "\ud800"}], [{"title": "a", "due_on": "x"}], [{"title": "a"}] * (MOST_ROWS + 1),
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD.items() for value in values], ids=lambda v: ascii(v)[:30]
)
def test_a_value_that_cannot_be_kept_is_refused_by_field(name, value):
    found = complaints({name: value}, make.person())

    assert list(found) == [name]
    assert all(any("\u4e00" <= character <= "\u9fff" for character in said) for said in found[name])


def test_what_no_database_keeps_is_told_plainly():
    assert complaints({"text": "a\x00b"})["text"] == [
        "含有无法保存的字符（如 NUL 控制符），请删去后重新提交，或改为手工输入。"
    ]


def test_null_is_nothing():
    assert from_json(dict.fromkeys(Everything.base_fields), Everything) == {}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("开工\n\n 2026-06-30 完工 \n", [{"title": "开工", "due_on": None}, {"title": "完工", "due_on": "2026-06-30"}]),
        ('[{"title": "开工"}]', [{"title": "开工", "due_on": None}]),
    ],
)
def test_a_page_writes_rows_as_lines(text, rows):
    found = Everything.base_fields["rows"].clean(text)

    assert [{**row, "due_on": row["due_on"] and row["due_on"].isoformat()} for row in found] == rows


@pytest.mark.parametrize("text", ["[", "[" * 100_000, "[1]", '["x"]', '[{"title": "\\ud800"}]', "2026-06-31 完工"])
def test_lines_that_cannot_be_read_are_refused(text):
    with pytest.raises(ValidationError):
        Everything.base_fields["rows"].clean(text)


def test_the_document_speaks_the_language_of_its_reader_not_of_the_first_request():
    class Form(OperationForm):
        urgency = forms.ChoiceField(label=gettext_lazy("紧急程度"), choices=Urgency.choices)

    with translation.override("en"):
        field = serializer_of(Form, "Speaking")().get_fields()["urgency"]
        english = {key: str(label) for key, label in field.choices.items()}
    chinese = {key: str(label) for key, label in field.choices.items()}

    assert (english[Urgency.ORDINARY], chinese[Urgency.ORDINARY]) == ("Ordinary", "普通")
    assert str(field.help_text) == "紧急程度"


def test_the_document_says_what_the_form_takes():
    fields = serializer_of(Everything, "Everything")().get_fields()

    assert {name: type(field).__name__ for name, field in fields.items()} == {
        "text": "CharField", "choice": "ChoiceField", "several": "ListField", "number": "IntegerField",
        "yes": "BooleanField", "day": "DateField", "unit": "IntegerField", "units": "ListField",
        "rows": "ListSerializer", "file": "FileField",
    }  # fmt: skip
    assert (fields["number"].min_value, fields["number"].max_value) == (1, 9)

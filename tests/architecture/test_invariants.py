"""The last line: every constraint of the tables refuses what its name says, and none is untried."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from tasks.models import Reading
from tests.architecture.source import ROOMS
from tests.architecture.themes import THEMES
from workflow.models import Event

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def constraints():
    """Return every constraint and every unique column of the house, by name, with its table and columns."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        for constraint in model._meta.constraints:
            found[constraint.name] = (model, getattr(constraint, "fields", ()))
        for field in model._meta.concrete_fields:
            if field.unique and not field.primary_key:
                found[f"{model.__name__}.{field.name}"] = (model, (field.name,))
    return found


@pytest.fixture
def rows(house):
    """Add to the house what it lacks for a violation of each kind."""
    house.theme.furnish(house)
    return house


def test_no_constraint_is_untried():
    tried = [name for theme in THEMES for name in theme.violations]

    assert sorted(tried) == sorted(constraints())


def test_every_constraint_refuses_what_its_name_says(rows):
    known = constraints()
    for name, attempt in rows.theme.violations.items():
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            attempt(rows)
        assert names(refusal.value, name, *known[name]), (name, str(refusal.value))


def names(error, name, model, fields):
    """Tell whether the database's complaint names this very constraint."""
    told = str(error)
    if model in (Event, Reading) and connection.vendor == "sqlite" and told == f"{model._meta.db_table} is append-only":
        return True  # the guard against INSERT OR REPLACE is asked first
    if "." not in name and re.search(rf"\b{name}\b", told):
        return True
    columns = [model._meta.get_field(field).column for field in fields]
    if connection.vendor == "sqlite":
        table = model._meta.db_table
        return bool(columns) and told == f"UNIQUE constraint failed: {', '.join(f'{table}.{c}' for c in columns)}"
    return bool(columns) and f"Key ({', '.join(columns)})=" in told.replace('"', "")


def test_who_did_it_and_when_stand_together(rows):
    """Each pair of ``x_at`` or ``x_on`` and ``x_by`` that may be empty is empty as a whole."""
    alone = {name for theme in THEMES for name in theme.alone}
    pairs = 0
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        by_name = {field.name: field for field in model._meta.concrete_fields}
        for name, who in by_name.items():
            when = by_name.get(f"{name[:-3]}_at") or by_name.get(f"{name[:-3]}_on")
            if not name.endswith("_by") or when is None or f"{model.__name__}.{name}" in alone:
                continue
            pairs += 1
            assert who.null == when.null, (model, name)
            if who.null:
                split(model, name, when.name)

    assert pairs >= 12


def split(model, who, when):
    """Try to keep half of a pair, in either row that stands."""
    for empty in (True, False):
        row = model.objects.filter(**{f"{who}__isnull": empty}).order_by("pk").first()
        if row is None:
            continue
        moment = NOW.date() if when.endswith("_on") else NOW
        half = {when: moment} if empty else {who: None}
        # A guard of rows that are written once refuses it too: on PostgreSQL by an error of another name.
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**half)

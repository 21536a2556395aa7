"""Attempts to break a constraint, for each theme's table of them."""

from __future__ import annotations

from typing import Any


def change(model: Any, /, where: dict[str, Any] | None = None, **values: Any) -> Any:
    """Return an attempt to overwrite one row of ``model``."""

    def attempt(house: Any) -> None:
        row = model.objects.filter(**where or {}).order_by("pk").first()
        assert row is not None, (model, where)
        model.objects.filter(pk=row.pk).update(**{k: v(row) if callable(v) else v for k, v in values.items()})

    return attempt


def again(model: Any, where: dict[str, Any] | None = None, **values: Any) -> Any:
    """Return an attempt to insert a second row like one that stands."""

    def attempt(house: Any) -> None:
        row = model.objects.filter(**where or {}).order_by("pk").first()
        assert row is not None, (model, where)
        columns = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if not f.primary_key}
        model.objects.bulk_create([model(**columns | values)])

    return attempt


def first(model: Any, /, **where: Any) -> Any:
    """Return the first row of a kind."""
    return model.objects.filter(**where).order_by("pk").first()


def put(model: Any, **values: Any) -> Any:
    """Return an attempt to insert a row twice."""

    def attempt(house: Any) -> None:
        for _ in "12":
            model.objects.create(**values)

    return attempt

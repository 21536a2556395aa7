"""Checks of a deployment: ``manage.py check --database default`` and every ``migrate`` ask them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from organization import separation
from organization.models import Delegation, Post


@register(Tags.database)
def administrators_are_apart(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a deployment in which one person holds two administrators' roles, or one and a business role (F55)."""
    if not databases or not _is_set_up(databases):
        return []
    return [
        Error(
            f"Roles that must stay apart are in one hand: {breach}",
            hint="End one of the posts: 三类管理员与业务角色须分设。",
            obj=breach.user,
            id="organization.E001",
        )
        for breach in separation.breaches()
    ]


def _is_set_up(databases: Sequence[str]) -> bool:
    """Tell whether the tables are there: ``migrate`` checks before it makes them."""
    tables = {table for alias in databases for table in connections[alias].introspection.table_names()}
    return {Post._meta.db_table, Delegation._meta.db_table} <= tables

"""The tables of steps as documents: what may follow what, and who may do it. Drawn, never written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import override

from workflow.lifecycle import Lifecycle, Step

DRAWN = "由 `manage.py draw_lifecycles` 从各室的 `lifecycles.py` 生成，请勿手改。(Drawn from the tables; do not edit.)"


def tables() -> Iterator[tuple[str, Lifecycle]]:
    """Yield the tables of every room with the room's name, in the order of the house."""
    for room in apps.get_app_configs():
        if module_has_submodule(room.module, "lifecycles"):
            module = import_module(f"{room.name}.lifecycles")
            yield from ((room.name, table) for table in module.ALL)


def documents() -> dict[str, str]:
    """Return the documents by their file names under ``docs/``, in the house's own language."""
    with override("zh-hans"):
        return {"lifecycles.md": _lifecycles(), "permissions.md": _permissions()}


def _lifecycles() -> str:
    parts = ["# 状态与步骤 (Lifecycles)", DRAWN]
    for room, table in tables():
        parts += [f"## {room} · {table.noun}", f"```mermaid\n{table.draw()}\n```"]
    return "\n\n".join(parts) + "\n"


def _permissions() -> str:
    parts = ["# 谁可以做什么 (Permissions)", DRAWN]
    for room, table in tables():
        rows = ["| 步骤 | 名称 | 从 | 到 | 谁 | 其他人看到的理由 |", "|---|---|---|---|---|---|"]
        parts += [f"## {room} · {table.noun}", "\n".join(rows + [_row(step) for step in table])]
    return "\n\n".join(parts) + "\n"


def _row(step: Step) -> str:
    cells = (
        f"`{step.verb}`",
        str(step.label),
        " ".join(f"`{source}`" for source in step.sources),
        f"`{step.target}`" if step.target else "不变",
        f"`{step.actor.name}`".replace("|", "或"),
        str(step.actor.reason),
    )
    return f"| {' | '.join(cells)} |"

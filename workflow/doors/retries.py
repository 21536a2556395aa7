"""Which requests may be done again: those whose whole deed is one transaction of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from workflow.retrying import again

T = TypeVar("T")


def again_without_files(request: Any, act: Callable[[], T]) -> T:
    """Do ``act`` by ``again``; once only where the request brought a file, whose stream the first time has used up."""
    return act() if request.FILES else again(act)

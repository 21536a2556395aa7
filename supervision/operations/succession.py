"""Succession: the units named on a paper of 监督问责 after a reorganisation (F49)."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from organization.models import Department

M = TypeVar("M", bound=models.Model)


def move(paper: M, old: Department, new: Department, *fields: str) -> M:
    """Put the heir into each of the fields in which the old unit stands; returns the paper, unsaved."""
    for field in fields:
        if getattr(paper, f"{field}_id") == old.pk:
            setattr(paper, field, new)
    return paper

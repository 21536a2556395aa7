"""Seals: to whom a sealed paper is open, by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import Department, User
from organization.states import Role
from supervision.models import Seal
from supervision.states.answering import SealPart
from tasks.actors import unit_of
from workflow.refusal import RuleBroken


def place(paper: Any, user: User, part: str, department: Department, role: str) -> Seal:
    """Name a person on the paper, in the post for which he is named; naming twice is naming once."""
    seal: Seal = Seal.objects.get_or_create(
        user=user, part=part, **{str(paper._meta.model_name): paper},
        defaults={"user_name": str(user), "department": department, "role": role},
    )[0]  # fmt: skip
    return seal


def place_actor(paper: Any, by: User, part: str) -> None:
    """Name who acts now in his own post; who acts for another names the other too."""
    for person in filter(None, (by, by.behalf)):
        place(paper, person, part, unit_of(by), by.role)


def place_contacts(paper: Any, contacts: Iterable[User]) -> list[str]:
    """Name the contacts of the receiving organ; returns their names.

    Refused: RuleBroken("seal.not_a_contact") for one who is no discipline contact of the receiving organ today;
    ("seal.named") for the very person whom the paper is about.
    """
    named = []
    for user in contacts:
        if user.pk == paper.person_id:
            raise RuleBroken("seal.named", _("接收人不能是材料反映的本人，请另行选择联络员。"))
        if not user.posts.standing().filter(department=paper.receiver, role=Role.DISCIPLINE).exists():
            raise RuleBroken(
                "seal.not_a_contact",
                _("%(name)s不是%(unit)s的纪检监察联络员，请在该机关的联络员中选择。")
                % {"name": user.name, "unit": paper.receiver.name},
            )
        place(paper, user, SealPart.CONTACT, paper.receiver, Role.DISCIPLINE)
        named.append(user.name)
    return named


def close(paper: Any, *parts: str) -> None:
    """Let those named as one of ``parts`` see from now on that the paper exists, and no more."""
    paper.seals.filter(part__in=parts, closed_at=None).update(closed_at=timezone.now())


def reopen(seal: Seal) -> None:
    """Let a person who was named before read the content again."""
    Seal.objects.filter(pk=seal.pk).update(closed_at=None)

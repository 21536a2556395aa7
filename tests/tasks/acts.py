"""What the tests of this room's rules have in common: moments, loans of posts, and what an event says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import time_machine
from django.db import transaction

from organization.models import Delegation, Post, User
from organization.workdays import ZONE
from tests.factories import organization as make
from workflow.models import Event


def at(text: str) -> time_machine.travel:
    """Stand still at a moment of Asia/Shanghai."""
    return time_machine.travel(moment(text), tick=False)


def moment(text: str) -> datetime:
    """Return a moment of Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def lend(principal: User, to: User, role: str = "", **fields: object) -> User:
    """Return ``to`` as he acts in the principal's post (the one of ``role``), by delegation."""
    posts = Post.objects.filter(user=principal)
    post = posts.get(role=role) if role else posts.get()
    loan: Delegation = make.delegation(post, to, **fields)
    return User.objects.get(pk=to.pk).act_in(post, loan)


def in_post(person: User, role: str) -> User:
    """Return the person as he acts in his own post of the role."""
    return User.objects.get(pk=person.pk).act_in(Post.objects.select_related("department").get(user=person, role=role))


def told(kind: str) -> list[dict]:
    """Return the details of all events of a kind, in order."""
    return list(Event.objects.filter(kind=kind).order_by("pk").values_list("detail", flat=True))


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is done inside, so that the next example begins with the same house."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

"""In which post somebody acts from now on: one of the own, or one lent by delegation (reliability.md §5.1)."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from organization import sessions
from organization.models import Delegation, Post, User
from workflow.record import record
from workflow.refusal import Forbidden


@transaction.atomic
def take_up(post: Post, *, by: User, session: SessionBase | None = None) -> User:
    """Let ``by`` act in ``post`` from now on; the session remembers it. Returns the user, acting.

    Refused: Forbidden("identity.not_open") unless the post is the person's own and stands, or is lent by a
    delegation that is effective now (F53).
    """
    delegation = None
    if post.user_id != by.pk:
        delegation = Delegation.objects.effective().filter(principal_post=post, delegate=by).first()
    if not post.stands() or (post.user_id != by.pk and delegation is None):
        raise Forbidden("identity.not_open", _("您不能以这个身份办理：岗位已免，或委托不在有效期内。请选择其他身份。"))
    by.act_in(post, delegation)
    if isinstance(session, sessions.SessionStore):
        sessions.choose(session, post, delegation)
    record("user.take_up", by, by, detail={"post": post.pk, "delegation": delegation.pk if delegation else None})
    return by

"""How a bulletin is shown to people: its passages and its warnings."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from supervision.models.bulletin import SECTIONS
from supervision.operations import bulletins
from supervision.states.informing import BulletinState, MentionState

LONGEST: Final = 4000
"""Characters above which a document warns (R50, domain.md 2.4)."""
BEING_WRITTEN: Final = (BulletinState.DRAFT, BulletinState.CONSULTING, BulletinState.PENDING)


def passages(bulletin: Any) -> list[Any]:
    """Return what the bulletin says of the units, from what was fetched with it."""
    return [mention for mention in bulletin.mentions.all() if mention.state != MentionState.DROPPED]


def warnings(bulletin: Any) -> list[str]:
    """Return what should be looked at before it goes on; nothing once it is issued. One statement."""
    if bulletin.state not in BEING_WRITTEN:
        return []
    words = [*(getattr(bulletin, name) for name in SECTIONS), *(mention.text for mention in passages(bulletin))]
    told = [
        _("与%(number)s的一句话完全相同：“%(sentence)s”。请核对是否需要更新。")
        % {"number": repeat.number, "sentence": repeat.sentence}
        for repeat in bulletins.repeats(bulletin, words)
    ]
    length = sum(len(text) for text in words)
    if length > LONGEST:
        told.append(_("正文共 %(length)d 字，超过 %(most)d 字。请压缩篇幅。") % {"length": length, "most": LONGEST})
    return told

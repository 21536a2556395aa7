"""The nouns of 情况通报: notice, bulletin at the REST door."""

from __future__ import annotations

from typing import Any

from supervision.api.bulletins import BulletinSet, MentionSet, ReceiptSet
from supervision.api.notices import NoticeSet

ROUTES: tuple[tuple[str, Any], ...] = (
    ("notices", NoticeSet),
    ("bulletins", BulletinSet),
    ("mentions", MentionSet),
    ("receipts", ReceiptSet),
)

"""Keeping a file that passed the gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import structlog
from django.core.files import File
from django.db import transaction

from documents import markings
from documents.uploads import Upload
from organization.models import User
from tasks.models import Directive
from workflow.models import Attachment
from workflow.record import record
from workflow.refusal import RuleBroken

T = TypeVar("T")
log = structlog.get_logger(__name__)


def refusing_marks(directive: Directive, by: User, gate: Callable[[], T]) -> T:
    """Return what the gate lets in. Refused: as the gate refuses.

    That something bears a state-secret mark is recorded without a word of it, and nothing of it is kept (R43, F37).
    """
    try:
        return gate()
    except RuleBroken as refusal:
        if refusal.code == markings.CODE:
            log.warning("marked_file_refused", directive=directive.pk, user=by.pk, **refusal.details)
            with transaction.atomic():
                record("directive.refuse_marked", directive, by, detail=refusal.details)
        raise


def keep(attachment: Attachment, upload: Upload) -> Attachment:
    """Store the bytes and insert the row with name, type, size and digest. Returns it."""
    attachment.name = upload.name
    attachment.content_type = upload.content_type
    attachment.size = upload.size
    attachment.sha256 = upload.sha256
    upload.stream.seek(0)
    attachment.file.save(upload.name, File(upload.stream), save=False)
    upload.stream.close()
    attachment.save(force_insert=True)
    return attachment

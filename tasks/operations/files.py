"""Keeping a file that passed the gate."""

from __future__ import annotations

from django.core.files import File

from documents.uploads import Upload
from workflow.models import Attachment


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

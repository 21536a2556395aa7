"""Attachment: a file with its digest, stored outside the web root and reached only through scope."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils import timezone

from workflow.moments import moment


class PrivateStorage(FileSystemStorage):
    """Files under ``DATA_DIR/files``. They have no address: a view hands them out after asking who may see (F34)."""

    def __init__(self) -> None:
        super().__init__(
            location=settings.DATA_DIR / "files", file_permissions_mode=0o600, directory_permissions_mode=0o700
        )

    def url(self, name: str | None) -> str:
        """Refuse: a stored file has no address of its own."""
        raise ValueError("A stored file has no address.")


def storage() -> PrivateStorage:
    """Return the store; a callable, so that migrations do not hold a folder."""
    return PrivateStorage()


def stored_name(instance: Any, name: str) -> str:
    """Return a name that says nothing of the content and cannot meet another."""
    return f"{instance._meta.model_name}/{timezone.localdate():%Y/%m}/{uuid4().hex}"


class Attachment(models.Model):
    """A file as it was handed in: name for people, type by content, size in bytes, SHA-256."""

    file = models.FileField(storage=storage, upload_to=stored_name, max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=128)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(default=moment, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

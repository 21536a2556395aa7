"""Handing out files: only as a download; a stored one only while its bytes are those handed in (F22, F33, F34)."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

import structlog
from django.core.files import File
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _

from workflow.models import Attachment
from workflow.refusal import Conflict

log = structlog.get_logger(__name__)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Should a browser show it all the same, nothing in it may run, load or send.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def serve(attachment: Attachment) -> FileResponse:
    """Return the file as a download under the name people gave it. The caller has asked who may see it.

    The digest is computed again, of the very bytes that are sent, before the first one leaves. Refused:
    Conflict("file.damaged", 409) where the bytes are gone or are not those that were handed in.
    """
    stream = _opened(attachment)
    if hashlib.file_digest(stream, "sha256").hexdigest() != attachment.sha256:
        stream.close()
        raise _damaged(attachment)
    stream.seek(0)
    response = FileResponse(stream, content_type=attachment.content_type, headers=HEADERS)
    response["Content-Disposition"] = disposition(attachment)
    return response


def send(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Return what was made just now as a download, as guarded as a stored file. The caller has asked who may see it."""
    response = HttpResponse(content, content_type=content_type, headers=HEADERS)
    response["Content-Disposition"] = _named(name, "file")
    return response


def disposition(attachment: Attachment) -> str:
    """Return the header that makes it a download: its name for today's readers, a plain one for old ones (RFC 6266)."""
    return _named(attachment.name, f"file-{attachment.pk}")


def _named(name: str, plain: str) -> str:
    ending = name.rpartition(".")[2]
    plain += f".{ending}" if ending.isascii() and ending.isalnum() else ""
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _opened(attachment: Attachment) -> File[Any]:
    try:
        return attachment.file.open("rb")
    except FileNotFoundError as error:
        raise _damaged(attachment) from error


def _damaged(attachment: Attachment) -> Conflict:
    log.error("file_damaged", kind=attachment._meta.model_name, key=attachment.pk, file=attachment.file.name)
    return Conflict(
        "file.damaged",
        _("文件“%(name)s”与登记时的内容不一致，已停止下载。请联系系统管理员核对备份，不要使用其他来源的副本。")
        % {"name": attachment.name},
        details={"name": attachment.name, "sha256": attachment.sha256},
    )

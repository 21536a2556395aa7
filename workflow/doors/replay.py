"""Idempotency-Key: the same POST again gets the same answer, and nothing happens twice (F42)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from workflow.doors.retries import again_without_files
from workflow.models import Replay
from workflow.refusal import Malformed, Refusal, RuleBroken

HEADER = "Idempotency-Key"
LONGEST = 128
CHUNK = 65536
P = TypeVar("P")


def once(
    request: Request, prepare: Callable[[], P], act: Callable[[P], Response], render: Callable[[Response], bytes]
) -> HttpResponse | Response:
    """Return the answer of ``act(prepare())``, or the one already given to the same key.

    ``prepare`` reads and checks the input before any lock is taken; ``act`` does the deed. The key's row and the deed
    are one transaction: a second request waits at the row until the first is done; then it finds the answer, or, if
    the first was refused, finds nothing and acts itself. A refusal is not kept, for nothing happened.

    Refused: RuleBroken("idempotency.reused") for another request under the same key.
    """
    key = key_of(request)
    if key is None:
        return act(prepare())
    mark, asked = {"caller": caller_of(request), "key": key}, fingerprint(request)
    known = Replay.objects.filter(**mark).first()
    if known is not None:
        return _again(known, asked)
    try:
        prepared = prepare()
    except (Refusal, ValidationError):
        # The first may have been done meanwhile, and the input be wrong only for that reason.
        known = Replay.objects.filter(**mark).first()
        if known is None:
            raise
        return _again(known, asked)
    # The key's row is part of the deed: what is broken off is broken off with it, and both are done again.
    return again_without_files(request, lambda: _first(mark, asked, lambda: act(prepared), render))


def _first(
    mark: dict[str, str], asked: str, act: Callable[[], Response], render: Callable[[Response], bytes]
) -> HttpResponse | Response:
    with transaction.atomic():
        # Its own savepoint guards the insert: a constraint broken by the deed is never mistaken for the key's.
        row, is_new = Replay.objects.get_or_create(**mark, defaults={"fingerprint": asked})
        if not is_new:
            return _again(row, asked)
        response = act()
        row.status, row.etag = response.status_code, response.headers.get("ETag", "")
        row.body = render(response).decode()
        row.save(update_fields=["status", "etag", "body"])
        return response


def _again(row: Replay, asked: str) -> HttpResponse:
    if row.fingerprint != asked:
        raise RuleBroken("idempotency.reused", _("这个 Idempotency-Key 已用于另一次请求，请换一个新的。"))
    answer = HttpResponse(
        row.body, status=row.status, content_type="application/json", headers={"Idempotency-Replayed": "true"}
    )
    if row.etag:
        answer["ETag"] = row.etag
    return answer


# ------------------------------------------------------------------------------------------------ who asks, and what


def caller_of(request: Request) -> str:
    """Return whose keys these are: an account's in the post it acts in, for both decide what is done and answered.

    A system's account outlives its keys, so that a rotated key still knows what was asked before.
    """
    user: Any = request.user
    return f"{user.pk}@{user.post.pk if user.post else 0}"


def key_of(request: Request) -> str | None:
    """Return the key, None without the header. Refused: Malformed for one that is too long or not plain."""
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise Malformed(
            "idempotency.key",
            _("Idempotency-Key 应为 1 至 %(most)d 个 ASCII 字符，例如一个 UUID。") % {"most": LONGEST},
        )
    return key


def fingerprint(request: Request) -> str:
    """Return a digest of what is asked: method, address, version, fields and files, whichever way they came."""
    digest = hashlib.sha256()
    for part in _parts(request):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _parts(request: Request) -> Iterator[bytes]:
    yield from (str(request.method).encode(), request.get_full_path().encode())
    yield request.META.get("HTTP_IF_MATCH", "").encode()
    data: Any = request.data
    if hasattr(data, "lists"):
        data = {name: values for name, values in data.lists() if name not in request.FILES}
    yield json.dumps(data, sort_keys=True).encode()
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield json.dumps([name, file.name]).encode()
            yield _digest(file)


def _digest(file: Any) -> bytes:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.digest()

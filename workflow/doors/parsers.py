"""Reading what comes in at the REST door, within limits: what cannot be read is a 400, whatever it is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import parsers

from workflow.refusal import Malformed


class JSONParser(parsers.JSONParser):
    """JSON in UTF-8, no larger than a form may be; NaN, lone surrogates and endless nesting are refused."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return what the body says."""
        try:
            text = _bytes_of(stream).decode("utf-8-sig")
            found = json.loads(text, parse_constant=_no_number)
            json.dumps(found, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise Malformed("input.malformed", _("请求内容不是可以读取的 JSON，请检查后重新提交。")) from error
        return found


class FormParser(parsers.FormParser):
    """A form in UTF-8, no larger than settings allow."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return the fields."""
        return QueryDict(_bytes_of(stream), encoding="utf-8")


class MultiPartParser(parsers.MultiPartParser):
    """Fields and files, names and values in UTF-8; Django's own limits hold."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return fields and files."""
        return super().parse(stream, media_type, {**(parser_context or {}), "encoding": "utf-8"})


PARSERS = (JSONParser, MultiPartParser, FormParser)


def _bytes_of(stream: Any) -> bytes:
    """Return the whole body; the framework would read on without end."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    body: bytes = stream.read(most + 1)
    if len(body) > most:
        raise Malformed(
            "input.too_large",
            _("请求内容超过 %(size)d MB，请分批提交；文件请用 multipart/form-data 上传。") % {"size": most // 1024**2},
        )
    return body


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)

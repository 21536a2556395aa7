"""The shared code of both doors: reading bodies, versions, and handing files out."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from rest_framework.test import APIRequestFactory

from tasks import verbs
from workflow.doors import api, files, parsers
from workflow.models import Attachment
from workflow.refusal import Conflict, Malformed

TOO_MUCH = 5 * 1024 * 1024 + 1


# ------------------------------------------------------------------------------------------------ bodies


def parsed(body):
    return parsers.JSONParser().parse(io.BytesIO(body))


@pytest.mark.parametrize(
    ("body", "found"),
    [(b"{}", {}), ('{"a": "完成"}'.encode(), {"a": "完成"}), (b'\xef\xbb\xbf{"a": 1}', {"a": 1}), (b"[1]", [1])],
)
def test_json_is_read_as_utf_8(body, found):
    assert parsed(body) == found


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"\xff", "{}".encode("utf-16"), b'{"a": NaN}', b'{"a": -Infinity}', b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}', b"[" * 100_000, b'{"a":' * 100_000, b"9" * 5000, b'{"a": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: str(body[:12]),
)  # fmt: skip
def test_what_is_no_json_is_malformed(body):
    with pytest.raises(Malformed) as refused:
        parsed(body)

    assert (refused.value.code, refused.value.status) == ("input.malformed", 400)


@pytest.mark.parametrize("parser", [parsers.JSONParser, parsers.FormParser])
def test_a_body_without_end_is_not_read_to_its_end(parser):
    stream = io.BytesIO(b" " * (TOO_MUCH + 1000))

    with pytest.raises(Malformed) as refused:
        parser().parse(stream)

    assert refused.value.code == "input.too_large"
    assert stream.tell() == TOO_MUCH


# ------------------------------------------------------------------------------------------------ versions


def request(**headers):
    return APIRequestFactory().post("/", headers=headers)


@pytest.mark.parametrize(
    ("header", "version"), [('"3"', 3), ("3", 3), ('W/"3"', 3), (' "12" ', 12), ('"0"', 0), ("007", 7)]
)
def test_the_version_is_read_from_the_entity_tag(header, version):
    assert api.expected_version(request(**{"If-Match": header})) == version


@pytest.mark.parametrize("header", ["", "x", "*", "-1", "+1", "1.0", "１", "²", '"1", "2"', "9" * 10, "9" * 9999])
def test_what_is_no_version_is_malformed(header):
    with pytest.raises(Malformed) as refused:
        api.expected_version(request(**{"If-Match": header}))

    assert refused.value.code == "version.malformed"


def test_a_change_without_a_version_is_refused_but_what_only_adds_may_go_without():
    with pytest.raises(api.VersionRequired) as refused:
        api.seen_version(request(), verbs.TASK.verb("assign"))

    assert (refused.value.status, refused.value.code) == (428, "version.required")
    assert api.seen_version(request(), verbs.TASK.verb("report")) is None
    assert api.seen_version(request(**{"If-Match": '"4"'}), verbs.TASK.verb("report")) == 4


# ------------------------------------------------------------------------------------------------ files


class Paper(Attachment):
    """A stored file of no room."""

    class Meta:
        app_label = "tests"
        managed = False


def paper(content=b"abc", name="验收 单(1).txt", sha256=None):
    row = Paper(pk=7, name=name, content_type="text/plain", size=len(content))
    row.sha256 = sha256 or hashlib.sha256(content).hexdigest()
    row.file.save(name, ContentFile(content), save=False)
    row.file = row.file.name  # as it comes from the database
    return row


def test_a_file_is_sent_whole_and_only_as_a_download(db):
    answer = files.serve(paper())

    sent = b"".join(answer.streaming_content)
    answer.close()
    assert sent == b"abc"
    assert answer["Content-Length"] == "3"
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"file-7.txt\"; filename*=UTF-8''%E9%AA%8C%E6%94%B6%20%E5%8D%95%281%29.txt"
    )
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ['a"b.txt', "a\r\nX: y.txt", "a.t;x", "a\u202e.txt", "无扩展名", "a.文", "." * 90])
def test_no_name_breaks_the_header(name):
    row = Paper(pk=7, name=name)

    header = files.disposition(row)

    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_bytes_that_are_not_those_handed_in_are_never_sent():
    with pytest.raises(Conflict) as refused:
        files.serve(paper(sha256="0" * 64))

    assert refused.value.code == "file.damaged"


def test_bytes_that_are_gone_are_told():
    row = paper()
    row.file.storage.delete(row.file.name)

    with pytest.raises(Conflict) as refused:
        files.serve(row)

    assert refused.value.code == "file.damaged"

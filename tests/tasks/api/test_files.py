"""Files go in through the gate and come out as downloads, to those who see what they belong to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tasks.models import DirectiveAttachment, Evidence
from tasks.operations import directives, evidence
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller
from workflow.models import Event

pytestmark = pytest.mark.once

TODAY = timezone.localdate


def proof(who):
    task = make.active(who)
    file = make.upload("现场 验收单（一）.txt", "已完成".encode())
    return evidence.add(task, by=who.handler, file=file, evidence_on=TODAY())


def attachment(who):
    directive = make.directive(who)
    make.active(who, of=directive)
    return directives.attach(directive, by=who.supervisor, file=make.upload("来文.txt", "关于防汛".encode()))


def bytes_of(row):
    with open(row.file.path, "rb") as stream:
        return stream.read()


FILES = {"evidence": proof, "attachments": attachment}


@pytest.mark.parametrize("noun", FILES)
def test_a_file_is_handed_out_only_as_a_harmless_download(who, noun):
    row = FILES[noun](who)

    answer = Caller(who.handler).get(noun, row.pk, "file")

    assert b"".join(answer.streaming_content) == bytes_of(row)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith(f"attachment; filename=\"file-{row.pk}.txt\"; filename*=UTF-8''%")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Length"] == str(row.size)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("noun", FILES)
def test_the_name_survives_the_way(who, noun):
    from urllib.parse import unquote

    row = FILES[noun](who)

    answer = Caller(who.handler).get(noun, row.pk, "file")
    answer.close()

    assert unquote(answer["Content-Disposition"].partition("UTF-8''")[2]) == row.name


@pytest.mark.parametrize("noun", FILES)
@pytest.mark.parametrize("name", ["stranger", "auditor", "system_admin"])
def test_who_does_not_see_the_matter_finds_no_file(who, noun, name):
    row = FILES[noun](who)

    assert Caller(getattr(who, name)).get(noun, row.pk, "file").status_code == 404
    assert Caller().get(noun, row.pk, "file").status_code == 401


def test_a_helper_does_not_get_the_lead_s_proof(who):
    row = proof(who)

    assert Caller(who.helper).get("evidence", row.pk, "file").status_code == 404
    assert Caller(who.helper).get("evidence").json()["results"] == []


@pytest.mark.parametrize("noun", FILES)
def test_a_file_whose_bytes_were_changed_is_never_handed_out(who, noun):
    row = FILES[noun](who)
    content = bytearray(bytes_of(row))
    content[0] ^= 1
    with open(row.file.path, "wb") as stream:
        stream.write(content)

    answer = Caller(who.supervisor).get(noun, row.pk, "file")

    assert (answer.status_code, answer.json()["code"]) == (409, "file.damaged")


@pytest.mark.parametrize("noun", FILES)
def test_a_file_that_is_gone_is_told_as_damaged(who, noun):
    row = FILES[noun](who)
    row.file.storage.delete(row.file.name)

    answer = Caller(who.supervisor).get(noun, row.pk, "file")

    assert (answer.status_code, answer.json()["code"]) == (409, "file.damaged")


def test_nothing_tells_where_a_file_lies(who):
    row = proof(who)
    caller = Caller(who.supervisor)

    for shown in (caller.get("evidence", row.pk), caller.get("evidence")):
        assert row.file.name not in shown.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("run.exe", b"MZ", "file.wrong_type"),
        ("page.html", b"<script>alert(1)</script>", "file.wrong_type"),
        ("photo.png", b"not a picture", "file.disguised"),
        ("empty.txt", b"", None),
        ("note.txt", "机密★10年\n".encode(), "secrecy.marked"),
    ],
)
def test_what_the_gate_refuses_is_refused_and_not_kept(who, name, content, code):
    task = make.active(who)
    events = Event.objects.count()
    file = SimpleUploadedFile(name, content)

    answer = Caller(who.handler).post("tasks", task.pk, "prove", files=True, file=file, evidence_on=TODAY().isoformat())

    assert answer.status_code in (400, 422)
    assert code in (None, answer.json()["code"])
    assert not Evidence.objects.exists()
    assert Event.objects.count() == events


def test_evidence_cannot_be_changed_or_taken_away(who):
    row = proof(who)
    client = Caller(who.supervisor).client

    for method in (client.put, client.patch, client.delete, client.post):
        answer = method(f"/api/v1/evidence/{row.pk}/", {}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (405, "method.not_allowed")
    assert Evidence.objects.get() == row


def test_a_file_in_json_is_told_how_to_come(who):
    task = make.active(who)

    answer = Caller(who.handler).post("tasks", task.pk, "prove", file="data:text/plain,x", evidence_on="2026-01-05")

    assert answer.json()["details"] == {"file": ["文件请用 multipart/form-data 上传。"]}


def test_attachments_are_found_by_directive(who):
    row = attachment(who)
    other = make.directive(who)
    caller = Caller(who.supervisor)

    assert [shown["id"] for shown in caller.get("attachments", directive=row.directive_id).json()["results"]] == [
        row.pk
    ]
    assert caller.get("attachments", directive=other.pk).json()["results"] == []
    assert DirectiveAttachment.objects.count() == 1

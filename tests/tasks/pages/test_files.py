"""Files leave the house as downloads, to who may see them, with the bytes that came in (F34, R45)."""

import pytest
from django.utils import timezone

from tasks.operations import directives, evidence
from tests.factories import tasks as make

pytestmark = pytest.mark.once

CONTENT = "已完成十二处".encode()


@pytest.fixture
def proof(who):
    task = make.active(who)
    return evidence.add(
        task, by=who.handler, file=make.upload("验收 单.txt", CONTENT), evidence_on=timezone.localdate()
    )


@pytest.fixture
def attachment(who):
    return directives.attach(make.directive(who), by=who.supervisor, file=make.upload("批示件.txt", CONTENT))


def test_a_file_is_always_a_download_in_which_nothing_runs(who, client, proof):
    client.force_login(who.supervisor)

    answer = client.get(f"/evidence/{proof.pk}/file/")

    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, CONTENT)
    told = answer["Content-Disposition"].split("; ")
    assert (told[0], told[-1].lower()) == ("attachment", "filename*=utf-8''%e9%aa%8c%e6%94%b6%20%e5%8d%95.txt")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


@pytest.mark.parametrize(
    ("person", "status"),
    [("supervisor", 200), ("handler", 200), ("unit_head", 200), ("leader", 200), ("helper", 404), ("stranger", 404),
     ("inspector", 404), ("auditor", 404), ("system_admin", 404), ("security_admin", 404), ("discipline", 404)],
)  # fmt: skip
def test_evidence_is_handed_to_who_sees_it(who, client, proof, person, status):
    client.force_login(who.everyone()[person])

    answer = client.get(f"/evidence/{proof.pk}/file/")

    assert answer.status_code == status
    answer.close()


@pytest.mark.parametrize(("person", "status"), [("supervisor", 200), ("leader", 200), ("stranger", 404)])
def test_an_attachment_is_handed_to_who_sees_its_directive(who, client, attachment, person, status):
    client.force_login(who.everyone()[person])

    answer = client.get(f"/attachments/{attachment.pk}/file/")

    assert answer.status_code == status
    answer.close()


def test_nobody_is_given_a_file_before_the_login(client, proof):
    answer = client.get(f"/evidence/{proof.pk}/file/")

    assert answer["Location"] == f"/login/?next=/evidence/{proof.pk}/file/"


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_damaged_file_is_not_handed_out(who, client, proof, harm):
    client.force_login(who.supervisor)
    if harm == "changed":
        with open(proof.file.path, "ab") as stored:
            stored.write(b"!")
    else:
        proof.file.storage.delete(proof.file.name)

    answer = client.get(f"/evidence/{proof.pk}/file/")

    html = answer.content.decode()
    assert (answer.status_code, 'data-refusal="file.damaged"' in html) == (409, True)
    assert "文件“验收 单.txt”与登记时的内容不一致，已停止下载" in html
    assert "十二处" not in html

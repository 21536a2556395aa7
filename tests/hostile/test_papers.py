"""Hostile papers at the door of the breakdown (F30-F33, F37): refused with what to do, and nothing is kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tasks.models import Breakdown, Clause, Draft
from tests.documents import hostile
from tests.documents.test_hostile import IMPORTS
from tests.factories import tasks as make
from tests.hostile.test_imports import SECONDS, kept_files
from tests.tasks.api.caller import Caller
from workflow.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox, pytest.mark.once]


def scan():
    return hostile.pdf()


def marked():
    return "机密★5年\n一、完成泵站改造。（责任单位：市水务局）".encode()


DOCX = [
    hostile.docx_with_entity, hostile.docx_with_package, hostile.docx_in_docx_in_docx, hostile.truncated_docx,
    hostile.remote_template, hostile.remote_picture, hostile.dde_field, hostile.zip_bomb, hostile.good_xlsx,
]  # fmt: skip
KINDS = [
    *(("方案.docx", build) for build in DOCX),
    *(("任务表.xlsx", build) for build, _codes in IMPORTS[:12]),
    ("方案.doc", hostile.old_word), ("方案.html", hostile.html), ("方案.svg", hostile.svg),
    ("方案.docx.exe", hostile.wrong_magic), ("方案", hostile.wrong_magic), ("扫描件.pdf", scan),
    ("方案.txt", lambda: b""), ("方案.txt", marked), ("机密★方案.txt", lambda: "一、修路。".encode()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "build"), KINDS, ids=lambda value: getattr(value, "__name__", value))
def test_a_hostile_paper_is_refused_and_nothing_of_it_is_kept(cast, name, build):
    directive, before, content = make.directive(cast), kept_files(), build()
    events = Event.objects.exclude(kind="directive.refuse_marked").count()

    started = hostile.worked()
    answer = Caller(cast.supervisor).post(
        "directives", directive.pk, "document", files=True, file=SimpleUploadedFile(name, content)
    )
    seconds = hostile.worked() - started

    said = answer.json()
    assert answer.status_code in (400, 422), said
    assert seconds <= SECONDS
    told = said["details"].get("file", [said["message"]])[0] if said["code"] == "input.invalid" else said["message"]
    assert re.search("[\u4e00-\u9fff]", told)
    assert "请" in told
    assert (Breakdown.objects.count(), Clause.objects.count(), Draft.objects.count()) == (0, 0, 0)
    assert kept_files() == before
    assert Event.objects.exclude(kind="directive.refuse_marked").count() == events

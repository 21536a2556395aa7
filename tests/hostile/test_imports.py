"""Hostile sheets at the real doors of the import (F30-F33, F37): page, REST and dry run.

Each is answered within five seconds with a Chinese sentence that says what to do; no 5xx, nothing kept in rows or on
disk.
"""

import html
import os
import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organization.states import Level
from tasks.models import Batch, BatchRow, Task
from tests.documents import hostile
from tests.documents.corpus_like import county_table, workbook
from tests.documents.test_hostile import IMPORTS
from tests.factories import organization as make
from tests.tasks.api.caller import Caller
from tests.tasks.imports import house
from workflow.models import Event

pytestmark = [pytest.mark.sandbox, pytest.mark.once]
SECONDS = 5
MARKED = "机密★5年"
HEAD = ("事项", "牵头单位", "完成时限")


def marked_cell():
    return workbook({"rows": [HEAD, [f"{MARKED} 部署", "县交通局", "年底前"]]})


def marked_sheet_name():
    return workbook({**county_table(), "name": "绝密★长期"})


def marked_in_a_hidden_sheet():
    return workbook(county_table(), {"rows": [["秘密★"]], "name": "隐", "hidden": True})


def plain_table():
    return "事项,牵头单位\n修路,县交通局".encode()


def too_large():
    return hostile.good_xlsx() + bytes(11 * 1024 * 1024)


NAMED = [
    ("任务.xls", hostile.old_excel),
    ("任务.csv", plain_table),
    ("任务.xlsm", hostile.macro_type),
    ("任务.xlsx.exe", hostile.executable),
    ("任务.zip", hostile.archive),
    ("任务.html", hostile.html),
    ("任务.svg", hostile.svg),
    ("任务", hostile.good_xlsx),
    ("任务\u202exslx.exe", hostile.executable),
    ("任务.pdf", hostile.pdf),
    ("大.xlsx", too_large),
]
SECRETS = [
    ("机密★5年 分解表.xlsx", hostile.good_xlsx),
    ("【机密】分解表.xlsx", hostile.good_xlsx),
    ("分解表.xlsx", marked_cell),
    ("分解表.xlsx", marked_sheet_name),
    ("分解表.xlsx", marked_in_a_hidden_sheet),
]
KINDS = [("任务.xlsx", build) for build, _codes in IMPORTS] + NAMED
IDS = [build.__name__ for build, _codes in IMPORTS] + [f"{name} {build.__name__}" for name, build in NAMED]


@pytest.fixture
def office(db):
    government = make.government("云涧县人民政府", level=Level.COUNTY)
    make.department("云涧县住房和城乡建设局", government, short="县住房城乡建设局")
    return house.office_of("云涧县", Level.COUNTY)


@pytest.fixture
def directive(office):
    return house.directive(office)


def kept_files():
    folders = (settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR)
    return sorted(
        os.path.join(at, name) for folder in folders for at, _dirs, names in os.walk(folder) for name in names
    )


def rows():
    return Batch.objects.count(), BatchRow.objects.count(), Task.objects.count()


def sentence_of_page(response):
    """Return what the page says against it: the refusal, or the complaint about the field."""
    text = response.content.decode()
    found = re.search(r'class="refusal-message">(.*?)</p>', text, re.S) or re.search(
        r'class="field-errors".*?<li>(.*?)</li>', text, re.S
    )
    return re.sub("<[^>]+>", "", found[1]).strip() if found else ""


def sentence_of_api(response):
    told = response.json()
    complaints = told["details"].get("file", []) if told["code"] == "input.invalid" else []
    return complaints[0] if complaints else told["message"]


def at_the_page(office, fields):
    client = Client()
    client.force_login(office.supervisor)
    return client.post("/imports/new/", fields)


def at_the_api(office, fields, **more):
    return Caller(office.supervisor).post("batches", files=True, **fields, **more)


def dry(office, fields):
    return at_the_api(office, fields, dry_run="true")


def refused(office, directive, door, name, content):
    """Hand the file in at a door; return what was said against it, once all that always holds has been asserted."""
    before = kept_files()
    fields = {"directive": directive.pk, "file": SimpleUploadedFile(name, content)}

    started = hostile.worked()
    response = door(office, fields)
    seconds = hostile.worked() - started

    said = sentence_of_page(response) if door is at_the_page else sentence_of_api(response)
    assert response.status_code in (400, 422), said
    assert seconds <= SECONDS
    assert re.search("[\u4e00-\u9fff]", said), said
    assert said.endswith("。"), said
    assert "请" in said, said
    assert (rows(), kept_files()) == ((0, 0, 0), before)
    assert MARKED not in response.content.decode()
    return said


@pytest.mark.parametrize(("name", "build"), KINDS, ids=IDS)
def test_a_hostile_sheet_is_refused_at_both_doors_alike(office, directive, name, build):
    events, content = Event.objects.count(), build()

    said = [refused(office, directive, door, name, content) for door in (at_the_page, at_the_api)]

    assert html.unescape(said[0]) == said[1]
    assert Event.objects.count() == events


@pytest.mark.parametrize(("name", "build"), SECRETS, ids=[build.__name__ for _name, build in SECRETS])
@pytest.mark.parametrize("door", [at_the_page, at_the_api, dry])
def test_a_marked_sheet_is_refused_not_kept_and_recorded_without_a_word(office, directive, door, name, build):
    said = refused(office, directive, door, name, build())

    assert "保密工作机构" in said
    [event] = Event.objects.filter(kind="directive.refuse_marked")
    assert set(event.detail) == {"where", "kind"}


@pytest.mark.parametrize("build", [hostile.zip_bomb, hostile.doctype_entity, hostile.macro_part])
def test_a_dry_run_has_the_same_gate(office, directive, build):
    refused(office, directive, dry, "任务.xlsx", build())


def test_there_are_more_kinds_than_the_office_asked_for():
    assert len({build for _name, build in [*KINDS, *SECRETS]}) >= 50


BROKEN_REQUESTS = {
    "no file": {"data": {}, "kind": "multipart"},
    "file as text": {"data": {"file": "分解表.xlsx"}, "kind": "multipart"},
    "file in JSON": {"data": {"file": {"name": "a"}}, "kind": "json"},
    "a list": {"data": [1], "kind": "json"},
}


@pytest.mark.parametrize("request_", BROKEN_REQUESTS.values(), ids=BROKEN_REQUESTS)
def test_a_request_without_a_sheet_is_refused_alike(office, directive, request_):
    caller, data = Caller(office.supervisor), request_["data"]
    if isinstance(data, dict):
        data = data | {"directive": directive.pk}

    response = caller.post("batches", files=request_["kind"] == "multipart", raw=data)

    assert (response.status_code, rows()) == (400, (0, 0, 0))


def test_a_cut_off_upload_is_refused(office, directive):
    client = Client()
    client.force_login(office.supervisor)
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK\x03\x04'

    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary=\xff"):
        for address in ("/imports/new/", "/api/v1/batches/"):
            response = client.post(address, data=body, content_type=kind)
            assert response.status_code in (400, 422), (kind, address)
    assert rows() == (0, 0, 0)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.xlsx", "..\\..\\win.xlsx", "/abs.xlsx", "con.xlsx", "a\x00b.xlsx", "长" * 300 + ".xlsx", ".xlsx",
     "a\r\nSet-Cookie: x=1.xlsx", "<img src=x onerror=alert(1)>.xlsx", "=cmd|' /C calc'!A0.xlsx"],
)  # fmt: skip
def test_an_odd_name_is_made_harmless(office, directive, name):
    content = hostile.good_xlsx()

    response = Caller(office.supervisor).post(
        "batches", files=True, directive=directive.pk, file=SimpleUploadedFile(name, content)
    )

    assert response.status_code in (201, 400, 422), response.content
    for batch in Batch.objects.all():
        assert not re.search(r'[<>:"|?*\\/\x00-\x1f]', batch.name)
        assert len(batch.name.encode()) <= 200
        assert batch.file.name.startswith("batch/")
        assert os.path.realpath(batch.file.path).startswith(os.path.realpath(settings.MEDIA_ROOT) + os.sep)
        client = Client()
        client.force_login(office.supervisor)
        assert client.get(f"/imports/{batch.pk}/").status_code == 200
        download = client.get(f"/imports/{batch.pk}/file/")
        assert download["X-Content-Type-Options"] == "nosniff"
        assert b"".join(download.streaming_content) == content


CELLS = [
    "<script>alert(1)</script>", "{{ request }}", "{% load x %}", "=1+1", "@SUM(1)", "'; DROP TABLE tasks_task;--",
    "%s %d %(x)s", "‮左右颠倒", "\u200b零宽", "a" * 30_000, "🀄" * 200, "\ud7ff",
]  # fmt: skip


@pytest.mark.parametrize("text", CELLS, ids=range(len(CELLS)))
def test_an_odd_cell_is_shown_as_text_and_harms_nothing(office, directive, text):
    content = house.sheet(house.GOOD, (2, text, text, "县住建局", text, text, text, text))

    batch = house.read(directive, office.supervisor, content)

    client = Client()
    client.force_login(office.supervisor)
    page = client.get(f"/imports/{batch.pk}/")
    assert page.status_code == 200
    assert b"<script>alert(1)" not in page.content
    row = batch.rows.get(line=4)
    assert client.get(f"/imports/{batch.pk}/amend/?row={row.pk}").status_code == 200
    assert Caller(office.supervisor).get("batches", batch.pk, "rows").status_code == 200
    assert client.get(f"/imports/{batch.pk}/kept/").status_code == 200

"""Imports as an officer sees them: upload, progress, preview, corrections, take, and 批量交办."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organization.models import Department
from organization.states import Role
from tasks.models import Batch, Task
from tasks.operations import batches
from tests.factories import organization as make
from tests.tasks.imports import house

BAD = (2, "修路。", "通车", "县火星局", "", "李某", "2027-12-31", "")
HTMX = {"HTTP_HX_REQUEST": "true"}


def file(content, name="分解表.xlsx"):
    return SimpleUploadedFile(name, content)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer(county):
    return signed_in(county.supervisor)


@pytest.fixture
def directive(county):
    return house.directive(county)


@pytest.fixture
def batch(county, directive):
    return house.read(directive, county.supervisor, house.sheet(house.GOOD, BAD))


def text(response):
    return response.content.decode()


def test_the_way_in_offers_the_offices_own_directives(officer, directive, county):
    house.directive(house.office_of("青澜市", "city"), title="市里的事项")

    page = officer.get(f"/imports/new/?directive={directive.pk}")

    assert page.status_code == 200
    assert f'<option value="{directive.pk}" selected>' in text(page)
    assert "市里的事项" not in text(page)


@pytest.mark.parametrize("address", ["/imports/new/", "/directives/{}/upload/"])
def test_a_sheet_is_uploaded_and_its_preview_shown(officer, directive, address, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(
            address.format(directive.pk), {"directive": directive.pk, "file": file(house.sheet(house.GOOD, BAD))}
        )

    batch = Batch.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/imports/{batch.pk}/")
    page = text(officer.get(answer.url))
    assert "改造老旧小区6个。" in page
    assert "县住房城乡建设局" in page
    assert "单位目录里没有“县火星局”" in page
    assert "D4（牵头单位）" in page
    assert "1 行可以导入，1 行有问题" in page
    assert "导入 1 行" in page


def test_while_the_job_reads_the_progress_is_shown_and_asked_again(officer, directive, county):
    batch = house.uploaded(directive, county.supervisor, house.sheet(house.GOOD))

    page = text(officer.get(f"/imports/{batch.pk}/"))
    assert f'hx-get="/imports/{batch.pk}/progress/"' in page
    fragment = officer.get(f"/imports/{batch.pk}/progress/", **HTMX)
    assert (fragment.status_code, "<html" in text(fragment)) == (200, False)
    house.run(batch)
    done = officer.get(f"/imports/{batch.pk}/progress/", **HTMX)
    assert (done.status_code, done["HX-Refresh"]) == (204, "true")


def test_the_good_lines_are_taken_from_the_preview(officer, batch, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(f"/imports/{batch.pk}/take/", {"version": batch.version})

    assert (answer.status_code, answer.url) == (302, f"/imports/{batch.pk}/")
    page = text(officer.get(answer.url))
    assert f'href="/tasks/{Task.objects.get().pk}/"' in page
    assert f'href="/directives/{batch.directive_id}/assign/"' in page
    assert "还有 1 行有问题" in page


def test_the_tabs_show_exactly_the_lines_they_count(officer, batch):
    kept = text(officer.get(f"/imports/{batch.pk}/?show=kept"))

    assert "修路。" in kept
    assert "改造老旧小区6个。" not in kept


def test_a_line_is_corrected_in_the_preview(officer, batch):
    row, unit = batch.rows.get(line=4), Department.objects.get(short="县交通运输局")
    form = text(
        officer.get(f"/imports/{batch.pk}/amend/?row={row.pk}", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="dialog-body")
    )
    assert "县火星局" in form
    assert "<html" not in form

    said = {"row": row.pk, "matter": "修路。", "standard": "通车", "lead": unit.pk, "due_on": "2027-12-31"}
    answer = officer.post(f"/imports/{batch.pk}/amend/", said | {"version": batch.version})

    assert (answer.status_code, answer.url) == (302, f"/imports/{batch.pk}/")
    assert batch.rows.get(line=4).good


def test_what_is_refused_keeps_what_was_typed(officer, batch):
    row = batch.rows.get(line=4)

    answer = officer.post(
        f"/imports/{batch.pk}/amend/", {"row": row.pk, "matter": "机密★修路", "version": batch.version}
    )

    assert answer.status_code == 422
    assert "保密工作机构" in text(answer)
    answer = officer.post(f"/imports/{batch.pk}/amend/", {"row": row.pk, "matter": "", "version": batch.version})
    assert (answer.status_code, "请填写工作事项" in text(answer)) == (400, True)


def test_a_unit_that_is_offered_is_chosen_by_its_link(officer, directive, county):
    make.department("县财政一局", Department.objects.get(short="云涧县政府"))
    batch = house.read(directive, county.supervisor, house.sheet((1, "修路。", "", "县财政二局", "", "", "年底前", "")))
    row, unit = batch.rows.get(), Department.objects.get(short="县财政局")

    form = text(officer.get(f"/imports/{batch.pk}/amend/?row={row.pk}&lead={unit.pk}"))

    assert f'<option value="{unit.pk}" selected>' in form


@pytest.mark.parametrize("query", ["", "row=", "row=x", "row=999999999999999999999", "row=٣"])
def test_a_line_that_there_is_not_is_not_found(officer, batch, query):
    assert officer.get(f"/imports/{batch.pk}/amend/?{query}").status_code == 404
    assert officer.post(f"/imports/{batch.pk}/amend/", {"matter": "x"}).status_code == 404


def test_kept_lines_template_and_sheet_are_downloads(officer, batch):
    for address in (f"/imports/{batch.pk}/kept/", f"/imports/{batch.pk}/file/", "/imports/template/"):
        answer = officer.get(address)
        assert (answer.status_code, "attachment" in answer["Content-Disposition"]) == (200, True), address
        b"".join(answer.streaming_content)


def test_a_sheet_that_could_not_be_read_says_why_and_what_next(officer, directive, county):
    batch = house.run(house.uploaded(directive, county.supervisor, house.sheet()))

    page = text(officer.get(f"/imports/{batch.pk}/"))

    assert "表头下面没有任务" in page
    assert "改好后重新上传" in page


def test_others_see_no_import_and_hand_nothing_in(batch, directive, county):
    handler = make.person(Role.HANDLER, Department.objects.get(short="县财政局"))
    other = house.office_of("青澜市", "city").supervisor

    for person in (handler, other, county.leader):
        client = signed_in(person)
        for part in ("", "progress/", "kept/", "file/", "take/", "drop/", f"amend/?row={batch.rows.first().pk}"):
            assert client.get(f"/imports/{batch.pk}/{part}").status_code == 404, part
        assert client.post(f"/imports/{batch.pk}/take/").status_code == 404
    for person in (handler, county.leader):
        client = signed_in(person)
        assert client.get("/imports/new/").status_code == 403
        assert client.post("/imports/new/", {"directive": directive.pk}).status_code == 403
    assert signed_in(handler).get(f"/directives/{directive.pk}/upload/").status_code == 404
    assert signed_in(county.leader).get(f"/directives/{directive.pk}/upload/").status_code == 403
    assert Client().get(f"/imports/{batch.pk}/").status_code == 302


@pytest.mark.parametrize("count", [1, 50])
def test_pages_cost_the_same_however_long(officer, directive, county, count, django_assert_max_num_queries):
    lines = [(n, f"完成第{n}批改造。", *house.GOOD[2:]) for n in range(count)]
    batch = house.read(directive, county.supervisor, house.sheet(*lines))
    officer.get("/imports/")

    with django_assert_max_num_queries(3):
        assert officer.get("/imports/").status_code == 200
    with django_assert_max_num_queries(5):
        assert officer.get(f"/imports/{batch.pk}/").status_code == 200
    with django_assert_max_num_queries(2):
        officer.get(f"/imports/{batch.pk}/progress/")
    house.run(batches.take(batch, by=county.supervisor))
    officer.get(f"/directives/{directive.pk}/assign/")  # the calendar is read once a minute
    with django_assert_max_num_queries(5):
        assert officer.get(f"/directives/{directive.pk}/assign/").status_code == 200


def test_the_drafts_are_assigned_in_one_go(officer, directive, county):
    lines = [(n, f"完成第{n}批改造。", *house.GOOD[2:]) for n in range(3)]
    house.taken(directive, county.supervisor, house.sheet(*lines, (9, "缺标准。", "", *house.GOOD[3:])))
    keys = list(Task.objects.order_by("pk").values_list("pk", flat=True))

    page = text(officer.get(f"/directives/{directive.pk}/assign/"))
    assert "3 项可以交办，1 项还缺要件" in page
    assert f'name="tasks" value="{keys[3]}"' not in page

    answer = officer.post(f"/directives/{directive.pk}/assign/", {"tasks": keys[:2]})

    assert "已交办 2 项" in text(answer)
    assert list(Task.objects.order_by("pk").values_list("state", flat=True)) == [
        "assigned",
        "assigned",
        "draft",
        "draft",
    ]


def test_assigning_none_asks_for_one(officer, directive):
    answer = officer.post(f"/directives/{directive.pk}/assign/")

    assert (answer.status_code, "请至少勾选一项" in text(answer)) == (400, True)


def test_nobody_else_assigns_many(directive, county):
    stranger = make.person(Role.HANDLER, Department.objects.get(short="县财政局"))

    assert signed_in(county.leader).get(f"/directives/{directive.pk}/assign/").status_code == 403
    assert signed_in(stranger).get(f"/directives/{directive.pk}/assign/").status_code == 404


def test_the_preview_shows_which_lines_get_the_sources_limit(officer, county, django_capture_on_commit_callbacks):
    of = house.directive(county, source="minutes")
    sheet = file(house.sheet((1, "修路。", "通车", "县住建局", "", "李某", "", "")))

    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post("/imports/new/", {"directive": of.pk, "file": sheet, "default_limit": "on"})

    page = text(officer.get(answer.url))
    assert "20 个日历日（会议议定事项二十日）" in page
    assert "没有写时限，按来源默认" in page
    row = Batch.objects.get().rows.get()
    form = text(officer.get(f"/imports/{row.batch_id}/amend/?row={row.pk}"))
    assert 'name="default_limit"' in form
    assert form.partition('name="default_limit"')[2].partition(">")[0].endswith("checked")

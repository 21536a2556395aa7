"""The room's pages: who finds them, what they cost, and that they do what the operations do."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from organization import urls
from organization.models import CalendarDay, CalendarYear, Client, Delegation, Department, Post, User
from organization.states import Role
from tests.factories import organization as make
from workflow.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BACKEND = "django.contrib.auth.backends.ModelBackend"
DIALOG = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "dialog-body"}

# Who finds a page by GET; everybody else gets 404, a visitor the login. None: everybody signed in.
SYSTEM, SECURITY, BOTH = {"system_admin"}, {"security_admin"}, {"system_admin", "security_admin"}
FOUND_BY = {
    "department-list": None,
    "department-detail": None,
    "department-history": None,
    "unit-list": SYSTEM,
    "department-create": SYSTEM,
    "department-amend": SYSTEM,
    "department-rename": SYSTEM,
    "department-move": SYSTEM,
    "department-merge": SYSTEM,
    "department-dissolve": SYSTEM,
    "person-list": None,
    "person-detail": None,
    "person-create": SYSTEM,
    "person-appoint": SECURITY,
    "person-rename": SYSTEM,
    "person-reset_password": SYSTEM,
    "person-deactivate": SYSTEM,
    "person-restore": SYSTEM,
    "post-list": SECURITY,
    "post-set_portfolio": SECURITY,
    "post-end": SECURITY,
    "post-delegate": None,
    "delegation-list": None,
    "delegation-revoke": SECURITY,
    "client-list": SECURITY,
    "client-register": SECURITY,
    "client-rotate": SECURITY,
    "client-revoke": SECURITY,
    "calendar": None,
    "calendar-set_day": SYSTEM,
    "calendar-clear_day": SYSTEM,
    "calendar-import": SYSTEM,
    "calendar_year-publish": SYSTEM,
}
ELSEWHERE = {"login", "logout", "password_change", "post-switch"}  # test_session_pages.py


def sign_in(client, user):
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def city():
    return make.government("青澜市人民政府")


@pytest.fixture
def things(handler):
    """One thing for each address that names one."""
    loan = make.delegation()
    return {
        "department": handler.department,
        "person": handler,
        "post": handler.posts.get(),
        "delegation": loan,
        "client": make.client(),
        "calendar_year": CalendarYear.objects.get(year=2027),
    }


def address(name, things):
    from django.urls import reverse

    noun = name.rpartition("-")[0]
    needs_key = "<int:pk>" in next(str(one.pattern) for one in urls.urlpatterns if one.name == name)
    return reverse(name, args=[things[noun].pk] if needs_key else [])


def test_every_page_is_listed_here():
    assert {one.name for one in urls.urlpatterns} == FOUND_BY.keys() | ELSEWHERE


@pytest.mark.parametrize("name", FOUND_BY)
def test_a_visitor_is_led_to_the_login(client, things, name):
    answer = client.get(address(name, things))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=")


@pytest.mark.parametrize("name", FOUND_BY)
def test_administrators_pages_do_not_exist_for_anybody_else(client, things, name):
    for role in Role:
        sign_in(client, make.person(role))

        status = client.get(address(name, things)).status_code
        posted = client.post(address(name, things)).status_code

        finds = FOUND_BY[name] is None or role in FOUND_BY[name]
        assert (status == 404) is not finds, (role, status)
        assert (posted == 404) is not finds, (role, posted)
        assert status < 500
        assert posted < 500


def test_an_administrators_page_is_not_lent(client, admin, handler):
    loan = make.delegation(admin.post, handler)
    sign_in(client, handler)
    session = client.session
    session["acting_delegation"] = loan.pk
    session.save()
    assert client.get("/departments/").wsgi_request.user.behalf == admin

    assert client.get("/system/units/").status_code == 404


# ------------------------------------------------------------------------------------------------ what lists cost

LISTS = {
    "/departments/": ("handler", lambda: make.department(parent=make.government()), 2),
    "/system/units/": ("system_admin", lambda: make.department(parent=make.government()), 2),
    "/people/": ("handler", lambda: make.person(), 3),
    "/system/posts/": ("security_admin", lambda: make.person(), 2),
    "/delegations/": ("security_admin", lambda: make.delegation(), 2),
    "/system/clients/": ("security_admin", lambda: make.client(), 2),
}


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_list_costs_the_same_for_one_row_and_for_fifty(client, django_assert_num_queries, url, rows):
    role, add, queries = LISTS[url]
    for _row in range(rows):
        add()
    sign_in(client, make.person(role))

    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


def test_a_units_page_costs_four_queries(client, city, django_assert_num_queries):
    unit = make.department("市财政局", city)
    for n in range(3):
        make.person(department_=unit)
        make.department(f"科{n}", unit)
    sign_in(client, make.person())

    with django_assert_num_queries(4):
        page = client.get(f"/departments/{unit.pk}/").content.decode()

    assert page.count("科0") == 1
    assert "青澜市人民政府" in page


def test_a_persons_page_costs_five_queries_at_most(client, handler, django_assert_max_num_queries):
    make.delegation(handler.posts.get())
    sign_in(client, handler)

    with django_assert_max_num_queries(5):
        assert client.get(f"/people/{handler.pk}/").status_code == 200


def test_a_year_costs_three_queries(client, handler, django_assert_num_queries):
    sign_in(client, handler)

    with django_assert_num_queries(3):
        page = client.get("/system/calendar/?year=2026").content.decode()

    assert "248" in page
    assert "国庆节" in page
    assert "已公布" in page


# ------------------------------------------------------------------------------------------------ 单位


def test_units_are_found_by_present_and_former_names_and_ended_ones_on_wish(client, admin, handler, city):
    from organization.operations import departments

    bureau = make.department("市粮食局", city)
    departments.rename(bureau, by=admin, name="市粮储局")
    ended = make.department("市旧粮局", city)
    departments.dissolve(ended, by=admin)
    sign_in(client, handler)

    def names(query):
        return re.findall(
            r'<a href="/departments/\d+/">([^<]+)</a>', client.get(f"/departments/?{query}").content.decode()
        )

    assert names("q=粮食局") == ["市粮储局"]
    assert names("q=粮") == ["市粮储局"]
    assert names("q=粮&ended=1") == ["市粮储局", "市旧粮局"]
    assert names("level=province") == []


@pytest.mark.parametrize(
    "query",
    ["level=moon", "parent=x", "parent=99999999999999999999999", "within=1e99", "q=%00", "cursor=x", "page_size=0"],
)
def test_a_filter_that_means_nothing_is_no_error_of_the_house(client, handler, query):
    sign_in(client, handler)

    assert client.get(f"/departments/?{query}").status_code in {200, 400}


def test_the_system_administrator_creates_a_unit_in_the_dialog(client, admin, city):
    sign_in(client, admin)
    shown = client.get("/departments/create/", **DIALOG).content.decode()
    assert "<html" not in shown

    answer = client.post(
        "/departments/create/",
        {
            "name": "市数据局",
            "parent": city.pk,
            "level": "city",
            "side": "government",
            "kind": "department",
            "position": 3,
            "aliases": "大数据局、数据局",
            "duties": "数据共享，公共数据\n数据共享",
        },
        **DIALOG,
    )

    made = Department.objects.get(name="市数据局")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/departments/{made.pk}/")
    assert (made.parent, made.aliases, made.position) == (city, ["大数据局", "数据局"], 3)
    assert made.duties == ["数据共享", "公共数据"]
    assert "数据共享、公共数据" in client.get(f"/departments/{made.pk}/").content.decode()


def test_a_refusal_keeps_what_was_typed_and_says_why(client, admin, city):
    make.department("市财政局", city)
    bureau = make.department("市金融局", city)
    sign_in(client, admin)

    answer = client.post(f"/departments/{bureau.pk}/rename/", {"name": "市财政局", "short": "财政", "version": 1})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "同一上级之下已有“市财政局”" in page
    assert 'value="财政"' in page
    bureau.refresh_from_db()
    assert bureau.name == "市金融局"


def test_an_older_version_of_a_unit_is_not_overwritten(client, admin, city):
    bureau = make.department("市金融局", city)
    Department.objects.filter(pk=bureau.pk).update(version=5)
    sign_in(client, admin)

    answer = client.post(f"/departments/{bureau.pk}/rename/", {"name": "新名", "version": 4})

    assert answer.status_code == 412
    assert not Event.objects.filter(kind="department.rename").exists()


def test_a_unit_is_merged_by_its_page(client, admin, city):
    old, other, new = (make.department(name, city) for name in ("甲局", "乙局", "丙局"))
    sign_in(client, admin)

    answer = client.post(f"/departments/{old.pk}/merge/", {"into": new.pk, "others": [other.pk], "version": 1})

    assert answer["Location"] == f"/departments/{old.pk}/"
    assert set(new.predecessors.all()) == {old, other}
    assert "职责由以下单位承继" in client.get(f"/departments/{old.pk}/").content.decode()
    assert "甲局" in client.get(f"/departments/{new.pk}/history/").content.decode()


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("amend", {"level": "city", "side": "party", "kind": "party", "position": 1}),
        ("move", {"parent": ""}),
        ("dissolve", {}),
    ],
)
def test_the_other_verbs_of_a_unit_work_by_page(client, admin, city, verb, data):
    bureau = make.department("甲局", city)
    sign_in(client, admin)
    assert client.get(f"/departments/{bureau.pk}/{verb}/").status_code == 200

    answer = client.post(f"/departments/{bureau.pk}/{verb}/", data | {"version": 1})

    assert answer.status_code == 302
    assert Event.objects.filter(kind=f"department.{verb}").exists()


# ------------------------------------------------------------------------------------------------ 人员与岗位


def test_an_account_is_made_appointed_and_used(client, admin, guard, city):
    sign_in(client, admin)
    shown = client.post("/people/create/", {"username": "zhangsan", "name": "张三", "employee_no": ""})
    password = re.search(r"<code data-secret>(.*?)</code>", shown.content.decode())[1]
    made = User.objects.get(username="zhangsan")
    assert shown["Cache-Control"] == "no-store"
    assert made.check_password(password)

    sign_in(client, guard)
    answer = client.post(
        f"/people/{made.pk}/appoint/",
        {"department": city.pk, "role": "leader", "title": "副市长", "rank": 2, "portfolio": [city.pk]},
    )
    assert answer["Location"] == f"/people/{made.pk}/"

    client.post("/logout/")
    assert client.post("/login/", {"username": "zhangsan", "password": password})["Location"] == "/"
    post = made.posts.get()
    assert (post.role, post.title, post.rank, list(post.portfolio.all())) == ("leader", "副市长", 2, [city])


def test_a_secret_in_the_dialog_is_a_fragment(client, admin, handler):
    sign_in(client, admin)

    shown = client.post(f"/people/{handler.pk}/reset_password/", {"version": 1}, **DIALOG)

    assert shown.status_code == 200
    assert "<html" not in shown.content.decode()
    assert "data-secret" in shown.content.decode()


@pytest.mark.parametrize(
    ("verb", "data", "event"),
    [("rename", {"name": "新名"}, "user.rename"), ("deactivate", {"reason": "调离"}, "user.deactivate")],
)
def test_the_other_verbs_of_an_account_work_by_page(client, admin, handler, verb, data, event):
    sign_in(client, admin)

    assert client.post(f"/people/{handler.pk}/{verb}/", data | {"version": 1}).status_code == 302

    assert Event.objects.filter(kind=event).exists()


def test_a_restored_account_shows_its_password_once(client, admin, handler):
    sign_in(client, admin)
    client.post(f"/people/{handler.pk}/deactivate/", {"reason": ""})

    assert "data-secret" in client.post(f"/people/{handler.pk}/restore/").content.decode()


def test_posts_end_and_portfolios_change_by_page(client, guard, city):
    post = make.post(department_=city, role="leader")
    sign_in(client, guard)

    assert client.post(f"/posts/{post.pk}/set_portfolio/", {"portfolio": [city.pk], "version": 1}).status_code == 302
    assert client.post(f"/posts/{post.pk}/end/", {}).status_code == 302

    post.refresh_from_db()
    assert (list(post.portfolio.all()), post.ended_on) == ([city], timezone.localdate())


def test_roles_that_must_stay_apart_are_refused_on_the_page_too(client, guard, handler, city):
    sign_in(client, guard)

    answer = client.post(f"/people/{handler.pk}/appoint/", {"department": city.pk, "role": "auditor", "rank": 5})

    assert answer.status_code == 422
    assert "三类管理员与业务角色须分设" in answer.content.decode()


def test_former_posts_and_account_facts_are_for_administrators(client, admin, handler):
    make.post(handler, role="unit_head", ended_on=timezone.localdate(), title="原科长")

    sign_in(client, make.person())
    stranger = client.get(f"/people/{handler.pk}/").content.decode()
    sign_in(client, admin)
    keeper = client.get(f"/people/{handler.pk}/").content.decode()

    assert "原科长" not in stranger
    assert handler.username not in stranger
    assert "原科长" in keeper
    assert handler.username in keeper


def test_a_leader_lends_the_own_post_by_page_and_takes_it_back(client, handler):
    leader = make.person("leader")
    sign_in(client, leader)
    now = timezone.localtime()
    assert f"/posts/{leader.post.pk}/delegate/" in client.get("/delegations/").content.decode()

    answer = client.post(
        f"/posts/{leader.post.pk}/delegate/",
        {
            "delegate": handler.pk,
            "starts_at": f"{now:%Y-%m-%dT%H:%M}",
            "ends_at": f"{now + timedelta(days=3):%Y-%m-%dT%H:%M}",
            "reason": "出差",
        },
    )
    assert answer.status_code == 302
    loan = Delegation.objects.get()
    assert (loan.delegate, loan.state) == (handler, "effective")

    assert client.post(f"/delegations/{loan.pk}/revoke/", {"version": 1}).status_code == 302
    loan.refresh_from_db()
    assert loan.state == "revoked"


def test_another_persons_post_is_not_lent_and_another_loan_not_found(client, handler):
    loan = make.delegation()
    sign_in(client, handler)

    assert client.get(f"/posts/{make.post(role='leader').pk}/delegate/").status_code == 403
    assert client.get(f"/delegations/{loan.pk}/revoke/").status_code == 404


# ------------------------------------------------------------------------------------------------ 系统接入, 日历


def test_a_system_is_registered_rotated_and_revoked_by_page(client, guard, city):
    sign_in(client, guard)
    form = {
        "name": "省平台",
        "department": city.pk,
        "role": "handler",
        "scopes": "tasks:read、reports:write",
        "days": 30,
    }

    shown = client.post("/system/clients/register/", form).content.decode()
    first = Client.objects.get()
    assert first.prefix in re.search(r"<code data-secret>(.*?)</code>", shown)[1]

    assert "data-secret" in client.post(f"/clients/{first.pk}/rotate/", {"days": 60, "version": 1}).content.decode()
    second = Client.objects.exclude(pk=first.pk).get()
    assert client.post(f"/clients/{second.pk}/revoke/", {"version": 1}).status_code == 302

    states = {one.state for one in Client.objects.all()}
    assert states == {"revoked"}
    assert second.hashed_key not in client.get("/system/clients/").content.decode()


def test_a_wrong_scope_is_told_beside_the_field(client, guard, city):
    sign_in(client, guard)

    answer = client.post(
        "/system/clients/register/",
        {"name": "x", "department": city.pk, "role": "handler", "scopes": "tasks", "days": 3},
    )

    assert answer.status_code == 400
    assert "tasks:read" in answer.content.decode()


def test_days_are_set_cleared_imported_and_the_year_published_by_page(client, admin):
    sign_in(client, admin)
    assert 'value="2026-08-12"' in client.get("/system/calendar/set_day/?day=2026-08-12").content.decode()

    answer = client.post("/system/calendar/set_day/", {"day": "2026-08-12", "is_workday": "False", "name": "台风停工"})
    assert answer["Location"] == "/system/calendar/?year=2026&region="
    assert "台风停工" in client.get("/system/calendar/?year=2026").content.decode()

    client.post("/system/calendar/clear_day/", {"day": "2026-08-12"})
    assert not CalendarDay.objects.filter(day="2026-08-12").exists()

    days = [
        {"date": "2027-02-08", "isOffDay": True, "name": "春节"},
        {"date": "2027-02-14", "isOffDay": False, "name": "春节"},
    ]
    file = SimpleUploadedFile("2027.json", json.dumps(days).encode())
    answer = client.post("/system/calendar/import/", {"days": file, "source": "国办发明电〔2026〕7号"})
    assert answer["Location"] == "/system/calendar/?year=2027&region="
    assert CalendarYear.objects.get(year=2027).status == "published"


def test_a_year_is_published_by_page(client, admin):
    year = CalendarYear.objects.get(year=2027)
    CalendarDay.objects.create(day="2027-02-14", is_workday=True)
    sign_in(client, admin)

    assert client.post(f"/calendar/{year.pk}/publish/", {"source": "通知", "version": 1}).status_code == 302

    year.refresh_from_db()
    assert year.status == "published"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"nonsense", b"[1]", b"{}", b"[" * 5000, b"x" * (1024 * 1024 + 1)]
)
def test_an_unreadable_notice_is_refused_on_the_page(client, admin, content):
    sign_in(client, admin)

    answer = client.post("/system/calendar/import/", {"days": SimpleUploadedFile("x.json", content), "source": "通知"})

    assert answer.status_code in {400, 422}
    assert not Event.objects.filter(kind="calendar.import_days").exists()


@pytest.mark.parametrize("query", ["year=x", "year=1", "year=99999", "region=x", "year=２０２６"])
def test_a_year_that_is_none_is_refused_plainly(client, handler, query):
    sign_in(client, handler)

    assert client.get(f"/system/calendar/?{query}").status_code == 400


def test_the_missing_notice_of_next_year_is_warned_of_from_mid_november(client, admin):
    import time_machine

    for moment, warned in (("2026-11-14 12:00+08:00", False), ("2026-11-15 12:00+08:00", True)):
        with time_machine.travel(moment, tick=False):
            sign_in(client, admin)
            assert ("明年的放假安排尚未录入" in client.get("/system/calendar/").content.decode()) is warned


def test_a_regions_year_shows_its_own_days(client, handler):
    CalendarDay.objects.create(region="6229", day="2026-05-27", is_workday=False, name="古尔邦节")
    sign_in(client, handler)

    assert "古尔邦节" in client.get("/system/calendar/?year=2026&region=622900").content.decode()
    assert "古尔邦节" not in client.get("/system/calendar/?year=2026").content.decode()


def test_post_list_shows_ended_posts_on_wish(client, guard):
    make.post(make.user("旧任某"), ended_on=timezone.localdate())
    sign_in(client, guard)

    assert "旧任某" not in client.get("/system/posts/").content.decode()
    assert "旧任某" in client.get("/system/posts/?ended=1").content.decode()
    assert Post.objects.count() == 2

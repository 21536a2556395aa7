"""The directory and the caller's identity at the REST door."""

import pytest
from django.urls import include, path
from django.utils import timezone
from rest_framework.routers import SimpleRouter

from organization.api import ROUTES, Me
from organization.models import User
from tests.factories import organization as make

router = SimpleRouter()
for prefix, viewset in ROUTES:
    router.register(prefix, viewset, basename=prefix)
urlpatterns = [path("api/v1/", include(router.urls)), path("api/v1/me/", Me.as_view(), name="me")]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def city():
    return make.government("青澜市人民政府", short="市政府", district_code="622900")


@pytest.fixture
def bureau(city):
    return make.department("青澜市财政局", city, short="市财政局", aliases=["财政"])


@pytest.fixture
def browser(client, bureau):
    person = make.person("handler", bureau, name="王五", title="科员")
    client.force_login(person, backend=BACKEND)
    return client


def test_a_unit_shows_what_offices_need_to_know(browser, city, bureau):
    answer = browser.get(f"/api/v1/departments/{bureau.pk}/")

    assert answer.json() == {
        "id": bureau.pk,
        "name": "青澜市财政局",
        "short": "市财政局",
        "aliases": ["财政"],
        "duties": [],
        "level": "city",
        "side": "government",
        "kind": "department",
        "is_office": False,
        "parent": {"id": city.pk, "name": "青澜市人民政府", "short": "市政府"},
        "path": bureau.path,
        "position": 0,
        "district_code": None,
        "uscc": None,
        "valid_from": "2020-01-01",
        "valid_to": None,
        "successor": None,
        "state": "current",
        "version": 1,
    }
    assert answer["ETag"] == '"1"'


def test_a_person_shows_name_and_posts_and_nothing_private(browser, bureau):
    person = User.objects.get(name="王五")
    post = person.posts.get()

    assert browser.get(f"/api/v1/people/{person.pk}/").json() == {
        "id": person.pk,
        "name": "王五",
        "state": "active",
        "posts": [
            {
                "id": post.pk,
                "department": {"id": bureau.pk, "name": "青澜市财政局", "short": "市财政局"},
                "role": "handler",
                "title": "科员",
                "rank": 5,
                "started_on": "2020-01-01",
                "ended_on": None,
            }
        ],
        "version": 1,
    }


@pytest.mark.parametrize(("url", "add", "queries"), [("departments", make.department, 2), ("people", make.person, 3)])
@pytest.mark.parametrize("rows", [1, 50])
def test_a_list_costs_the_same_for_one_row_and_for_fifty(browser, django_assert_num_queries, url, add, queries, rows):
    for _row in range(rows):
        add()

    with django_assert_num_queries(queries):
        assert browser.get(f"/api/v1/{url}/").status_code == 200


def test_a_list_is_paged_by_key_in_the_order_of_the_tree(browser, city, bureau):
    section = make.department("预算科", bureau)

    first = browser.get("/api/v1/departments/?page_size=2").json()
    second = browser.get(f"/api/v1/departments/?page_size=2&cursor={first['next']}").json()

    assert [one["id"] for one in first["results"]] == [city.pk, bureau.pk]
    assert [one["id"] for one in second["results"]] == [section.pk]
    assert second["next"] is None


def test_a_list_is_narrowed_like_the_page(browser, city, bureau):
    section = make.department("预算科", bureau)
    make.department("市教育局", city)
    ended = make.department("旧局", city, valid_to=timezone.localdate())

    def found(query):
        return [one["id"] for one in browser.get(f"/api/v1/departments/?{query}").json()["results"]]

    assert found(f"within={bureau.pk}") == [bureau.pk, section.pk]
    assert found(f"parent={bureau.pk}") == [section.pk]
    assert found("q=预算") == [section.pk]
    assert found("kind=government") == [city.pk]
    assert ended.pk not in found("")
    assert ended.pk in found("ended=1")


@pytest.mark.parametrize("query", ["level=moon", "parent=x", "parent=99999999999999999999999", "within=1e99"])
def test_a_filter_that_means_nothing_is_refused_by_field(browser, query):
    answer = browser.get(f"/api/v1/departments/?{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "input.invalid")
    assert list(answer.json()["details"]) == [query.partition("=")[0]]


@pytest.mark.parametrize("url", ["departments/", "departments/1/", "people/", "people/1/", "me/"])
def test_nobody_gets_401(client, url):
    answer = client.get(f"/api/v1/{url}")

    assert (answer.status_code, answer.json()["code"]) == (401, "auth.required")


@pytest.mark.parametrize("url", ["departments/999999/", "people/999999/"])
def test_what_is_absent_gets_404(browser, url):
    answer = browser.get(f"/api/v1/{url}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_leaver_is_absent_from_the_directory(browser):
    leaver = make.user("李四", is_active=False)

    assert browser.get(f"/api/v1/people/{leaver.pk}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_directory_is_read_only(browser, bureau, method):
    assert getattr(browser, method)(f"/api/v1/departments/{bureau.pk}/").status_code == 405


# ------------------------------------------------------------------------------------------------ identity


def test_a_person_learns_who_one_is(browser, bureau, django_assert_num_queries):
    person = User.objects.get(name="王五")

    with django_assert_num_queries(1):
        told = browser.get("/api/v1/me/").json()

    assert (told["id"], told["username"], told["name"], told["kind"], told["role"]) == (
        person.pk,
        person.username,
        "王五",
        "person",
        "handler",
    )
    assert told["post"]["department"]["name"] == "青澜市财政局"
    assert (told["behalf"], told["scopes"], [one["id"] for one in told["posts"]]) == (None, None, [person.post.pk])


def test_a_delegate_learns_for_whom_one_acts(client, handler):
    leader = make.person("leader", name="副市长甲")
    loan = make.delegation(leader.post, handler)
    client.force_login(handler, backend=BACKEND)
    session = client.session
    session["acting_delegation"] = loan.pk
    session.save()

    told = client.get("/api/v1/me/").json()

    assert (told["role"], told["behalf"]) == ("leader", {"id": leader.pk, "name": "副市长甲"})
    assert {one["id"] for one in told["posts"]} == {leader.post.pk, handler.posts.get().pk}


def test_a_person_without_post_learns_that_too(client):
    client.force_login(make.user("新人"), backend=BACKEND)

    told = client.get("/api/v1/me/").json()

    assert (told["role"], told["post"], told["posts"]) == ("", None, [])


# ------------------------------------------------------------------------------------------------ keys


def ask(client, key, url):
    return client.get(f"/api/v1/{url}", HTTP_AUTHORIZATION=f"Api-Key {key.key}")


def test_a_key_reads_its_subtree_and_learns_its_scopes(client, city, bureau):
    section = make.department("预算科", bureau)
    inside = make.person("handler", section)
    make.person()
    key = make.client(bureau, scopes=("departments:read", "people:read"))

    units = ask(client, key, "departments/").json()["results"]
    people = ask(client, key, "people/").json()["results"]
    told = ask(client, key, "me/").json()

    assert [one["id"] for one in units] == [bureau.pk, section.pk]
    assert [one["id"] for one in people] == [inside.pk]
    assert ask(client, key, f"departments/{city.pk}/").status_code == 404
    assert (told["kind"], told["scopes"]) == ("client", ["departments:read", "people:read"])


def test_a_key_without_the_scope_is_told_which_one_it_lacks(client, bureau):
    key = make.client(bureau, scopes=("tasks:read",))

    answer = ask(client, key, "departments/")

    assert (answer.status_code, answer.json()["code"], answer.json()["details"]) == (
        403,
        "client.scope",
        {"scope": "departments:read"},
    )


def test_a_keys_list_costs_two_queries(client, bureau, django_assert_num_queries):
    key = make.client(bureau)

    with django_assert_num_queries(2):
        assert ask(client, key, "departments/").status_code == 200

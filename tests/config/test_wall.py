"""The outer wall: headers that every page carries."""

import pytest

DIRECTIVES = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'self'",
}


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/nothing/", "/nothing/"])
def test_every_answer_carries_the_strict_policy(client, db, path):
    answer = client.get(path)

    assert {part.strip() for part in answer["Content-Security-Policy"].split(";")} == DIRECTIVES
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


def test_the_readable_page_of_the_rest_door_is_behind_the_login(client, db):
    assert [client.get(f"/api/v1/{name}/").status_code for name in ("docs", "schema")] == [401, 401]


def test_the_house_has_no_admin_and_no_sources_in_reach(client, db):
    assert [client.get(path).status_code for path in ("/admin/", "/static/src/app.js", "/media/")] == [404, 404, 404]


def test_the_choice_of_language_is_kept_for_a_year_from_scripts_and_other_sites(client, db):
    cookie = client.post("/i18n/setlang/", {"language": "en"}).cookies["django_language"]

    assert (cookie["max-age"], cookie["samesite"], cookie["httponly"]) == (365 * 24 * 3600, "Lax", True)


def test_behind_https_no_cookie_goes_without_it(settings):
    kept = (settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE)

    assert kept == (settings.HTTPS,) * 3

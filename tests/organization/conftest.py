"""The cast of the room's tests."""

import pytest

from organization import successions, workdays
from tests.factories import organization as make


@pytest.fixture(autouse=True)
def _fresh_calendar():
    """Keep no calendar from one test to the next."""
    workdays.forget()
    yield
    workdays.forget()


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Argon2 is slow by intent, which proves nothing here; test_session_pages has one test with the real thing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture(autouse=True)
def _no_other_rooms():
    """Let no other room's duties speak in the tests of this one."""
    with successions.only():
        yield


@pytest.fixture
def admin(db):
    return make.person("system_admin", name="系统管理员甲")


@pytest.fixture
def guard(db):
    return make.person("security_admin", name="安全管理员甲")


@pytest.fixture
def handler(db):
    return make.person("handler", name="经办人甲")

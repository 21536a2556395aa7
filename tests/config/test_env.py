"""The environment: what is meant is read, what cannot be meant is refused in one sentence."""

import pytest

from config.env import BadEnvironment, envbool, envdatabase, envint, envlist, envsecret


@pytest.mark.parametrize(
    ("text", "meaning"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False)]
)
def test_a_switch_is_plainly_yes_or_no(monkeypatch, text, meaning):
    monkeypatch.setenv("HTTPS", text)

    assert envbool("HTTPS", default=not meaning) is meaning


def test_an_empty_variable_is_an_absent_one(monkeypatch):
    monkeypatch.setenv("HTTPS", " ")
    monkeypatch.setenv("TRUSTED_PROXIES", "")

    assert (envbool("HTTPS", default=True), envint("TRUSTED_PROXIES", 3), envsecret("NO_SUCH", "x")) == (True, 3, "x")


@pytest.mark.parametrize("text", ["ja", "2", "truee", "是"])
def test_a_switch_refuses_other_words(monkeypatch, text):
    monkeypatch.setenv("HTTPS", text)

    with pytest.raises(BadEnvironment) as refusal:
        envbool("HTTPS", default=True)

    assert text in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", ["ten", "1.5", "٣", "-1", "6", "0x2", "--1"])
def test_a_number_refuses_text_and_numbers_out_of_range(monkeypatch, text):
    monkeypatch.setenv("TRUSTED_PROXIES", text)

    with pytest.raises(BadEnvironment, match="TRUSTED_PROXIES"):
        envint("TRUSTED_PROXIES", 0, most=5)


def test_a_list_has_no_empty_parts(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " a.gov.cn, ,b.gov.cn,")

    assert envlist("ALLOWED_HOSTS") == ["a.gov.cn", "b.gov.cn"]


def test_a_secret_comes_from_its_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("geheim\n")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))

    assert envsecret("SECRET_KEY") == "geheim"


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_secret_refuses_an_absent_empty_or_unreadable_file(monkeypatch, tmp_path, content):
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(path))

    with pytest.raises(BadEnvironment, match="SECRET_KEY_FILE"):
        envsecret("SECRET_KEY")


def test_a_secret_refuses_two_sources(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "a")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(BadEnvironment, match="SECRET_KEY_FILE"):
        envsecret("SECRET_KEY")


def test_a_database_address_is_taken_apart(monkeypatch):
    monkeypatch.delenv("DATABASE_PASSWORD", raising=False)

    database = envdatabase("postgres://du%40ban:p%2Fw@db:5433/loop?sslmode=require", statement_ms=30000, lock_ms=5000)

    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "loop",
        "USER": "du@ban",
        "PASSWORD": "p/w",
        "HOST": "db",
        "PORT": "5433",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "sslmode": "require",
            "connect_timeout": 5,
            "options": "-c statement_timeout=30000 -c lock_timeout=5000",
        },
    }


@pytest.mark.parametrize(
    "url", ["mysql://db/x", "sqlite:///x", "postgres://db", "db:5432", "postgres://db:port/x", "postgres://[db/x"]
)
def test_a_database_address_refuses_what_is_not_postgresql(url):
    with pytest.raises(BadEnvironment, match="DATABASE_URL"):
        envdatabase(url, statement_ms=0, lock_ms=0)

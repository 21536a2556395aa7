"""Form fields are the operation's own keyword arguments, at both doors."""

import inspect

import pytest

from organization import verbs

pytestmark = pytest.mark.once

ALL = [(noun.name, verb) for noun in verbs.NOUNS for verb in noun.verbs] + [
    ("-", verb)
    for verb in (
        verbs.CREATE_DEPARTMENT,
        verbs.CREATE_PERSON,
        verbs.REGISTER_CLIENT,
        verbs.SET_DAY,
        verbs.CLEAR_DAY,
        verbs.IMPORT_DAYS,
    )
]


@pytest.mark.parametrize(("noun", "verb"), ALL, ids=[f"{noun}.{verb.name}" for noun, verb in ALL])
def test_a_form_asks_what_the_operation_takes(noun, verb):
    parameters = inspect.signature(verb.operation).parameters.values()
    named = {one.name for one in parameters if one.kind is one.KEYWORD_ONLY}

    assert set(verb.form.base_fields) == named - {"by"}
    assert "by" in named


@pytest.mark.parametrize("noun", verbs.NOUNS, ids=[noun.name for noun in verbs.NOUNS])
def test_every_verb_stands_in_the_table_of_steps(noun):
    assert {verb.name for verb in noun.verbs} <= set(noun.lifecycle.verbs)

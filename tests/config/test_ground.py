"""What tests stand on: built once, found by each as it was built; and which tests are run on both databases."""

import pytest

from organization.models import Department
from tests.factories import tasks as make
from tests.selection import is_of_the_database, is_transactional, touches_database


@pytest.mark.parametrize("_turn", [1, 2])
def test_what_one_test_does_to_the_house_the_next_one_does_not_find(cast, _turn):
    assert (cast.water.name, Department.objects.get(pk=cast.water.pk).name) == ("市水务局", "市水务局")

    cast.water.name = "改名的局"
    cast.water.save()
    cast.stranger.posts.all().delete()


def test_who_asks_for_nothing_finds_nothing(db):
    assert not Department.objects.exists()


def test_whoever_asks_for_the_zoo_finds_the_people_too(cast, zoo):
    assert zoo["active"].lead == cast.water


def test_a_test_without_the_database_runs_once(request):
    assert not touches_database(request.node)


def test_a_test_that_is_given_the_database_runs_on_both(request, cast):
    assert touches_database(request.node)
    assert not is_transactional(request.node)


@pytest.mark.django_db(transaction=True)
def test_a_marked_test_runs_on_both(request):
    assert touches_database(request.node)
    assert is_transactional(request.node)


@pytest.mark.once
def test_what_is_about_words_runs_once(request, cast):
    assert touches_database(request.node)
    assert not is_of_the_database(request.node)


@pytest.mark.floor("moments tasks", "deed tasks.drop")
@pytest.mark.parametrize("_turn", [1, 2])
def test_a_named_floor_stands_on_the_people(cast, ground, _turn):
    stage = ground.found("deed tasks.drop")

    assert (stage.who.water, make.fresh(stage.thing).matter) == (cast.water, stage.thing.matter)

    type(stage.thing).objects.filter(pk=stage.thing.pk).update(matter="改写")

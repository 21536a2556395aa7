"""The demonstration tells true stories: by operations, its record whole, every page with something to show."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from organization.models import Department, User
from seeds import stories
from tasks.models import Blocker, Directive, Extension, Task
from tasks.states import Light, TaskState
from workflow import audit
from workflow.models import Event

TRIAL = "supervisor leader unit_head handler helper inspector discipline auditor system_admin security_admin stranger"


@pytest.fixture
def told(db, settings):
    settings.TRIAL_PASSWORD = "Trial#2026-word"
    call_command("seed", today=date(2026, 11, 23), verbosity=0)


def test_the_demonstration_fills_an_empty_database_once(told):
    assert Department.objects.count() >= 150
    assert set(TRIAL.split()) <= set(User.objects.values_list("username", flat=True))
    assert len(stories.STORIES) >= 24
    with pytest.raises(CommandError):
        call_command("seed", verbosity=0)


def test_every_light_and_every_turn_has_something_to_show(told):
    lights = set(Task.objects.with_light().values_list("light", flat=True))

    assert lights == set(Light)
    assert set(Task.objects.values_list("state", flat=True)) == set(TaskState)
    assert Directive.objects.filter(state="pending").exists()
    assert Extension.objects.filter(state="checked").exists()
    assert Blocker.objects.filter(state="raised").exists()
    assert Task.objects.filter(parent__isnull=False).count() == 4


def test_the_record_of_the_demonstration_is_whole(told):
    assert list(audit.verify()) == []
    assert Event.objects.count() > 250


def test_the_stranger_sees_nothing_and_the_loop_can_be_walked_with_the_trial_accounts(told):
    person = User.objects.get
    assert not Task.objects.visible_to(person(username="stranger")).exists()
    lead = person(username="handler").department
    assert person(username="unit_head").department == lead
    assert Task.objects.visible_to(person(username="leader")).filter(lead=lead).exists()


def test_a_house_without_a_trial_password_is_not_filled(db, settings):
    settings.TRIAL_PASSWORD = ""

    with pytest.raises(CommandError):
        call_command("seed", verbosity=0)

    assert not User.objects.exists()

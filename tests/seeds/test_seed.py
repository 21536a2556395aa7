"""The demonstration tells true stories: by operations, its record whole, every page with something to show."""

import pytest
from django.core.management import CommandError, call_command

from organization.models import Department, User
from seeds import library
from supervision import models as room
from supervision.actors import inspecting as inspecting_actors
from supervision.states import answering, correcting, informing, inspecting
from tasks.models import Blocker, Directive, Extension, Task
from tasks.states import Light, TaskState
from tests.factories.floors import TRIAL_PASSWORD
from workflow import audit
from workflow.models import Event

TRIAL = (
    "supervisor leader chief unit_head handler helper inspector discipline auditor system_admin security_admin stranger"
)
SECRET = "农村公路管护暗访"
"""The covert visit that nobody has disclosed yet."""

# What every reader should be able to meet; what was given up before anybody saw it is no story.
MET = {
    room.Plan: {"approved"},
    room.Inspection: {*inspecting.InspectionState.values},
    room.Scheme: {"pending", "approved", "superseded"},
    room.Member: {"standing", "recused"},
    room.Finding: {*correcting.FindingState.values},
    room.Rectification: {*correcting.RectificationState.values},
    room.Conclusion: {*correcting.ConclusionState.values} - {"draft", "annulled", "discarded"},
    room.Review: {"asked", "decided"},
    room.Notice: {*informing.NoticeState.values} - {"withdrawn"},
    room.Bulletin: {"consulting", "issued"},
    room.Mention: {"asked", "accepted", "refused"},
    room.Receipt: {*informing.ReceiptState.values},
    room.Accountability: {"draft", "pending", "transferred", "answered"},
    room.Statement: {"asked", "stated"},
    room.Clue: {"draft", "transferred"},
    room.Commendation: {"pending", "published"},
    room.Case: {"pending", "published"},
}


@pytest.fixture
def demonstration(db, ground):
    """Tell that the demonstration is to be there before the test."""


@pytest.fixture
def told(demonstration, settings):
    settings.TRIAL_PASSWORD = TRIAL_PASSWORD


def test_the_demonstration_fills_an_empty_database_once(told):
    assert Department.objects.count() >= 150
    assert set(TRIAL.split()) <= set(User.objects.values_list("username", flat=True))
    assert len(library.STORIES) >= 50
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
    assert Event.objects.count() > 800


def test_what_was_done_to_one_matter_is_told_in_the_order_of_its_days(told):
    last = {}
    for stream, at, kind in Event.objects.order_by("pk").values_list("stream", "at", "kind"):
        assert at >= last.get(stream, at), (stream, kind)
        last[stream] = at


def test_the_stranger_sees_nothing_and_the_loop_can_be_walked_with_the_trial_accounts(told):
    assert not Task.objects.visible_to(person("stranger")).exists()
    lead = person("handler").department
    assert person("unit_head").department == lead
    assert Task.objects.visible_to(person("leader")).filter(lead=lead).exists()


@pytest.mark.parametrize("noun", MET, ids=lambda noun: noun.__name__.lower())
def test_every_state_of_supervision_that_a_reader_should_meet_is_told(told, noun):
    assert MET[noun] - set(noun.objects.values_list("state", flat=True)) == set()


def test_the_stranger_sees_of_supervision_only_what_was_published_to_all(told):
    seen = {noun for noun in MET if hasattr(noun.objects, "visible_to") and shown(noun, "stranger").exists()}

    assert seen == {room.Commendation, room.Case}
    assert set(shown(room.Commendation, "stranger").values_list("state", flat=True)) == {"published"}
    assert set(shown(room.Case, "stranger").values_list("state", flat=True)) == {"published"}


def test_the_covert_visit_is_known_to_nobody_but_who_ordered_approves_and_makes_it(told):
    knowing = {user.username for user in User.objects.filter(is_active=True)
               if room.Inspection.objects.visible_to(user).filter(title=SECRET).exists()}  # fmt: skip

    assert knowing == {"supervisor", "leader", "chief", "inspector_two"}


def test_each_trial_account_has_something_to_do_today(told):
    chief, leader, head = person("chief"), person("leader"), person("unit_head").department
    running = room.Inspection.objects.get(state="running", covert=False)

    assert inspecting_actors.head(person("inspector"), running)
    assert running.links.exclude(task__in=running.worksheets.values("task")).count() == 1
    assert room.Notice.objects.visible_to(leader).filter(state="pending", kind="order").exists()
    assert room.Inspection.objects.visible_to(leader).filter(state="pending", plan_item__isnull=False).exists()
    assert room.Accountability.objects.visible_to(chief).filter(state="pending").exists()
    assert room.Finding.objects.filter(department=head, state="issued").exists()
    assert room.Mention.objects.filter(department=head, state="asked").exists()
    assert room.Statement.objects.visible_to(person("unit_head")).filter(state="asked").exists()
    assert room.Conclusion.objects.filter(department=head, state="issued").exists()
    assert shown(room.Accountability, "discipline").filter(state="transferred").exists()
    assert shown(room.Clue, "discipline").filter(state="transferred").exists()


def test_notices_are_told_in_each_kind_and_colour_and_the_talk_has_its_record(told):
    told_of = set(room.Notice.objects.exclude(state="draft").values_list("kind", "colour"))

    assert told_of == {("chase", ""), ("talk", ""), ("order", "blue"), ("order", "orange"), ("order", "red")}
    assert room.Notice.objects.get(kind="talk").commitments


def test_a_false_claim_was_exposed_and_its_correction_ordered(told):
    assert room.Correction.objects.get().claim.result == "false"


def test_the_negative_case_hides_its_unit_from_its_readers(told):
    case = room.Case.objects.get(kind=answering.CaseKind.NEGATIVE)

    assert case.anonymised
    assert "市住建局" not in case.told_title + case.told_story


def person(username):
    return User.objects.get(username=username)


def shown(noun, username):
    return noun.objects.visible_to(person(username))


def test_a_house_without_a_trial_password_is_not_filled(db, settings):
    settings.TRIAL_PASSWORD = ""

    with pytest.raises(CommandError):
        call_command("seed", verbosity=0)

    assert not User.objects.exists()

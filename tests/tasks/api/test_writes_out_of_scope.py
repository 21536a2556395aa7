"""A key of something that the caller may not choose is refused by field, and nothing changes (G16 item 6)."""

from datetime import timedelta

import pytest
from django import forms
from django.utils import timezone

from tasks import verbs
from tasks.operations import directives, reports
from tests.factories import breakdowns as papers
from tests.factories import organization as org
from tests.factories import tasks as make
from tests.factories.deeds import DEEDS, batch, sheet_file
from tests.tasks.api.caller import Caller
from workflow.models import Event

pytestmark = pytest.mark.once

NOUNS = {noun.plural: noun for noun in verbs.NOUNS}
NOWHERE = 987_654_321


def ended_unit(who, thing):
    return org.department("原农机局", who.government, valid_to=timezone.localdate() - timedelta(days=1)).pk


def unit_beside(who, thing):
    return who.finance.pk


def the_unit_itself(who, thing):
    return who.water.pk


def foreign_leader(who, thing):
    return org.post(None, org.government("邻市人民政府"), "leader").pk


def own_handler(who, thing):
    return who.handler.posts.get().pk


def milestone_of_another_task(who, thing):
    return make.active(who, milestones=[{"title": "别处"}]).milestones.get().pk


def report_of_another_task(who, thing):
    return reports.file(make.active(who), by=who.handler, done="别处").pk


def report_of_another_unit(who, thing):
    return reports.file(thing, by=who.helper, done="配合").pk


def row_of_another_import(who, thing):
    return batch(who).rows.first().pk


def clause_of_another_paper(who, thing):
    return papers.clause(who).pk


def draft_of_another_paper(who, thing):
    return papers.draft(who).pk


def ended_task(who, thing):
    return make.closed(who).pk


def nowhere(who, thing):
    return NOWHERE


UNITS = (ended_unit, nowhere)
FOREIGN = {
    ("DirectiveForm", "instructed_by"): (foreign_leader, own_handler, nowhere),
    ("TaskForm", "lead"): UNITS,
    ("TaskForm", "joint"): UNITS,
    ("TaskForm", "co_units"): UNITS,
    ("ReassignForm", "lead"): UNITS,
    ("AddUnitsForm", "units"): UNITS,
    ("SplitForm", "lead"): (unit_beside, the_unit_itself, *UNITS),
    ("SplitForm", "co_units"): (unit_beside, the_unit_itself, *UNITS),
    ("MilestonesForm", "reached"): (milestone_of_another_task, nowhere),
    ("EvidenceForm", "report"): (report_of_another_task, report_of_another_unit, nowhere),
    ("BlockerForm", "waiting_on"): UNITS,
    ("AmendForm", "row"): (row_of_another_import, nowhere),
    ("AmendForm", "lead"): UNITS,
    ("AmendForm", "joint"): UNITS,
    ("AmendForm", "co_units"): UNITS,
    ("DraftForm", "lead"): UNITS,
    ("DraftForm", "joint"): UNITS,
    ("DraftForm", "co_units"): UNITS,
    ("ChooseForm", "unit"): UNITS,
    ("MergeForm", "others"): (draft_of_another_paper, nowhere),
    ("DisposeForm", "ongoing"): (ended_task, nowhere),
    ("DisposeManyForm", "ongoing"): (ended_task, nowhere),
    ("DisposeManyForm", "clauses"): (clause_of_another_paper, nowhere),
    ("ChosenForm", "drafts"): (draft_of_another_paper, nowhere),
    ("FillForm", "drafts"): (draft_of_another_paper, nowhere),
    ("AddForm", "clause"): (clause_of_another_paper, nowhere),
}
ALL = {deed.name: deed for deed in (*DEEDS, *papers.DEEDS)}
CASES = [
    (deed.name, field, maker)
    for deed in ALL.values()
    for field in NOUNS[deed.noun].verb(deed.verb).form.base_fields
    for maker in FOREIGN.get((NOUNS[deed.noun].verb(deed.verb).form.__name__, field), ())
]


def test_every_relation_that_can_be_written_is_tried():
    written = {
        (verb.form.__name__, name)
        for noun in verbs.NOUNS
        for verb in noun.verbs
        for name, field in verb.form.base_fields.items()
        if isinstance(field, forms.ModelChoiceField)
    }

    assert written == set(FOREIGN)


@pytest.mark.parametrize(("name", "field", "maker"), CASES, ids=lambda value: getattr(value, "__name__", value))
def test_what_may_not_be_chosen_is_refused_by_field_and_nothing_changes(who, name, field, maker):
    deed = ALL[name]
    thing = deed.thing(who)
    said, key = deed.fields(who, thing), maker(who, thing)
    thing = make.fresh(thing)
    many = isinstance(NOUNS[deed.noun].verb(deed.verb).form.base_fields[field], forms.ModelMultipleChoiceField)
    events = Event.objects.count()

    answer = Caller(getattr(who, deed.by)).post(
        deed.noun,
        thing.pk,
        deed.verb,
        version=thing.version,
        files=deed.files,
        **said | {field: [key] if many else key},
    )

    assert (answer.status_code, list(answer.json()["details"])) == (400, [field]), answer.json()
    assert make.fresh(thing).version == thing.version
    assert Event.objects.count() == events


def test_a_system_cannot_name_a_unit_outside_its_own_tree(who):
    directive = make.directive(who)
    foreign = org.department("邻市水务局", org.government("邻市人民政府"))
    caller = Caller(key=org.client(who.office, ("tasks:write",), role="supervisor").key)

    for field, value in (("lead", foreign.pk), ("co_units", [foreign.pk]), ("joint", [foreign.pk])):
        answer = caller.post("tasks", directive=directive.pk, matter="清淤", **{field: value})
        assert (answer.status_code, list(answer.json()["details"])) == (400, [field])
    assert directive.tasks.count() == 0


def test_an_import_goes_into_no_other_office_s_directive(who):
    other = org.office("邻市督查室")
    officer = org.person("supervisor", other, "邻市督查员")
    foreign = directives.register(by=officer, title="邻市事项")

    answer = Caller(who.supervisor).post("batches", directive=foreign.pk, file=sheet_file(), files=True)

    assert (answer.status_code, list(answer.json()["details"])) == (400, ["directive"])

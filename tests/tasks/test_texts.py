"""State secrets get in by no text of any deed: refused with guidance, without a word of it, unrecorded (R43)."""

import pytest
from django import forms

from organization.models import Department
from tasks import verbs
from tasks.models import Directive, Task
from tasks.operations import holds, readers
from tests.factories import tasks as make
from workflow.doors.inputs import JSONRows
from workflow.models import Event
from workflow.refusal import Refusal, RuleBroken

MARKED = "请按机密★5年的方案办理"
HARMLESS = ["要做好保密宣传教育工作", "涉及商业秘密的除外", "严格遵守保密纪律", "对举报人身份保密"]


def texts():
    """Yield every (operation, argument, marked value) of the room's verbs."""
    tables = [("directive", verbs.REGISTER), *((noun.name, verb) for noun in verbs.NOUNS for verb in noun.verbs)]
    for noun, verb in tables:
        for name, field in verb.form.base_fields.items():
            if (verb.name, name) == ("break_down", "text"):
                continue  # a paper passes the gate before its operation: tests/tasks/breakdowns/test_making.py
            if type(field).__name__ in ("CharField", "TextField"):
                yield noun, verb, name, MARKED
            elif isinstance(field, JSONRows):
                yield noun, verb, name, [{"title": MARKED, "due_on": None}]
            else:
                assert not isinstance(field, forms.CharField) or isinstance(field, forms.ChoiceField), (noun, name)


def test_no_text_of_any_deed_carries_a_state_secret(who):
    subjects = {noun.name: noun.model(pk=1) for noun in verbs.NOUNS}
    tried = list(texts())
    for noun, verb, name, value in tried:
        things = () if verb is verbs.REGISTER else (subjects[noun],)
        with pytest.raises(Refusal) as refusal:
            verb.operation(*things, by=who.supervisor, **{name: value})
        assert refusal.value.code == "secrecy.marked", (noun, verb.name, name)
        assert refusal.value.details == {"where": "text", "kind": refusal.value.details["kind"]}
        assert MARKED not in str(refusal.value.message)
        assert "保密工作机构" in str(refusal.value.message)

    assert len(tried) > 60
    assert (Event.objects.count(), Task.objects.count(), Directive.objects.count()) == (0, 0, 0)


def test_what_upper_rooms_write_on_a_task_is_screened_too(who):
    task = make.assigned(who)
    events = Event.objects.count()
    for act, words in (
        (holds.place, {"because": MARKED, "key": "k"}),
        (readers.grant, {"to": who.inspector, "until": task.due_at, "because": MARKED}),
    ):
        with pytest.raises(RuleBroken):
            act(task, by=who.inspector, **words)

    assert Event.objects.count() == events


def test_titles_are_held_to_the_stricter_table(who):
    directive = make.directive(who)
    for title in ("【机密】防汛方案", "机密-防汛方案"):
        with pytest.raises(RuleBroken):
            make.directive(who, title=title)
        with pytest.raises(RuleBroken):
            make.draft(who, of=directive, matter=title)


def test_words_about_secrecy_are_no_marks(who):
    directive = make.directive(who)
    for words in HARMLESS:
        assert make.draft(who, of=directive, matter=words, standard=words).pk


def test_a_file_with_a_mark_in_name_or_text_is_refused_and_not_kept(who, settings):
    stored = sorted(settings.MEDIA_ROOT.rglob("*"))
    for name, content in (("机密★方案.txt", b"x"), ("方案.txt", MARKED.encode())):
        with pytest.raises(RuleBroken) as refusal:
            make.upload(name, content)
        assert refusal.value.code == "secrecy.marked"

    assert sorted(settings.MEDIA_ROOT.rglob("*")) == stored
    assert Department.objects.exists()

"""佐证材料: kept as uploaded, with its digest in the chain and the day of what it shows (R31, R45)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.uploads import Upload
from tasks.models import Evidence
from tasks.operations import evidence, reports
from tests.factories import tasks as make
from tests.organization.refusing import refused
from workflow.models import Event
from workflow.refusal import Forbidden, RuleBroken


def today():
    return timezone.localdate()


def test_a_file_is_kept_with_its_digest_its_unit_and_the_day_of_what_it_shows(who):
    task = make.active(who)
    shown_on = today() - timedelta(days=5)
    report = reports.file(task, by=who.handler, done="完成6处")

    proof = evidence.add(
        task,
        by=who.handler,
        file=make.upload("验收单.txt", b"accepted"),
        evidence_on=shown_on,
        note="第一批",
        report=report,
    )

    kept = Evidence.objects.get(pk=proof.pk)
    with kept.file.open("rb") as stream:
        assert stream.read() == b"accepted"
    assert (kept.name, kept.size, kept.evidence_on, kept.note) == ("验收单.txt", 8, shown_on, "第一批")
    assert (kept.department, kept.department_name, kept.uploaded_by) == (who.water, "市水务局", who.handler)
    assert kept.report == report
    event = Event.objects.get(kind="evidence.add")
    assert (event.stream, event.subject_id, event.detail["sha256"]) == (task.stream, kept.pk, kept.sha256)


def test_a_day_to_come_proves_nothing(who):
    task = make.active(who)

    with refused("evidence.future", task, kind=RuleBroken):
        evidence.add(task, by=who.handler, file=make.upload(), evidence_on=today() + timedelta(days=1))
    assert Evidence.objects.count() == 0


def test_a_file_hangs_on_the_own_units_report_on_the_same_task(who):
    task, other = make.active(who), make.active(who)
    of_helper = reports.file(task, by=who.helper, done="资金已拨")
    of_other = reports.file(other, by=who.handler, done="完成")
    for report in (of_helper, of_other):
        with refused("evidence.other_report", make.fresh(task), kind=RuleBroken):
            evidence.add(task, by=who.handler, file=make.upload(), evidence_on=today(), report=report)


def test_only_the_units_that_have_signed_bring_proof(who):
    task = make.active(who)
    for person in (who.supervisor, who.leader, who.stranger, who.below, who.inspector):
        with refused("task.prove.forbidden", task, kind=Forbidden):
            evidence.add(task, by=person, file=make.upload(), evidence_on=today())


def test_a_helper_does_not_see_what_another_unit_brought(who):
    task = make.active(who)
    of_lead = evidence.add(task, by=who.handler, file=make.upload("甲.txt"), evidence_on=today())
    of_helper = evidence.add(task, by=who.helper, file=make.upload("乙.txt"), evidence_on=today())

    def seen(person):
        return list(Evidence.objects.visible_to(person).order_by("pk"))

    assert seen(who.helper) == [of_helper]
    assert seen(who.handler) == seen(who.supervisor) == seen(who.chief) == [of_lead, of_helper]
    assert seen(who.stranger) == seen(who.system_admin) == seen(who.auditor) == []


def test_a_file_is_taken_over_as_it_passed_the_gate(who):
    """What the operation is given has been looked through: no operation takes raw bytes."""
    with pytest.raises((TypeError, AttributeError)):
        evidence.add(make.active(who), by=who.handler, file=b"raw", evidence_on=today())

    assert Upload.__dataclass_fields__.keys() >= {"name", "content_type", "size", "sha256", "stream", "readable"}

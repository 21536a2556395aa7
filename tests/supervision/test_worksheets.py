"""检查底稿: time, place, fact, result and the object's remark; filed once, proved by files that never change (R45)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from supervision import digests, triggers
from supervision.models import Proof, Worksheet
from supervision.operations import worksheets
from tests.factories import supervision_inspecting as make
from tests.factories import tasks as of_tasks
from tests.organization.refusing import refused
from tests.workflow.chains import set_, unguarded
from workflow import audit
from workflow.refusal import Forbidden, RuleBroken

DAY = timedelta(days=1)


@pytest.fixture
def task(who):
    return of_tasks.active(who)


@pytest.fixture
def running(who, task):
    return make.running(who, tasks=[task])


def test_a_sheet_takes_the_standard_of_its_task(who, running, task):
    sheet = make.sheet(running, who.inspector, task=task, standard="")

    assert (sheet.standard, sheet.department_name, sheet.filed_by) == (task.standard, "市水务局", who.inspector)
    assert make.sheet(running, who.inspector, task=task, standard="另有标准").standard == "另有标准"
    with refused("worksheet.no_standard", running, kind=RuleBroken):
        make.sheet(running, who.inspector, standard=" ")


def test_a_sheet_stays_within_the_scheme(who, running):
    other = of_tasks.active(who)
    with refused("worksheet.not_object", running, kind=RuleBroken):
        make.sheet(running, who.inspector, department=who.finance)
    with refused("worksheet.not_linked", running, kind=RuleBroken):
        make.sheet(running, who.inspector, task=other)
    for moment in (timezone.now() + DAY, timezone.now() - DAY):
        with refused("worksheet.moment", running, kind=RuleBroken):
            make.sheet(running, who.inspector, checked_at=moment)

    assert make.sheet(running, who.inspector, department=who.river).department == who.river


def test_only_the_team_files_sheets(who, running):
    for person in (who.supervisor, who.chief, who.unit_head):
        with refused("inspection.note.forbidden", running, kind=Forbidden):
            make.sheet(running, person)


def test_a_correction_is_a_new_sheet_that_names_the_old(who, running):
    first = make.sheet(running, who.inspector, fact="泵站未通电")
    second = make.sheet(running, who.inspector, fact="泵站已通电，备用电源未接", corrects=first)

    assert second.corrects == first
    assert list(Worksheet.objects.standing()) == [second]
    with refused("worksheet.corrected", first, kind=RuleBroken):
        make.sheet(running, who.inspector, corrects=first)
    elsewhere = make.running(who, overlap_reason="不同点位")
    with refused("worksheet.corrected", second, kind=RuleBroken):
        make.sheet(elsewhere, who.inspector, corrects=second)


def test_files_come_with_a_sheet_or_with_the_inspection(who, running):
    sheet = make.sheet(running, who.inspector)
    basis = worksheets.prove(make.fresh(running), by=who.supervisor, file=of_tasks.upload("批示.txt"), note="依据")
    photo = worksheets.prove(make.fresh(running), by=who.inspector, file=of_tasks.upload("现场.txt"), worksheet=sheet)

    assert (basis.worksheet, photo.worksheet) == (None, sheet)
    other = make.running(who, overlap_reason="不同点位")
    with refused("proof.other_worksheet", other, kind=RuleBroken):
        worksheets.prove(make.fresh(other), by=who.inspector, file=of_tasks.upload(), worksheet=sheet)


def test_photos_and_places_are_never_forced():
    """R31: what a sheet needs is words; a file, a place on a map or a check-in is no part of it."""
    from supervision.inputs.inspecting import ProofForm, WorksheetForm

    needed = {name for name, field in WorksheetForm.base_fields.items() if field.required}

    assert needed == {"department", "checked_at", "place", "fact", "result"}
    assert not [name for name in WorksheetForm.base_fields if name in ("file", "photo", "latitude", "location")]
    assert "file" in ProofForm.base_fields


# ------------------------------------------------------------------------------------------------ never changed


def test_the_database_refuses_to_change_a_sheet_or_a_file(who, running):
    sheet = make.sheet(running, who.inspector)
    proof = worksheets.prove(make.fresh(running), by=who.inspector, file=of_tasks.upload(), worksheet=sheet)
    for guard, row in ((triggers.WORKSHEET, sheet), (triggers.PROOF, proof)):
        for sql in (
            f'UPDATE "{guard.table}" SET "{guard.columns[-1]}" = "{guard.columns[-1]}"',
            f'DELETE FROM "{guard.table}" WHERE id = {row.pk}',
        ):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
    assert set(triggers.WORKSHEET.columns) == {f.attname for f in Worksheet._meta.concrete_fields} - {"id"}
    assert set(triggers.PROOF.columns) == {f.attname for f in Proof._meta.concrete_fields} - {"id"}
    assert set(digests.PROOF) == set(triggers.PROOF.columns)


def test_the_audit_finds_a_rewritten_sheet_and_a_changed_file(who, running):
    sheet = make.sheet(running, who.inspector)
    proof = worksheets.prove(make.fresh(running), by=who.inspector, file=of_tasks.upload(), worksheet=sheet)
    assert list(audit.verify()) == []

    with unguarded() as cursor:
        set_(cursor, "supervision_worksheet", sheet.pk, fact="一切正常")
        set_(cursor, "supervision_inspection", running.pk, state="finished")
    with proof.file.open("wb") as stream:
        stream.write(b"forged")

    assert {(finding.kind, finding.words) for finding in audit.verify(running.stream)} == {
        (audit.ROW, f"worksheet {sheet.pk} was edited"),
        (audit.FILE, f"the bytes of proof {proof.pk} do not fit their digest"),
        (audit.ROW, f"inspection {running.pk} is finished, its record says running"),
    }

"""The figures of a bulletin: counted once, frozen, and the same a year later (C9 T1, T3)."""

from datetime import timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from organization.models import Department
from supervision import figures, sentences
from supervision.models import Rectification
from supervision.operations import bulletins
from tasks.models import Task
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_informing as build
from tests.factories import tasks as make


def cells(stored, key="units"):
    table = next(table for table in stored["tables"] if table["key"] == key)
    return {row[0]: dict(zip(table["columns"][1:], row[1:], strict=True)) for row in [*table["rows"], table["sum"]]}


def test_tasks_are_counted_by_unit_state_and_clock(who):
    of = make.directive(who)
    make.closed(who, of=of)
    late = make.closed(who, of=of)
    Task.objects.filter(pk=late.pk).update(
        due_at=timezone.now() - timedelta(days=9), warn_at=timezone.now() - timedelta(days=10),
        due_on=timezone.localdate() - timedelta(days=9), original_due_on=timezone.localdate() - timedelta(days=9),
    )  # fmt: skip
    build.late_task(who, of=of)
    make.active(who, of=of)

    counted = cells(build.bulletin(who).snapshot)

    assert counted["市水务局"] == counted["合计"] == {
        "交办": 4, "已办结": 2, "其中按期": 1, "逾期办结": 1, "正在办理": 1, "逾期未办结": 1, "终止": 0,
        "按期办结率": "33.3%", "按原定时限": "33.3%",
    }  # fmt: skip


def test_an_extension_counts_in_one_rate_and_not_in_the_other(who):
    task = make.closed(who)
    Task.objects.filter(pk=task.pk).update(original_due_on=timezone.localdate() - timedelta(days=3))

    counted = cells(build.bulletin(who).snapshot)["合计"]

    assert (counted["按期办结率"], counted["按原定时限"]) == ("100.0%", "0.0%")


def test_lateness_counts_under_the_unit_that_is_waited_for(who):
    task = build.late_task(who)
    Task.objects.filter(pk=task.pk).update(blocked_by=who.housing)

    assert set(cells(build.bulletin(who).snapshot)) == {"市住建局", "合计"}


def test_every_number_is_the_length_of_its_list(who):
    of = make.directive(who)
    for make_one in (make.closed, make.active, build.late_task):
        make_one(who, of=of)
    stored = build.bulletin(who).snapshot
    row = cells(stored)["市水务局"]

    assert len(figures.counted(stored)) == row["交办"]
    assert len(figures.counted(stored, figures.OPEN_LATE, who.water.pk)) == row["逾期未办结"]
    assert len(figures.counted(stored, figures.ON_TIME)) == row["其中按期"]


def test_the_snapshot_takes_a_statement_a_source_however_many_tasks(who, django_assert_num_queries):
    of = make.directive(who)
    now = timezone.now()
    first_on, last_on = build.period()
    make.active(who, of=of)
    with django_assert_num_queries(len(figures.SOURCES)):
        figures.snapshot(who.supervisor, figures.Period(who.office, first_on, last_on, now))
    for _ in range(3):
        build.late_task(who, of=of)
    with django_assert_num_queries(len(figures.SOURCES)):
        stored = figures.snapshot(who.supervisor, figures.Period(who.office, first_on, last_on, now))
    assert len(stored["ledgers"]["tasks"]) == 4


def test_a_year_later_the_tables_are_the_same_to_the_byte(who):
    task = build.late_task(who)
    bulletin = build.issued_bulletin(who)
    before = render_to_string("supervision/bulletin/_tables.html", {"tables": bulletin.snapshot["tables"]})
    Department.objects.filter(pk=who.water.pk).update(name="市水利局", short="水利局")
    Task.objects.filter(pk=task.pk).update(due_on=make.in_workdays(30), due_at=timezone.now() + timedelta(days=50))
    make.closed(who)
    with time_machine.travel(timezone.now() + timedelta(days=365)):
        later = make.fresh(bulletin)
        after = render_to_string("supervision/bulletin/_tables.html", {"tables": later.snapshot["tables"]})

    assert after.encode() == before.encode()
    assert "市水务局" in after
    assert figures.digest(later.snapshot) == later.sha256


def test_findings_are_counted_by_unit_and_disputed_ones_left_out(who):
    of = correcting.inspected(who)
    correcting.settled(who, of)
    late = correcting.ordered(who, of)
    Rectification.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    correcting.disputed(who, of)
    correcting.issued(who, of)

    stored = build.bulletin(who).snapshot

    assert cells(stored, "findings")["市水务局"] == {
        "问题": 2, "其中严重": 0, "已整改": 1, "正在整改": 1, "其中整改逾期": 1, "未整改结案": 0, "反弹次数": 0,
    }  # fmt: skip
    assert figures.lines_of(stored, who.finance.pk) == []


def test_figures_are_taken_anew_only_while_drafted(who):
    bulletin = build.bulletin(who)
    build.late_task(who)
    bulletin = bulletins.freeze(bulletin, by=who.supervisor)

    assert cells(bulletin.snapshot)["合计"]["逾期未办结"] == 1


def test_the_overview_begins_with_what_the_figures_say_and_how_they_moved(who):
    make.closed(who)
    first = build.issued_bulletin(who)
    assert first.overview == (
        f"截至{timezone.localdate()}，纳入督查的1项任务中，已办结1项，正在办理0项，逾期未办结0项，按期办结率100.0%。"
    )
    build.late_task(who)

    assert build.bulletin(who).overview.endswith("按期办结率50.0%，比上期下降50.0个百分点。")


@pytest.mark.parametrize(("part", "whole", "said"), [(1, 3, "33.3%"), (2, 3, "66.7%"), (0, 5, "0.0%"), (0, 0, "—")])
def test_a_share_is_written_with_one_decimal(part, whole, said):
    assert figures.percent(part, whole) == said


# ------------------------------------------------------------------------------------------------ C10 T4


def test_a_sentence_of_the_last_issues_is_found_word_by_word():
    before = [
        ("督通〔2026〕2号", "个别单位推进缓慢， 整改不到位。现予通报。"),
        ("督通〔2026〕1号", "反馈不及时的问题仍然存在。"),
    ]
    mine = ["个别单位推进缓慢，整改不到位；现予通报。", "反馈不及时的问题仍然存在！新的问题已经出现并在处理。"]

    assert sentences.repeated(mine, before) == [
        sentences.Repeat("个别单位推进缓慢，整改不到位", "督通〔2026〕2号"),
        sentences.Repeat("反馈不及时的问题仍然存在", "督通〔2026〕1号"),
    ]


def test_a_bulletin_is_compared_with_the_last_two_issues(who):
    for problems in ("第一期的问题在这里说明。", "第二期的问题在这里说明。", "第三期的问题在这里说明。"):
        build.issued_bulletin(who, problems=problems)
    mine = build.bulletin(who, problems="第一期的问题在这里说明。第三期的问题在这里说明。")

    assert [repeat.sentence for repeat in bulletins.repeats(mine)][1:] == ["第三期的问题在这里说明"]

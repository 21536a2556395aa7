"""Numbers run by series and year, from one, without gap or double (R15, F27)."""

from django.db import transaction

from workflow import numbers


def test_each_series_and_each_year_counts_from_one(db):
    taken = [numbers.take(series, year) for series, year in (("督", 2026), ("督", 2026), ("立", 2026), ("督", 2027))]

    assert taken == [1, 2, 1, 1]


def test_the_number_of_a_deed_that_failed_is_given_again(db):
    numbers.take("督", 2026)
    with transaction.atomic():
        assert numbers.take("督", 2026) == 2
        transaction.set_rollback(True)

    assert numbers.take("督", 2026) == 2


def test_a_number_is_written_as_offices_write_it(db):
    assert numbers.written("澜督", 2026, 118) == "澜督〔2026〕118号"
    assert numbers.written("督", 2026, 7) == "督〔2026〕7号"


def test_the_gaps_of_a_year_are_reported(db):
    for _ in range(5):
        numbers.take("督", 2026)

    assert numbers.gaps({"督": [1, 3, 4], "督立": []}, 2026) == {"督": [2, 5], "督立": []}
    assert numbers.gaps({"督": [1, 2, 3, 4, 5]}, 2026) == {"督": []}
    assert numbers.gaps({"督": []}, 2030) == {"督": []}

"""What another transaction broke off is done again, and nothing else is (F29)."""

import pytest
from django.db import OperationalError, transaction

from workflow.retrying import RETRIES, again


class BrokenOffError(Exception):
    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def failing(times, sqlstate="40P01"):
    """Return an act that fails so many times, and how often it was tried."""
    tried = []

    def act():
        tried.append(1)
        if len(tried) <= times:
            raise OperationalError(sqlstate) from BrokenOffError(sqlstate)
        return "done"

    return act, tried


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sqlstate", ["40P01", "40001"])
@pytest.mark.parametrize("times", range(RETRIES + 1))
def test_a_deed_that_was_broken_off_is_done_again_three_times_at_most(times, sqlstate):
    act, tried = failing(times, sqlstate)

    assert again(act) == "done"
    assert len(tried) == times + 1


@pytest.mark.django_db(transaction=True)
def test_after_the_third_time_the_database_has_the_last_word():
    act, tried = failing(RETRIES + 1)

    with pytest.raises(OperationalError):
        again(act)

    assert len(tried) == RETRIES + 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sqlstate", ["55P03", "57014", None])
def test_what_failed_for_another_cause_is_not_done_again(sqlstate):
    act, tried = failing(1, sqlstate)

    with pytest.raises(OperationalError):
        again(act)

    assert len(tried) == 1


def test_nothing_is_done_again_inside_a_transaction_that_is_broken_itself(db):
    act, tried = failing(1)

    with transaction.atomic(), pytest.raises(OperationalError):
        again(act)

    assert len(tried) == 1

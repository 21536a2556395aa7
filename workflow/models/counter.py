"""Counter: the last number given in a series and year."""

from django.db import models


class Counter(models.Model):
    """The last serial number taken; locked in the transaction that uses the number, so that none is lost or doubled."""

    series = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="counter_once_a_series_and_year", fields=["series", "year"])]

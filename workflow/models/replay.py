"""Replay: the answer given to a POST that carried an Idempotency-Key, kept to be given again."""

from django.db import models

from workflow.moments import moment


class Replay(models.Model):
    """One key of one caller: what was asked (as a fingerprint) and what was answered.

    Kept 24 hours (``workflow.jobs.forget_replays``). Source: product.md 3.1, F42.
    """

    caller = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True, default="")
    etag = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField(default=moment, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="replay_once_a_caller_and_key", fields=["caller", "key"])]

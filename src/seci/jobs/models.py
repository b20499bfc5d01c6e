"""Work to be done by a worker, as rows beside the data it is about."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """One call of a task with ids.

    task        "module:function" below `seci`
    arguments   ids as a JSON list: numbers and short texts, never objects, so that a row can run nothing else
    key         of jobs with the same key one waits at most, and one runs at a time
    owner       the worker that runs it; its lease ends at `leased_until` (microseconds)
    attempts    how often it was begun
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.BigAutoField(primary_key=True)
    task = models.CharField(max_length=200)
    arguments = models.TextField(default="[]")
    key = models.CharField(max_length=200, null=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    owner = models.CharField(max_length=200, default="")
    attempts = models.IntegerField(default=0)
    due_at = models.BigIntegerField()
    leased_until = models.BigIntegerField(default=0)
    enqueued_at = models.BigIntegerField()
    started_at = models.BigIntegerField(null=True)
    ended_at = models.BigIntegerField(null=True)
    sentence = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="job_open",
                condition=models.Q(state__in=["queued", "running"]),
            ),
            models.Index(fields=["key"], name="job_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="job_waits_once", condition=models.Q(state="queued"))
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.task} {self.state}"

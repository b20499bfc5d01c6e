"""Mentors and their remarks, notes after the action, paths that somebody follows, how somebody wants to practise."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from seci.artifacts.models import Artifact
from seci.people.models import Person


class Mentor(models.Model):
    """Somebody who may read a learner's answers on one artifact and say something to them, with the learner's yes."""

    id = models.AutoField(primary_key=True)
    learner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="+")
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="+")
    named_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    named_at = models.BigIntegerField()
    agreed_at = models.BigIntegerField(null=True, help_text="when the learner said yes; empty: not yet")
    ended_at = models.BigIntegerField(null=True)

    class Meta:
        app_label = "internalization"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "mentor", "artifact"], condition=Q(ended_at__isnull=True), name="mentor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentor} of {self.learner}"


class Remark(models.Model):
    """What a mentor says to an answer. Read by the two of them."""

    id = models.AutoField(primary_key=True)
    attempt = models.ForeignKey("internalization.Attempt", models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.TextField()
    at = models.BigIntegerField()
    read_at = models.BigIntegerField(null=True)
    seq = models.BigIntegerField(null=True, help_text="its event in the ledger")

    class Meta:
        app_label = "internalization"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words


class Note(models.Model):
    """The four answers after an action, for the eyes of whoever wrote them."""

    id = models.AutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    artifact = models.ForeignKey(Artifact, models.SET_NULL, null=True, related_name="+")
    about = models.CharField(max_length=80, default="", blank=True, help_text="what was done, as round:3 or run:7")
    expected = models.TextField()
    happened = models.TextField()
    because = models.TextField()
    next_time = models.TextField()
    at = models.BigIntegerField()
    seq = models.BigIntegerField(null=True, help_text="its event in the ledger")

    class Meta:
        app_label = "internalization"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.next_time


class Following(models.Model):
    """A path that somebody follows, from a day on, at their pace."""

    id = models.AutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20)
    begun_at = models.BigIntegerField()
    pace = models.FloatField(default=1.0, help_text="2: in twice the time")
    ended_at = models.BigIntegerField(null=True)

    class Meta:
        app_label = "internalization"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], condition=Q(ended_at__isnull=True), name="path_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Habit(models.Model):
    """How somebody wants to practise: their easy days, and the stamp of their calendar's address."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    easy = models.JSONField(default=list, help_text="days of the week with half a round, 0 is Monday")
    calendar = models.CharField(max_length=64, default="", blank=True, help_text="empty: the first; off: none")

    class Meta:
        app_label = "internalization"

    def __str__(self) -> str:
        return str(self.person)

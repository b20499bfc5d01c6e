"""Drills and seeded checklists that somebody wrote, and what came of going through them; explanations and readers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from seci.artifacts.models import Artifact
from seci.people.models import Person


class Exercise(models.Model):
    """A drill (fault script of a runbook) or an object with seeded defects (checklist), on one revision."""

    id = models.AutoField(primary_key=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="+")
    revision = models.IntegerField(help_text="number of the revision it was written for")
    kind = models.CharField(max_length=9, help_text="drill, checklist")
    title = models.CharField(max_length=200)
    script = models.JSONField(help_text="a drill: scene, faults, causes; a checklist: scene, defects by item")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    created_at = models.BigIntegerField()
    retired_at = models.BigIntegerField(null=True)

    class Meta:
        app_label = "internalization"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Walk(models.Model):
    """Somebody going through an exercise; its state is the fold of its acts [[did, value, ms since start], ...]."""

    id = models.AutoField(primary_key=True)
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="walks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    state = models.CharField(max_length=4, default="open", help_text="open, done")
    acts = models.JSONField(default=list)
    count = models.IntegerField(default=0, help_text="acts written; the next one has this number")
    result = models.JSONField(null=True)
    started_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)
    seq = models.BigIntegerField(null=True, help_text="its event in the ledger")

    class Meta:
        app_label = "internalization"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "person"], condition=Q(state="open"), name="walk_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.person} through {self.exercise}"


class Explanation(models.Model):
    """A judgement explained in somebody's own words; one reader judges cases before and after reading it."""

    id = models.AutoField(primary_key=True)
    pattern = models.ForeignKey("internalization.Pattern", models.CASCADE, related_name="+")
    revision = models.IntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.TextField()
    cases = models.JSONField(default=list)
    reader = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(null=True, help_text="{case: option} without the words")
    after = models.JSONField(null=True)
    result = models.JSONField(null=True)
    at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)
    seq = models.BigIntegerField(null=True, help_text="its event in the ledger")

    class Meta:
        app_label = "internalization"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.person} explains {self.pattern}"

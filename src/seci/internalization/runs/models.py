"""An artifact used on a task, move by move; what others said of the decision; steps of the ownership ladder."""

from __future__ import annotations

from django.db import models

from seci.artifacts.models import Artifact
from seci.people.models import Person


class Run(models.Model):
    """One use of one revision of an artifact. `pressure` is as in the ledger: 0 exercise to 3 incident."""

    id = models.AutoField(primary_key=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="+")
    revision = models.IntegerField(help_text="number of the revision in hand")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    task = models.CharField(max_length=200, help_text="what it is used on")
    link = models.TextField(default="", blank=True, help_text="commit, ticket, incident")
    pressure = models.SmallIntegerField()
    state = models.CharField(max_length=4, default="open", help_text="open, done, left")
    reason = models.TextField(default="", blank=True, help_text="why it was left")
    decided = models.CharField(max_length=200, default="", blank=True, help_text="what the person decided or reached")
    said = models.CharField(max_length=200, null=True, help_text="what the artifact says; empty: it says nothing")
    looks = models.IntegerField(default=0)
    consulted = models.BooleanField(default=False)
    went = models.CharField(max_length=4, default="", blank=True, help_text="good, bad; empty is not known yet")
    result = models.JSONField(null=True, help_text="omissions, failures, breaches, seconds")
    started_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)
    seq = models.BigIntegerField(null=True, help_text="its event in the ledger")

    class Meta:
        app_label = "internalization"
        ordering = ["-id"]
        indexes = [models.Index(fields=["artifact", "person"], name="run_artifact_person")]

    def __str__(self) -> str:
        return self.task


class Move(models.Model):
    """One thing done in a run, written before the next is shown. The state of a run is the fold of its moves."""

    id = models.AutoField(primary_key=True)
    run = models.ForeignKey(Run, models.CASCADE, related_name="moves")
    number = models.IntegerField(help_text="counted from 1")
    did = models.CharField(
        max_length=8, help_text="tick, done, failed, answer, fill, fact, look, consult, decide, back"
    )
    node = models.CharField(max_length=64, default="", blank=True)
    value = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    other = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="who was asked")
    at = models.BigIntegerField()

    class Meta:
        app_label = "internalization"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="move_once")]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"


class Review(models.Model):
    """What somebody who knows said of a decision: with it in view, or blind, from the case alone."""

    id = models.AutoField(primary_key=True)
    run = models.ForeignKey(Run, models.CASCADE, related_name="reviews")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    is_blind = models.BooleanField()
    decision = models.CharField(max_length=200, help_text="what the reviewer would have decided")
    upheld = models.BooleanField()
    because = models.TextField(default="", blank=True)
    at = models.BigIntegerField()

    class Meta:
        app_label = "internalization"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="review_once")]

    def __str__(self) -> str:
        return f"{self.run}: {'upheld' if self.upheld else 'overturned'}"


class Promotion(models.Model):
    """A step of somebody on the ladder of one artifact, up or down, with the evidence it was decided on."""

    id = models.AutoField(primary_key=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    rung = models.SmallIntegerField()
    evidence = models.JSONField(default=dict)
    reason = models.TextField(default="", blank=True, help_text="needed where the evidence does not suffice")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.BigIntegerField()

    class Meta:
        app_label = "internalization"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.person} on {self.artifact}: {self.rung}"

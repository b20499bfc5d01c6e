"""Challenges of artifacts and documents, each of one place in one revision."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from seci.artifacts.models import Artifact
from seci.library.models import Document
from seci.people.models import Person


class Challenge(models.Model):
    """Something speaks against a node or a passage; whoever owns the artifact or document decides, with a reason.

    What the machine found again about the same node is one open challenge, not many (`mark` is what it is told by).
    """

    id = models.AutoField(primary_key=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, null=True, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+")
    revision = models.IntegerField(help_text="number of the revision that is challenged")
    node = models.CharField(max_length=64, default="", blank=True, help_text="empty: the artifact as a whole")
    quote = models.TextField(default="", blank=True, help_text="of a document: the words; empty: all of it")
    trigger = models.CharField(max_length=12, help_text="appeal, panel, learners, bypass, outcome, drift, readers")
    sentence = models.TextField(help_text="what speaks against it")
    evidence = models.JSONField(default=dict)
    change = models.TextField(default="", blank=True, help_text="what it should say instead")
    challenger = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    case = models.IntegerField(null=True, help_text="the practice case it comes from")
    run = models.IntegerField(null=True, help_text="the run it comes from")
    mark = models.CharField(max_length=120, help_text="what a repeated finding is known by")
    state = models.CharField(max_length=7, default="open", help_text="open, decided")
    resolution = models.CharField(max_length=6, default="", blank=True, help_text="uphold, amend, split, retire")
    reason = models.TextField(default="", blank=True)
    answer = models.IntegerField(null=True, help_text="number of the revision that it led to")
    effect = models.JSONField(null=True, help_text="cases re-keyed, cards lowered")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    decided_at = models.BigIntegerField(null=True)

    class Meta:
        app_label = "internalization"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["artifact", "mark"], condition=Q(state="open"), name="challenge_once_open"),
            models.UniqueConstraint(
                fields=["document", "mark"], condition=Q(state="open"), name="challenge_of_page_once_open"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

"""Knowledge assets and where they live."""

from __future__ import annotations

from django.db import models

from seci.people.models import Person


class Asset(models.Model):
    """A specific expertise or capability, proposed from the code or named by a person."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        KEPT = "kept"
        RETIRED = "retired"
        MERGED = "merged"

    class Decay(models.TextChoices):
        ACCURACY = "accuracy"
        SPEED = "speed"
        MIXED = "mixed"

    id = models.AutoField(primary_key=True)
    key = models.CharField(max_length=200, unique=True, help_text="stable name used in event keys")
    name = models.CharField(max_length=120)
    concept = models.TextField(default="", blank=True)
    topic = models.CharField(max_length=24, default="code", help_text="code, docs, tests, build, ...")
    languages = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    reason = models.TextField(default="", help_text="why it was proposed")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="absorbed")
    codifiability = models.FloatField(null=True, blank=True, help_text="0 tacit to 1 codifiable; empty is unknown")
    criticality_low = models.FloatField(null=True, blank=True)
    criticality_high = models.FloatField(null=True, blank=True)
    decay = models.CharField(max_length=8, choices=Decay, default=Decay.MIXED)
    created_at = models.BigIntegerField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Scope(models.Model):
    """A part of a source that belongs to an asset: a folder, or a file pattern inside one folder.

    The longest prefix wins; a pattern (fnmatch on the file name) beats the bare prefix of the same length.
    """

    id = models.AutoField(primary_key=True)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="scopes")
    source = models.IntegerField(db_index=True, help_text="ledger source")
    prefix = models.TextField(blank=True, help_text="folder with a trailing slash, a whole file path, or empty")
    pattern = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "prefix", "pattern"], name="scope_once")]

    def __str__(self) -> str:
        return f"{self.prefix}{self.pattern}"

"""Imports of documents: what was asked for, what became of each file, how each file was when it was last read."""

from __future__ import annotations

from django.db import models

from seci.ledger.models import Source
from seci.library.models import Collection, Document


class Import(models.Model):
    """One import of a collection. Its state, progress and times are those of its run in the ledger."""

    id = models.AutoField(primary_key=True)
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    run = models.IntegerField(unique=True, help_text="run of the ledger")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="imports")
    format = models.CharField(max_length=20)
    path = models.TextField(help_text="what is read: a folder, an archive, a file; absolute")
    upload = models.BooleanField(default=False, help_text="it was sent through a page and lies with the instance")
    history = models.BooleanField(default=True, help_text="earlier states are taken, too")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    stop = models.BooleanField(default=False, help_text="somebody asked it to stop")
    same = models.IntegerField(default=0, help_text="files that were as they had been")
    undone_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.path}"


class Outcome(models.Model):
    """What became of one file in one import; files that were as before are only counted."""

    class Result(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        MOVED = "moved"
        ATTACHED = "attached"
        SKIPPED = "skipped"
        FAILED = "failed"
        GONE = "gone"

    id = models.AutoField(primary_key=True)
    of = models.ForeignKey(Import, models.CASCADE, related_name="outcomes")
    path = models.TextField()
    result = models.CharField(max_length=8, choices=Result)
    why = models.TextField(default="", blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")
    before = models.IntegerField(null=True, help_text="number of the document's revision before; empty where it is new")
    after = models.IntegerField(null=True, help_text="number of its revision afterwards")
    was = models.TextField(default="", blank=True, help_text="path before it was moved")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["of", "path"], name="documents_outcome_once")]
        indexes = [models.Index(fields=["of", "result"], name="documents_outcome_result")]

    def __str__(self) -> str:
        return f"{self.path}: {self.result}"


class Mark(models.Model):
    """How a file of a collection was when it was last read, so that only what changed is read again."""

    id = models.AutoField(primary_key=True)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+")
    path = models.TextField()
    mark = models.CharField(max_length=64)
    uid = models.CharField(max_length=100, default="", blank=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    revision = models.IntegerField(help_text="number of the revision that the import left")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "path"], name="documents_mark_once")]

    def __str__(self) -> str:
        return self.path

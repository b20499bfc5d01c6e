"""What can be found by its words: subjects, their passages, the passages' vectors, and what was asked in vain."""

from __future__ import annotations

from django.db import models


class Subject(models.Model):
    """A document or an artifact, as the search knows it. One that was taken out keeps its row without passages.

    stamp  grows with every change: the number of a change on SQLite, of its transaction on PostgreSQL; by it every
           process finds what it does not hold in memory yet
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16)
    number = models.BigIntegerField(help_text="its id among those of its kind")
    title = models.TextField()
    state = models.CharField(max_length=12, default="", blank=True)
    tags = models.TextField(default="", blank=True, help_text="one a line: concepts, tags, types")
    owner = models.BigIntegerField(null=True, help_text="number of the person who answers for it")
    audience = models.TextField(help_text="who may see it: roles, person:5, account:3, or nobody")
    changed_at = models.BigIntegerField()
    stamp = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="search_subject_once")]
        indexes = [models.Index(fields=["stamp"], name="search_subject_stamp")]

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """A part of a subject that answers by itself.

    words     (number of a stem, how often) as 4 and 1 bytes each, see `analysis`
    embedded  whether its vectors are there
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="passages")
    ordinal = models.IntegerField()
    place = models.CharField(max_length=200, default="", blank=True, help_text="anchor of the page it leads to")
    heading = models.TextField(default="", blank=True, help_text="headings above it, outermost first, one a line")
    text = models.TextField()
    sha = models.CharField(max_length=32)
    words = models.BinaryField()
    length = models.IntegerField(help_text="weighted number of words")
    embedded = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="search_passage_open", condition=models.Q(embedded=False)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} #{self.ordinal}"


class Vector(models.Model):
    """A passage (part 0) or a piece of a long one (1, 2, ...) as 384 float32, little-endian, of length 1."""

    id = models.BigAutoField(primary_key=True)
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="vectors")
    part = models.SmallIntegerField(default=0)
    vector = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.passage} part {self.part}"


class Maker(models.Model):
    """The one model that made all vectors: those of two are never kept side by side."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Want(models.Model):
    """Words that were searched for and led nowhere, without who asked.

    asked     how often
    askers    how many different people; kept with `marks`, from which nobody can be read, until they are five
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=200, unique=True, help_text="the stems in order: one wish in many wordings")
    words = models.CharField(max_length=200)
    asked = models.IntegerField(default=0)
    askers = models.IntegerField(default=0)
    marks = models.TextField(default="", blank=True)
    unanswered = models.IntegerField(default=0, help_text="how often nothing was found at all")
    followed = models.IntegerField(default=0, help_text="how often something found was opened")
    first_at = models.BigIntegerField()
    last_at = models.BigIntegerField()
    settled_at = models.BigIntegerField(null=True, help_text="somebody says that it is answered now, or not wanted")

    def __str__(self) -> str:
        return self.words

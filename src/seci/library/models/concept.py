"""What documents and artifacts are about: a concept scheme (SKOS, W3C 2009), and the plain words people tag with."""

from __future__ import annotations

from django.db import models

from seci.artifacts.models import Artifact
from seci.library.models.document import Document
from seci.people.models import Person


class Concept(models.Model):
    """One topic. `label` is its prefLabel, unique whatever its case."""

    id = models.AutoField(primary_key=True)
    key = models.CharField(max_length=64, unique=True, help_text="stable name used in exports")
    label = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, unique=True, help_text="the label as it is compared")
    definition = models.TextField(default="", blank=True)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Label(models.Model):
    """Another word for the same (altLabel)."""

    id = models.AutoField(primary_key=True)
    concept = models.ForeignKey(Concept, models.CASCADE, related_name="labels")
    label = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "folded"], name="library_label_once")]

    def __str__(self) -> str:
        return self.label


class Broader(models.Model):
    """`broader` is the wider topic; a concept may have several."""

    id = models.AutoField(primary_key=True)
    concept = models.ForeignKey(Concept, models.CASCADE, related_name="wider")
    broader = models.ForeignKey(Concept, models.CASCADE, related_name="narrower")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "broader"], name="library_broader_once")]

    def __str__(self) -> str:
        return f"{self.concept} below {self.broader}"


class Related(models.Model):
    """Two concepts beside each other; kept once, the smaller id first."""

    id = models.AutoField(primary_key=True)
    concept = models.ForeignKey(Concept, models.CASCADE, related_name="+")
    related = models.ForeignKey(Concept, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "related"], name="library_related_once")]

    def __str__(self) -> str:
        return f"{self.concept} beside {self.related}"


class Tagging(models.Model):
    """A document or an artifact is about a concept."""

    id = models.AutoField(primary_key=True)
    concept = models.ForeignKey(Concept, models.CASCADE, related_name="taggings")
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="taggings")
    artifact = models.ForeignKey(Artifact, models.CASCADE, null=True, related_name="+")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "document"], name="library_tagging_document_once"),
            models.UniqueConstraint(fields=["concept", "artifact"], name="library_tagging_artifact_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document or self.artifact}: {self.concept}"


class Tag(models.Model):
    """A plain word that a document is tagged with, such as its front matter says."""

    id = models.AutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="tags")
    word = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "word"], name="library_tag_once")]
        indexes = [models.Index(fields=["word"], name="library_tag_word")]

    def __str__(self) -> str:
        return self.word

"""What stands around a document: files, code it speaks of, remarks, suggestions, its part of the ledger."""

from __future__ import annotations

from django.db import models

from seci.artifacts.models import Artifact
from seci.assets.models import Asset
from seci.library.models.document import Collection, Document
from seci.people.models import Person


class Attachment(models.Model):
    """A file that belongs to a document or came with its collection; kept once by its content."""

    id = models.AutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="attachments")
    collection = models.ForeignKey(Collection, models.CASCADE, null=True, related_name="attachments")
    path = models.TextField(default="", blank=True, help_text="inside its collection, as texts name it")
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    size = models.BigIntegerField(help_text="bytes")
    consent = models.TextField(default="", blank=True, help_text="of a recording: who agreed to what")
    sha256 = models.CharField(max_length=64)
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    removed_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["collection", "path"], name="library_attachment_path")]

    def __str__(self) -> str:
        return self.name


class Binding(models.Model):
    """What a document or an artifact says is about this place in the code.

    `hash` is that of the place when somebody last verified what is said; `seen` what the latest look has found, empty
    where the place is gone.
    """

    id = models.AutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="bindings")
    artifact = models.ForeignKey(Artifact, models.CASCADE, null=True, related_name="+")
    repository = models.IntegerField(help_text="source of the ledger")
    path = models.TextField()
    symbol = models.CharField(max_length=200, default="", blank=True, help_text="function or class; empty is all of it")
    hash = models.CharField(max_length=64, default="", blank=True)
    seen = models.CharField(max_length=64, default="", blank=True)
    seen_at = models.BigIntegerField(null=True)
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()

    class Meta:
        ordering = ["path", "symbol"]
        indexes = [models.Index(fields=["repository", "path"], name="library_binding_place")]

    def __str__(self) -> str:
        return f"{self.path} {self.symbol}".strip()


class Comment(models.Model):
    """A remark on a passage of one revision, or an answer to one (`parent`)."""

    id = models.AutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    revision = models.IntegerField(help_text="number of the revision that it was made on")
    start = models.IntegerField(null=True, help_text="characters of that revision; empty is the whole page")
    stop = models.IntegerField(null=True)
    quote = models.TextField(default="", blank=True, help_text="the words it is about")
    text = models.TextField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    settled_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]


class Suggestion(models.Model):
    """Other words for a passage of one revision, to be taken or declined."""

    id = models.AutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="suggestions")
    revision = models.IntegerField(help_text="number of the revision that it was made on")
    start = models.IntegerField()
    stop = models.IntegerField()
    quote = models.TextField(default="", blank=True, help_text="the words to be replaced")
    text = models.TextField(help_text="the words in their place")
    message = models.TextField(default="", blank=True)
    state = models.CharField(max_length=9, default="open", help_text="open, taken, declined, withdrawn")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]


class Share(models.Model):
    """Somebody whom a draft is shown to before it is published."""

    id = models.AutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    may_write = models.BooleanField(default=False)
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["document", "person"], name="library_share_once")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.person_id}"


class Deed(models.Model):
    """An event of the ledger that is about a document: the ledger itself names artifacts only."""

    seq = models.BigIntegerField(primary_key=True, help_text="number of the event")
    document = models.ForeignKey(Document, models.CASCADE, related_name="deeds")
    revision = models.IntegerField(null=True)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"#{self.seq}"


class Follow(models.Model):
    """A link that somebody went along; who it was is not kept."""

    seq = models.BigIntegerField(primary_key=True, help_text="number of the event")
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+", help_text="where it stands")
    artifact = models.ForeignKey(Artifact, models.CASCADE, null=True, related_name="+")
    to_document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+")
    to_artifact = models.ForeignKey(Artifact, models.CASCADE, null=True, related_name="+")
    to_asset = models.ForeignKey(Asset, models.SET_NULL, null=True, related_name="+")
    target = models.TextField(default="", blank=True, help_text="as the link is written")
    at = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["document", "at"], name="library_follow_from")]

    def __str__(self) -> str:
        return f"#{self.seq}"

"""Documents, the collections they came with, their revisions, and where they lead."""

from __future__ import annotations

from django.db import models

from seci.artifacts.models import Artifact
from seci.assets.models import Asset
from seci.people.models import Person


class Collection(models.Model):
    """Documents that came from one place: a repository, a folder, a dump of a wiki."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, help_text="hand, folder, git, vault, notion, confluence, mediawiki, files")
    address = models.TextField(default="", blank=True, help_text="where it lies")
    licence = models.CharField(max_length=120, default="", blank=True, help_text="SPDX expression or its own words")
    attribution = models.TextField(default="", blank=True, help_text="who is to be named")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    changed_at = models.BigIntegerField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["kind", "address", "name"], name="library_collection_once")]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A page in Markdown, revised, owned, expiring. Whoever may read it reads its latest revision."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    id = models.AutoField(primary_key=True)
    key = models.CharField(max_length=64, unique=True, help_text="stable name used in exports")
    collection = models.ForeignKey(Collection, models.SET_NULL, null=True, related_name="documents")
    path = models.TextField(default="", blank=True, help_text="inside its collection")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, default="page", help_text="page, playbook, adr, attribution, ...")
    diataxis = models.CharField(
        max_length=12, default="", blank=True, help_text="tutorial, how-to, reference, explanation"
    )
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="documents")
    head = models.IntegerField(help_text="number of the latest revision")
    verified_revision = models.IntegerField(null=True, help_text="number of the revision that somebody confirmed")
    verified_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    verified_at = models.BigIntegerField(null=True)
    expires_at = models.BigIntegerField(null=True, help_text="the verification holds until then")
    reopened_at = models.BigIntegerField(null=True, help_text="what it rests on has changed since it was verified")
    reopened_because = models.TextField(default="", blank=True)
    licence = models.CharField(max_length=120, default="", blank=True, help_text="its own; empty is its collection's")
    words = models.IntegerField(default=0)
    created_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    vanished_at = models.BigIntegerField(null=True, help_text="it is no longer where it was imported from")
    state_before = models.CharField(max_length=9, default="", blank=True, help_text="what it was before it was retired")

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "path"], name="library_path_once", condition=~models.Q(path="")
            )
        ]
        indexes = [models.Index(fields=["state", "kind"], name="library_state_kind")]

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """One state of a document. It is never changed; what is better becomes the next one."""

    id = models.AutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="revisions")
    number = models.IntegerField(help_text="counted from 1")
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=200, default="", blank=True, help_text="as the source names them")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    message = models.TextField(default="", blank=True)
    cause = models.CharField(max_length=12, default="hand", help_text="hand, import, live, merge, restored, suggestion")
    provenance = models.JSONField(null=True, help_text="what each sentence comes from; empty where nobody said")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="library_revision_once")]

    def __str__(self) -> str:
        return f"{self.document} r{self.number}"


class Name(models.Model):
    """What a document answers to in links: its path without ending, `title:` and its titles of all times, aliases."""

    id = models.AutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="names")
    name = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="library_name_once")]
        indexes = [models.Index(fields=["name"], name="library_name_word")]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """Where a document leads, as its latest revision says it."""

    id = models.AutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=12, default="links", help_text="links, supersedes, duplicates, implements, ...")
    target = models.TextField(help_text="as it is written")
    wanted = models.TextField(default="", blank=True, help_text="the name that a document would answer to")
    anchor = models.TextField(default="", blank=True)
    label = models.TextField(default="", blank=True)
    start = models.IntegerField(null=True, help_text="characters of the text that the link takes")
    stop = models.IntegerField(null=True)
    to_document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="backlinks")
    to_artifact = models.ForeignKey(Artifact, models.SET_NULL, null=True, related_name="+")
    to_asset = models.ForeignKey(Asset, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["wanted"], name="library_link_wanted")]

    def __str__(self) -> str:
        return f"{self.document} to {self.target}"

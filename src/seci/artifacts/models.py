"""Artifacts, their revisions, the claims they rest on, and recordings with their transcripts."""

from __future__ import annotations

from django.db import models

from seci.assets.models import Asset
from seci.cases.models import Bank
from seci.people.models import Person


class Artifact(models.Model):
    """Something explicit, typed, revised, owned, expiring."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    id = models.AutoField(primary_key=True)
    key = models.CharField(max_length=64, unique=True, help_text="stable name used in digests and exports")
    type = models.CharField(max_length=16, help_text="decision_tree, scorecard, checklist, ...")
    title = models.CharField(max_length=160)
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="artifacts")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    head = models.IntegerField(help_text="number of the latest revision")
    published = models.IntegerField(null=True, help_text="number of the revision that is published")
    published_at = models.BigIntegerField(null=True)
    who = models.TextField(default="", blank=True, help_text="who it is for")
    situation = models.TextField(default="", blank=True, help_text="when it holds")
    exceptions = models.TextField(default="", blank=True, help_text="when it does not hold")
    verified_revision = models.IntegerField(null=True, help_text="number of the revision that somebody confirmed")
    verified_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    verified_at = models.BigIntegerField(null=True)
    expires_at = models.BigIntegerField(null=True, help_text="the verification holds until then")
    unsupported = models.IntegerField(default=0, help_text="nodes of the latest revision that rest on nothing")
    label = models.CharField(max_length=8, default="", blank=True, help_text="draft, working, tested, strong")
    bank = models.ForeignKey(Bank, models.SET_NULL, null=True, related_name="+", help_text="the cases of its evidence")
    created_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()

    class Meta:
        ordering = ["title"]
        indexes = [models.Index(fields=["state", "type"], name="artifact_state_type")]

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """One state of an artifact's body. It is never changed; what is better becomes the next one."""

    id = models.AutoField(primary_key=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="revisions")
    number = models.IntegerField(help_text="counted from 1")
    title = models.CharField(max_length=160)
    body = models.JSONField()
    context = models.JSONField(help_text="who, situation, exceptions as they stood")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    message = models.TextField(default="", blank=True)
    cause = models.CharField(max_length=12, default="hand", help_text="hand, dialogue, import, restored, retraction")
    fidelity = models.JSONField(null=True, help_text="how it did on unseen cases; empty is unknown")
    signed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    signed_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["artifact", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.artifact} r{self.number}"


class Parent(models.Model):
    """Lineage: a revision was made from another one, of the same artifact or of another."""

    id = models.AutoField(primary_key=True)
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Revision, models.CASCADE, related_name="children")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "parent"], name="parent_once")]

    def __str__(self) -> str:
        return f"{self.revision} from {self.parent}"


class Recording(models.Model):
    """Somebody showing or telling how it is done, with the words and when they were said.

    Nothing is kept before everybody who can be seen or heard has agreed: `consent` says who and in what words.
    """

    id = models.AutoField(primary_key=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="recordings")
    title = models.CharField(max_length=160)
    link = models.TextField(default="", blank=True, help_text="where it lies, if not here")
    file = models.TextField(default="", blank=True, help_text="name in the folder of evidence, if it lies here")
    mime = models.CharField(max_length=80, default="", blank=True)
    size = models.BigIntegerField(null=True, help_text="bytes")
    transcript = models.TextField(default="", blank=True, help_text="the words, in one text that spans point into")
    segments = models.JSONField(default=list, help_text="[start of span, second, speaker]")
    consent = models.TextField(help_text="who agreed to what")
    consent_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    consent_at = models.BigIntegerField()
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    removed_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Claim(models.Model):
    """One statement that nodes of an artifact rest on, with the words it comes from."""

    id = models.AutoField(primary_key=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="claims")
    key = models.CharField(max_length=64, help_text="as nodes name it")
    revision = models.IntegerField(help_text="number of the revision it came with")
    kind = models.CharField(max_length=12)
    text = models.TextField()
    quote = models.TextField(default="", blank=True)
    source = models.CharField(max_length=120, default="", blank=True, help_text="turn:<id>, recording:<id>, ...")
    start = models.IntegerField(default=0)
    end = models.IntegerField(default=0)
    slot = models.CharField(max_length=120, default="", blank=True)
    origin = models.CharField(max_length=8, help_text="human, partner, document")
    status = models.CharField(max_length=10, help_text="proposed, confirmed, corrected, contested, retracted")
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    supersedes = models.CharField(max_length=64, null=True, help_text="key of the claim it corrects")
    at = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["artifact", "key"], name="claim_once")]

    def __str__(self) -> str:
        return self.text


class Retirement(models.Model):
    """An artifact taken out of use, by whom and why; `restored_at` once it is back."""

    id = models.AutoField(primary_key=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="retirements")
    state_before = models.CharField(max_length=9)
    reason = models.TextField(default="", blank=True)
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    restored_by = models.IntegerField(null=True)
    restored_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.artifact} retired"

"""A merge as people do it: sources pinned, an outline, what says the same, what contradicts, where sentences come from.

The text of the playbook itself is a document of the library; here lies what it was made of.
"""

from __future__ import annotations

from django.db import models

from seci.assets.models import Asset
from seci.library.models import Document
from seci.people.models import Person


class Merge(models.Model):
    """Several documents on their way into one.

    `step`, `done`, `total` say how far the reading of the sources is, `sentence` why it failed.
    """

    id = models.AutoField(primary_key=True)
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=9, default="reading", help_text="reading, failed, open, published, left")
    recipe = models.CharField(max_length=40, default="", blank=True)
    product = models.CharField(max_length=40, default="", blank=True)
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, related_name="+")
    licence = models.CharField(max_length=120, default="", blank=True, help_text="what the result is under")
    outline = models.JSONField(null=True, help_text="chapters with the sections that go into them")
    equivalents = models.JSONField(default=list, help_text="sentences that say the same, one of each kept")
    gaps = models.JSONField(default=list)
    classes = models.JSONField(
        default=dict, help_text="requirement class: waived with a reason, artifact that checks it"
    )
    everything = models.BooleanField(default=False, help_text="takes in what one guide alone speaks of, too")
    accepts_nc = models.BooleanField(default=False, help_text="the result will never be used for money")
    step = models.CharField(max_length=80, default="", blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    sentence = models.TextField(default="", blank=True)
    draft = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")
    attribution = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")
    published = models.IntegerField(null=True, help_text="number of the revision of the draft that was published")
    published_at = models.BigIntegerField(null=True)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="who answers for it")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    changed_at = models.BigIntegerField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """One document of a merge, held at one of its revisions."""

    id = models.AutoField(primary_key=True)
    merge = models.ForeignKey(Merge, models.CASCADE, related_name="sources")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    revision = models.IntegerField()
    guide = models.CharField(max_length=200, help_text="the collection it belongs to, else its own title")
    licence = models.CharField(max_length=120, default="", blank=True)
    source_class = models.CharField(max_length=40, default="", blank=True, help_text="as the recipe calls it")
    place = models.IntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["merge", "document"], name="merge_source_once")]

    def __str__(self) -> str:
        return f"{self.document} r{self.revision}"


class Conflict(models.Model):
    """Two sentences that cannot both be followed, and what was decided about them.

    It comes back only when one of the two sentences changes: then it is open again and `before` tells the decision.
    """

    id = models.AutoField(primary_key=True)
    merge = models.ForeignKey(Merge, models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=20, help_text="threshold, modality, action, order, subsumed, superseded")
    sentence = models.TextField(help_text="what is different, in words")
    score = models.FloatField(default=0.0)
    found = models.JSONField(help_text="both rules with their places, as they were found")
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=7, default="open", help_text="open, asked, decided")
    choice = models.CharField(max_length=7, default="", blank=True, help_text="a, b, split, both, ask, none")
    when_a = models.TextField(default="", blank=True, help_text="of a split: when the first holds")
    when_b = models.TextField(default="", blank=True, help_text="of a split: when the second holds")
    reason = models.TextField(default="", blank=True)
    adr = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(null=True, help_text="the decision that stood before a sentence changed")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.BigIntegerField(null=True)
    at = models.BigIntegerField()

    class Meta:
        ordering = ["-score", "id"]
        constraints = [models.UniqueConstraint(fields=["merge", "fingerprint"], name="merge_conflict_once")]

    def __str__(self) -> str:
        return self.sentence


class Request(models.Model):
    """Somebody who answers for a source is asked which of two sentences holds."""

    id = models.AutoField(primary_key=True)
    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="requests")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    question = models.TextField()
    answer = models.CharField(max_length=7, default="", blank=True)
    words = models.TextField(default="", blank=True)
    at = models.BigIntegerField()
    answered_at = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conflict", "document"], name="merge_request_once")]

    def __str__(self) -> str:
        return self.question


class Proposal(models.Model):
    """What an agent proposed to do about a conflict. Nothing happens before a person takes it."""

    id = models.AutoField(primary_key=True)
    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="proposals")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="whom the agent serves")
    choice = models.CharField(max_length=7, help_text="as of a conflict")
    when_a = models.TextField(default="", blank=True)
    when_b = models.TextField(default="", blank=True)
    reason = models.TextField()
    at = models.BigIntegerField()
    settled_at = models.BigIntegerField(null=True)
    came_of_it = models.CharField(max_length=7, default="", blank=True, help_text="taken, dropped")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.choice}: {self.reason}"


class Tracing(models.Model):
    """What each statement of one revision of a draft rests on, in the order of the text."""

    id = models.AutoField(primary_key=True)
    merge = models.ForeignKey(Merge, models.CASCADE, related_name="tracings")
    revision = models.IntegerField()
    traces = models.JSONField()
    at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "revision"], name="merge_tracing_once")]

    def __str__(self) -> str:
        return f"{self.merge} r{self.revision}"


class Finding(models.Model):
    """Something in the library that a person should decide, once: it is known again by its fingerprint."""

    id = models.AutoField(primary_key=True)
    kind = models.CharField(max_length=9, help_text="duplicate, conflict, gap, stale, link, changed")
    fingerprint = models.CharField(max_length=64, unique=True)
    sentence = models.TextField()
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+")
    other = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+")
    merge = models.ForeignKey(Merge, models.CASCADE, null=True, related_name="findings")
    data = models.JSONField(default=dict)
    score = models.FloatField(default=0.0)
    state = models.CharField(max_length=7, default="open", help_text="open, decided, gone")
    decision = models.CharField(max_length=12, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.BigIntegerField(null=True)
    at = models.BigIntegerField()

    class Meta:
        ordering = ["-score", "id"]
        indexes = [models.Index(fields=["state", "kind"], name="finding_state_kind")]

    def __str__(self) -> str:
        return self.sentence


class Look(models.Model):
    """One look through the whole library for findings."""

    id = models.AutoField(primary_key=True)
    state = models.CharField(max_length=7, default="waiting", help_text="waiting, running, done, failed")
    step = models.CharField(max_length=80, default="", blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    found = models.IntegerField(null=True)
    sentence = models.TextField(default="", blank=True)
    by = models.IntegerField(null=True)
    at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"look {self.pk}"


class Sample(models.Model):
    """A published sentence drawn by lot, to be held against its source by a person."""

    id = models.AutoField(primary_key=True)
    merge = models.ForeignKey(Merge, models.CASCADE, related_name="samples")
    revision = models.IntegerField()
    number = models.IntegerField()
    verdict = models.CharField(max_length=9, default="", blank=True, help_text="confirmed, wrong, unclear")
    words = models.TextField(default="", blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.BigIntegerField()
    judged_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["merge", "revision", "number"], name="merge_sample_once")]

    def __str__(self) -> str:
        return f"sample {self.pk}"


class Plan(models.Model):
    """A path for somebody new: pages to read, artifacts to use, judgements to practise, in order."""

    id = models.AutoField(primary_key=True)
    title = models.CharField(max_length=160)
    audience = models.CharField(max_length=200, default="", blank=True)
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, related_name="+")
    concept = models.IntegerField(null=True)
    steps = models.JSONField(default=list)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")
    by = models.IntegerField(null=True)
    at = models.BigIntegerField()
    changed_at = models.BigIntegerField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

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
    task_type = models.CharField(
        max_length=16, default="", db_default="", blank=True, help_text="focused or broad, process or content"
    )
    users = models.ManyToManyField(Person, blank=True, related_name="+", help_text="who depends on it")
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


class Retirement(models.Model):
    """An asset taken out of use, by whom and why; `restored_at` once it is back."""

    id = models.AutoField(primary_key=True)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="retirements")
    state_before = models.CharField(max_length=8)
    reason = models.TextField(default="", blank=True)
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    restored_by = models.IntegerField(null=True)
    restored_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.asset} retired"


class Merger(models.Model):
    """One asset taken up by another. Its events and scopes stay its own and are read as the survivor's."""

    id = models.AutoField(primary_key=True)
    absorbed = models.ForeignKey(Asset, models.CASCADE, related_name="mergers")
    survivor = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    state_before = models.CharField(max_length=8)
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    undone_by = models.IntegerField(null=True)
    undone_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.absorbed} into {self.survivor}"


class Division(models.Model):
    """A part of an asset that became one of its own."""

    id = models.AutoField(primary_key=True)
    whole = models.ForeignKey(Asset, models.CASCADE, related_name="divisions")
    part = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    scopes = models.JSONField(help_text="[source, prefix, pattern] of what moved")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.part} out of {self.whole}"


class Suggestion(models.Model):
    """An asset that new files seem to form. Nothing changes until a person accepts it."""

    id = models.AutoField(primary_key=True)
    source = models.IntegerField(db_index=True, help_text="ledger source")
    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=120)
    topic = models.CharField(max_length=24, default="code")
    languages = models.JSONField(default=list)
    scopes = models.JSONField(help_text="[prefix, pattern]")
    reason = models.TextField()
    at = models.BigIntegerField()
    answered_at = models.BigIntegerField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Nomination(models.Model):
    """Somebody says that a person knows an asset. Shown beside the evidence, never added to it."""

    id = models.AutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="nominations")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="nominations")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    withdrawn_at = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "asset", "by"], condition=models.Q(withdrawn_at=None), name="nomination_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.asset}"


class Correction(models.Model):
    """What a person says about an own entry of the directory: hide it from others, or it is wrong, and why."""

    class Kind(models.TextChoices):
        HIDDEN = "hidden"
        WRONG = "wrong"

    id = models.AutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="corrections")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    note = models.TextField(default="", blank=True)
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()
    lifted_at = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "asset"], condition=models.Q(lifted_at=None), name="correction_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.asset}: {self.kind}"

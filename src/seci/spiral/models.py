"""Projections of the ledger. Every row here can be thrown away and built again from events."""

from __future__ import annotations

from django.db import models

from seci.assets.models import Asset
from seci.people.models import Person
from seci.spiral.horizon import NEVER


class Contact(models.Model):
    """Contact of one identity with one asset in one calendar month, by one way: an exact, additive cell.

    Integer sums make it independent of the order of events: adding a day's events gives what a rebuild gives.
    """

    class Way(models.IntegerChoices):
        AUTHORING = 0
        REVIEWING = 1
        PAIRING = 2
        DOCUMENTS = 3
        COMBINING = 4

    id = models.BigAutoField(primary_key=True)
    asset = models.IntegerField()
    identity = models.IntegerField()
    month = models.IntegerField(help_text="months since 1970-01")
    way = models.SmallIntegerField(choices=Way)
    events = models.IntegerField()
    weight = models.BigIntegerField(help_text="thousandths")
    last_t = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "identity", "month", "way"], name="contact_cell")]

    def __str__(self) -> str:
        return f"{self.identity} on {self.asset} in {self.month}"


class KindCount(models.Model):
    """How many events of one kind an asset has: what the two layers, modes and loops, are counted from."""

    id = models.BigAutoField(primary_key=True)
    asset = models.IntegerField()
    kind = models.SmallIntegerField()
    events = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "kind"], name="kind_count_cell")]

    def __str__(self) -> str:
        return f"{self.events} of kind {self.kind} on {self.asset}"


class Holding(models.Model):
    """What one person has had to do with one asset, decayed to `as_of` (days since the epoch)."""

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="holdings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="holdings")
    as_of = models.IntegerField()
    familiarity = models.FloatField()
    held = models.FloatField(help_text="familiarity on the 0 to 1 scale of the asset")
    authored = models.IntegerField(default=0)
    reviewed = models.IntegerField(default=0)
    paired = models.IntegerField(default=0)
    documented = models.IntegerField(default=0)
    combined = models.IntegerField(default=0)
    first_t = models.BigIntegerField()
    last_t = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "person"], name="holding_once")]
        indexes = [models.Index(fields=["person", "asset"], name="holding_person")]

    def __str__(self) -> str:
        return f"{self.person} on {self.asset}"


class AssetRisk(models.Model):
    """Coverage, knowledge at risk and the concentration readings of one asset, as of one day."""

    asset = models.OneToOneField(Asset, models.CASCADE, primary_key=True, related_name="risk")
    as_of = models.IntegerField(help_text="days since 1970")
    events = models.IntegerField()
    people = models.IntegerField(help_text="people with any contact, ever")
    holders = models.IntegerField(help_text="people here now who hold it")
    coverage = models.FloatField()
    coverage_low = models.FloatField()
    coverage_high = models.FloatField()
    at_risk = models.FloatField(help_text="knowledge at risk, hours a week")
    at_risk_low = models.FloatField()
    at_risk_high = models.FloatField()
    demand = models.FloatField(help_text="changes a week over the last year")
    talked = models.IntegerField(help_text="people who reviewed, paired or were reviewed")
    wrote = models.IntegerField(help_text="people who wrote about it")
    combined = models.IntegerField(help_text="people who brought documents together")
    practised = models.IntegerField(help_text="people who changed it")
    absence_factor = models.IntegerField(null=True, help_text="fewest people making half of the contact")
    top_share = models.FloatField(null=True)
    gini = models.FloatField(null=True)
    entropy = models.FloatField(null=True)
    last_t = models.BigIntegerField()

    def __str__(self) -> str:
        return f"risk of {self.asset}"


class FileReading(models.Model):
    """What the files of one asset say, as of one instant: read off file touches, not off events."""

    asset = models.OneToOneField(Asset, models.CASCADE, primary_key=True, related_name="file_reading")
    as_of = models.BigIntegerField()
    files = models.IntegerField(help_text="live files")
    at_risk = models.IntegerField(help_text="live files that fewer than two people here know")
    orphaned = models.IntegerField(help_text="live files that nobody here knows")
    bus_factor = models.IntegerField(null=True, help_text="truck factor, all time")
    bus_factor_active = models.IntegerField(null=True, help_text="truck factor among people active within a year")

    def __str__(self) -> str:
        return f"files of {self.asset}"


class FileAtRisk(models.Model):
    """A live file that fewer than two people here know; of each asset the ones changed most."""

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="files_at_risk")
    path = models.TextField()
    knows = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    changes = models.IntegerField()
    last_t = models.BigIntegerField()

    class Meta:
        ordering = ["-changes", "path"]

    def __str__(self) -> str:
        return self.path


class KnowerSet(models.Model):
    """How many live files of an asset are known by exactly these people here, for sets of one to five people."""

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="knower_sets")
    people = models.JSONField()
    files = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.files} files of {self.asset}"


class Attendance(models.Model):
    """Months active of the last twelve, for one person. Enters coverage; never shown to anyone else."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="attendance")
    months = models.IntegerField()
    last_t = models.BigIntegerField()
    until = models.BigIntegerField(default=NEVER, help_text="until when the repositories they worked in tell")

    def __str__(self) -> str:
        return f"attendance of {self.person}"


class Forewarned(models.Model):
    """An asset that one person alone held at the end of a past quarter, and what came of it."""

    id = models.BigAutoField(primary_key=True)
    quarter = models.IntegerField(help_text="quarters since 1970-Q1")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    holder = models.ForeignKey(Person, models.CASCADE, related_name="+")
    coverage = models.FloatField()
    left_at = models.BigIntegerField(null=True, help_text="when the holder was last seen; empty while here")
    changes = models.IntegerField(help_text="events by others on the asset in the year after that")

    class Meta:
        indexes = [models.Index(fields=["quarter"], name="forewarned_quarter")]

    def __str__(self) -> str:
        return f"{self.asset} in quarter {self.quarter}"


class Projection(models.Model):
    """How far into the ledger a projection has read."""

    name = models.CharField(max_length=24, primary_key=True)
    seq = models.BigIntegerField(default=0)
    as_of = models.IntegerField(default=0, help_text="days since 1970")
    shape = models.CharField(max_length=80, default="", help_text="fingerprint of who is who and which assets count")

    def __str__(self) -> str:
        return f"{self.name} up to #{self.seq}"


class AssetTrend(models.Model):
    """The same readings at the end of a past quarter, from the events up to then."""

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="trend")
    quarter = models.IntegerField(help_text="quarters since 1970-Q1")
    events = models.IntegerField()
    holders = models.IntegerField()
    coverage = models.FloatField(null=True)
    at_risk = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "quarter"], name="trend_once")]

    def __str__(self) -> str:
        return f"{self.asset} in quarter {self.quarter}"

"""The tables of the ledger. Rows of `Event` and `Outcome` are written once and never changed."""

from __future__ import annotations

from django.db import models

from seci.ledger.kinds import Kind


class Source(models.Model):
    """Where events come from: a repository, a calendar, an export, this instance itself."""

    id = models.AutoField(primary_key=True)
    kind = models.CharField(max_length=32)
    uri = models.TextField(unique=True)
    title = models.CharField(max_length=200)
    added_at = models.BigIntegerField()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Run(models.Model):
    """One import from a source: where it stands, what it took in, what it set aside."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        UNDONE = "undone"

    id = models.AutoField(primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="runs")
    version = models.IntegerField(default=1)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    started_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)
    cursor = models.JSONField(null=True)
    step = models.CharField(max_length=80, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=16, default="commits")
    accepted = models.BigIntegerField(default=0)
    duplicate = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    sentence = models.TextField(default="")
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")
    first_seq = models.BigIntegerField(null=True)
    last_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.source} #{self.pk} {self.state}"


class Event(models.Model):
    """One thing that happened.

    key         16 bytes, idempotency: 6 bytes event milliseconds, 10 bytes BLAKE2b of the native identity
    t           microseconds since the epoch, UTC, at the source
    actor, other  identities, resolved to people when read, so that joining two identities rewrites nothing
    weight      thousandths of one unit of contact; 0 withdraws what it supersedes
    source_key  native identity at the source (for git the commit id), to trace a number back to its origin
    supersedes  the event that this one corrects or withdraws

    Every index costs a third of the speed of an import, so there are only those that a page needs: events of a
    run are found by the run's range of seq, events of a moment by their key, which begins with the time. The
    rows of one append share source and run, which is checked once; a constraint would check each row.
    """

    seq = models.BigAutoField(primary_key=True)
    key = models.BinaryField(max_length=16, unique=True)
    t = models.BigIntegerField()
    actor = models.IntegerField()
    other = models.IntegerField(null=True)
    asset = models.IntegerField(null=True)
    kind = models.SmallIntegerField(choices=[(kind.value, kind.name.lower()) for kind in Kind])
    weight = models.IntegerField(default=1000)
    artifact = models.IntegerField(null=True)
    revision = models.IntegerField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, db_index=False, db_constraint=False)
    source_key = models.BinaryField(max_length=64)
    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    supersedes = models.BigIntegerField(null=True)
    recorded_at = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["asset", "actor", "t"], name="event_asset_actor"),
            models.Index(fields=["supersedes"], name="event_supersedes", condition=models.Q(supersedes__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} {Kind(self.kind).name.lower()}"


class Outcome(models.Model):
    """How it went, for the events that were scored: score 0 to 1, pressure 0 to 3, aid, difficulty 0 to 1, hours."""

    class Aid(models.IntegerChoices):
        NONE = 0
        ARTIFACT = 1
        PERSON = 2

    event = models.OneToOneField(Event, models.DO_NOTHING, primary_key=True, related_name="outcome")
    score = models.FloatField(null=True)
    pressure = models.SmallIntegerField(null=True)
    aid = models.SmallIntegerField(choices=Aid, null=True)
    difficulty = models.FloatField(null=True)
    hours = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"outcome of #{self.pk}"


class Quarantine(models.Model):
    """A record that could not be read: where it is, what was wrong, what was expected."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="quarantined")
    locator = models.TextField()
    code = models.CharField(max_length=40)
    sentence = models.TextField()
    seen_at = models.BigIntegerField()
    resolved_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.locator}: {self.code}"


class Segment(models.Model):
    """One month of effective events, sealed as a Parquet file for analysis; it can always be made again."""

    month = models.IntegerField(primary_key=True, help_text="months since 1970-01")
    file = models.TextField()
    rows = models.BigIntegerField()
    seq_max = models.BigIntegerField(help_text="the ledger up to here is in it")
    sha256 = models.CharField(max_length=64)
    sealed_at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.file


class Erasure(models.Model):
    """The only time rows of the ledger may be changed or removed: while one of these is open, in its transaction."""

    id = models.AutoField(primary_key=True)
    scope = models.TextField()
    rows = models.BigIntegerField(default=0)
    opened_at = models.BigIntegerField()
    closed_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.scope

"""Dialogues as they are written down: each turn before the next one is asked, so that nothing said is lost."""

from __future__ import annotations

from django.db import models

from seci.assets.models import Asset
from seci.cases.models import Bank
from seci.people.models import Ba, Person


class Elicitation(models.Model):
    """A dialogue with one expert about one decision.

    expert   the person whose judgement is drawn out; `account` is whose sign-in may answer
    consent  what the expert agreed to, and when; nothing is recorded before
    """

    class State(models.TextChoices):
        OPEN = "open"
        PAUSED = "paused"
        FINISHED = "finished"
        ABANDONED = "abandoned"

    id = models.AutoField(primary_key=True)
    title = models.CharField(max_length=200)
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+")
    conversion = models.CharField(max_length=40, default="", blank=True)
    protocol = models.CharField(max_length=40, default="", blank=True)
    bank = models.ForeignKey(Bank, models.SET_NULL, null=True, blank=True, related_name="+")
    setting = models.JSONField(default=dict)
    seed = models.BigIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    artifact = models.IntegerField(null=True, help_text="the artifact that it writes or revises")
    facilitator = models.IntegerField(null=True, help_text="account that opened it; empty for the terminal")
    expert = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    account = models.IntegerField(null=True, help_text="account that answers; empty for the terminal")
    ba = models.ForeignKey(Ba, models.SET_NULL, null=True, related_name="+")
    consented_at = models.BigIntegerField(null=True)
    consent = models.JSONField(default=dict)
    opened_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    finished_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "externalization_elicitation"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class Turn(models.Model):
    """One question and, once it is given, its answer. The question is stored before it is shown."""

    id = models.BigAutoField(primary_key=True)
    elicitation = models.ForeignKey(Elicitation, models.CASCADE, related_name="turns")
    number = models.IntegerField(help_text="counted from 1")
    question = models.JSONField()
    answer = models.JSONField(null=True)
    asked_at = models.BigIntegerField()
    answered_at = models.BigIntegerField(null=True)
    speaker = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    account = models.IntegerField(null=True, help_text="account through which it was answered")
    door = models.CharField(max_length=8, default="", help_text="page, rest, mcp or cli")

    class Meta:
        db_table = "externalization_turn"
        ordering = ["elicitation", "number"]
        constraints = [models.UniqueConstraint(fields=["elicitation", "number"], name="turn_once")]

    def __str__(self) -> str:
        return f"{self.elicitation} #{self.number}"


class Proposal(models.Model):
    """A question that a partner's work on one turn makes, waiting to be asked; or a remark on that work."""

    id = models.AutoField(primary_key=True)
    elicitation = models.ForeignKey(Elicitation, models.CASCADE, related_name="proposals")
    number = models.IntegerField(help_text="of the turn whose words it is about")
    kind = models.CharField(max_length=8, help_text="claims, probe, analogy, case, no case, nothing or remark")
    data = models.JSONField(default=dict)
    asked_in = models.IntegerField(null=True, help_text="number of the turn that asked it")
    at = models.BigIntegerField()

    class Meta:
        db_table = "externalization_proposal"
        indexes = [models.Index(fields=["elicitation", "number"], name="proposal_of_turn")]

    def __str__(self) -> str:
        return f"{self.kind} on turn {self.number}"


class Invitation(models.Model):
    """A link to one dialogue for one person. Only its fingerprint is stored; the first account that opens it keeps
    it."""

    id = models.AutoField(primary_key=True)
    elicitation = models.ForeignKey(Elicitation, models.CASCADE, related_name="invitations")
    fingerprint = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    created_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    taken_at = models.BigIntegerField(null=True)
    taken_by = models.IntegerField(null=True, help_text="account")
    revoked_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "externalization_invitation"

    def __str__(self) -> str:
        return f"invitation to {self.elicitation}"


class Transcript(models.Model):
    """Words from another place (a transcript, a chat, a review, a document) that claims are drawn from."""

    id = models.AutoField(primary_key=True)
    title = models.CharField(max_length=200)
    form = models.CharField(max_length=12, default="document", help_text="transcript, chat, review or document")
    text = models.TextField()
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+")
    elicitation = models.ForeignKey(Elicitation, models.SET_NULL, null=True, related_name="transcripts")
    artifact = models.IntegerField(null=True, help_text="the artifact written from what was confirmed")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()

    class Meta:
        db_table = "externalization_transcript"

    def __str__(self) -> str:
        return self.title


class Candidate(models.Model):
    """A claim found in a transcript, waiting for a person to confirm, correct or reject it."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        CORRECTED = "corrected"
        REJECTED = "rejected"

    id = models.AutoField(primary_key=True)
    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="candidates")
    kind = models.CharField(max_length=12)
    speaker = models.CharField(max_length=80, default="", db_default="", blank=True, help_text="as the text names them")
    text = models.TextField()
    begins = models.IntegerField()
    ends = models.IntegerField()
    slot = models.CharField(max_length=120, default="", blank=True)
    origin = models.CharField(max_length=8, default="document")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "externalization_candidate"
        ordering = ["transcript", "begins", "id"]

    def __str__(self) -> str:
        return self.text


class ConversionTest(models.Model):
    """A conversion test of an artifact (metric 6): novices alone, novices with it, and the expert on unseen cases."""

    id = models.AutoField(primary_key=True)
    artifact = models.IntegerField()
    revision = models.IntegerField(null=True)
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+")
    counts = models.JSONField(help_text="counts of right answers and cases of each group")
    gain = models.FloatField(null=True, help_text="empty is unknown")
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    sentence = models.TextField(default="")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()

    class Meta:
        db_table = "externalization_conversion_test"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"conversion test of artifact {self.artifact}"

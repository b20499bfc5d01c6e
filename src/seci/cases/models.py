"""Banks of cases: the situations of one decision, what can be said of them, and what somebody judged."""

from __future__ import annotations

from django.db import models

from seci.assets.models import Asset
from seci.people.models import Person


class Bank(models.Model):
    """The cases of one decision. `changed_at` moves with every change of attributes, outcomes or cases."""

    id = models.AutoField(primary_key=True)
    title = models.CharField(max_length=200)
    decision = models.TextField(default="", blank=True, help_text="what is decided on each case")
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+")
    outcomes = models.JSONField(default=list, help_text="what can be decided")
    attributes = models.JSONField(default=list, help_text="attributes as `cases.codec` writes them")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    created_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    retired_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "cases_bank"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Case(models.Model):
    """One situation. `key` is its name inside the bank: the number of a row, the id of a commit."""

    id = models.AutoField(primary_key=True)
    bank = models.ForeignKey(Bank, models.CASCADE, related_name="cases")
    key = models.CharField(max_length=80)
    facts = models.JSONField(help_text="by attribute key; what is absent or null is not known")
    source = models.CharField(max_length=9, default="real")
    title = models.TextField(default="", blank=True)
    parent = models.CharField(max_length=80, default="", blank=True, help_text="key of the case it was made from")
    changed = models.JSONField(default=list, help_text="attributes in which it differs from its parent")
    link = models.TextField(default="", blank=True)

    class Meta:
        db_table = "cases_case"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bank", "key"], name="case_once")]

    def __str__(self) -> str:
        return self.title or self.key


class Judgement(models.Model):
    """What one person said of one case, in one dialogue. Who it was is stored and is no figure on anybody."""

    id = models.AutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="judgements")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    elicitation = models.IntegerField(null=True, help_text="the dialogue it was said in")
    number = models.IntegerField(null=True, help_text="the turn of that dialogue")
    outcome = models.CharField(max_length=200)
    looked = models.JSONField(default=list, help_text="attributes opened on the board, in order")
    latency_ms = models.IntegerField(null=True)
    sure = models.BooleanField(null=True)
    predicted = models.CharField(max_length=200, null=True)
    audit = models.BooleanField(default=False)
    repeat_of = models.CharField(max_length=80, default="", blank=True)
    because = models.TextField(default="", blank=True)
    may_be_shown = models.BooleanField(default=False, help_text="whether the person agreed to be named beside it")
    at = models.BigIntegerField()
    retracted_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "cases_judgement"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["elicitation", "number"], name="judgement_once")]

    def __str__(self) -> str:
        return f"{self.case}: {self.outcome}"

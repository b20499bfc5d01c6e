"""People, the identities they are known by, and the units they belong to."""

from __future__ import annotations

from django.db import models


class Unit(models.Model):
    """A team or another part of the organization."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    origin = models.CharField(max_length=16, default="hand", help_text="hand, csv, or proposed")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Someone who knows, learns or helps. Programs are kept apart: a bot is never a person in any figure."""

    class Nature(models.TextChoices):
        PERSON = "person"
        BOT = "bot"
        AGENT = "agent"
        SHARED = "shared", "shared mailbox"

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=200)
    nature = models.CharField(max_length=8, choices=Nature, default=Nature.PERSON)
    function = models.CharField(max_length=80, default="", blank=True)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="people")
    starts_on = models.DateField(null=True, blank=True)
    leaves_on = models.DateField(null=True, blank=True, help_text="expected or actual exit")
    load_cap = models.FloatField(null=True, blank=True, help_text="hours a week for helping others")
    named = models.BooleanField(
        default=False, db_default=False, help_text="a person has chosen the name; rules leave it"
    )
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="absorbed")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """One name and address under which a person appears at the sources. Events point here, never at Person."""

    id = models.AutoField(primary_key=True)
    key = models.CharField(max_length=400, unique=True, help_text="name <address> as the source gave it")
    name = models.CharField(max_length=200, default="")
    email = models.CharField(max_length=254, default="")
    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    rule = models.CharField(max_length=24, default="alone", help_text="what tied it to the person")
    confidence = models.FloatField(default=1.0)
    confirmed = models.BooleanField(default=False, help_text="a person has decided; rules keep their hands off")

    class Meta:
        ordering = ["name", "email"]
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return self.key


class Joining(models.Model):
    """Two people who turned out to be one. The absorbed row stays, so that what points to it still leads somewhere."""

    id = models.AutoField(primary_key=True)
    survivor = models.ForeignKey(Person, models.CASCADE, related_name="+")
    absorbed = models.ForeignKey(Person, models.CASCADE, related_name="+")
    identities = models.JSONField(help_text="the identities that moved, to give them back")
    rule = models.CharField(max_length=24, help_text="what tied them; empty when a person said so", blank=True)
    by = models.IntegerField(null=True, help_text="account; empty for the rules and for the terminal")
    at = models.BigIntegerField()
    undone_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.absorbed} into {self.survivor}"


class Suggestion(models.Model):
    """Two identities that may be one person's, waiting for a person to say."""

    id = models.AutoField(primary_key=True)
    one = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    two = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=24)
    confidence = models.FloatField()
    at = models.BigIntegerField()

    class Meta:
        ordering = ["-confidence", "id"]
        constraints = [models.UniqueConstraint(fields=["one", "two"], name="suggestion_once")]

    def __str__(self) -> str:
        return f"{self.one} = {self.two}?"


class Verdict(models.Model):
    """What a person said about two identities: one person's, or two people's. No rule overrules it."""

    id = models.AutoField(primary_key=True)
    one = models.ForeignKey(Identity, models.CASCADE, related_name="+", help_text="the one with the lower id")
    two = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    same = models.BooleanField()
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "two"], name="verdict_once")]

    def __str__(self) -> str:
        return f"{self.one} {'=' if self.same else '≠'} {self.two}"


class UnitProposal(models.Model):
    """People who work together more than with others, proposed as a unit; a person accepts or dismisses it."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=120)
    people = models.ManyToManyField(Person, related_name="+")
    reason = models.TextField()
    at = models.BigIntegerField()
    answered_at = models.BigIntegerField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Ba(models.Model):
    """A shared context that activities belong to: why these people meet, where, how often, by which rules.

    The four types are those of Nonaka and Konno (1998): originating, dialoguing, systemizing, exercising.
    """

    class Type(models.TextChoices):
        ORIGINATING = "originating"
        DIALOGUING = "dialoguing"
        SYSTEMIZING = "systemizing"
        EXERCISING = "exercising"

    id = models.AutoField(primary_key=True)
    type = models.CharField(max_length=11, choices=Type)
    purpose = models.TextField()
    place = models.TextField(default="", blank=True, help_text="a place or a tool")
    rhythm = models.TextField(default="", blank=True)
    rules = models.TextField(default="", blank=True)
    people = models.ManyToManyField(Person, blank=True, related_name="+")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    at = models.BigIntegerField()

    class Meta:
        db_table = "people_ba"

    def __str__(self) -> str:
        return self.purpose

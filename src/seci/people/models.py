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

    class Meta:
        ordering = ["name"]

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

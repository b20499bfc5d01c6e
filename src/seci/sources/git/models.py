"""Repositories that this instance reads."""

from __future__ import annotations

from django.db import models

from seci.ledger.models import Source


class Repository(models.Model):
    """A git repository, and how far its history has been read."""

    source = models.OneToOneField(Source, models.CASCADE, primary_key=True, related_name="repository")
    path = models.TextField(unique=True, help_text="the folder as given, absolute")
    tip = models.CharField(max_length=64, default="", help_text="last commit in the ledger")
    object_format = models.CharField(max_length=8, default="sha1")
    shallow = models.BooleanField(default=False)
    notes = models.JSONField(default=list, help_text="sentences about what could not be read, and why")
    commits = models.IntegerField(default=0)

    class Meta:
        verbose_name_plural = "repositories"

    def __str__(self) -> str:
        return self.path

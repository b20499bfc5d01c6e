"""What agents proposed, and what their people made of it."""

from __future__ import annotations

from django.db import models

from seci.people.models import Person


class Proposal(models.Model):
    """A decision that an agent drafted for the person it works for. Nothing happens before that person confirms."""

    id = models.AutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", help_text="who decides")
    kind = models.CharField(max_length=7, help_text="review, promote, decide")
    target = models.IntegerField(help_text="the run, the artifact, the challenge")
    about = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", help_text="who would be promoted")
    said = models.JSONField(help_text="what the agent filled in")
    at = models.BigIntegerField()
    settled_at = models.BigIntegerField(null=True)
    came_of_it = models.CharField(max_length=9, default="", blank=True, help_text="confirmed, dropped")

    class Meta:
        app_label = "internalization"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"

"""Role-plays and what their observers saw."""

from __future__ import annotations

from django.db import models

from seci.people.models import Person


class Play(models.Model):
    """A role-play of three on a case that its decider had not met. The script is fixed when it is prepared."""

    id = models.AutoField(primary_key=True)
    pattern = models.ForeignKey("internalization.Pattern", models.CASCADE, related_name="+")
    case = models.ForeignKey("internalization.PracticeCase", models.CASCADE, related_name="+")
    revision = models.IntegerField()
    decider = models.ForeignKey(Person, models.CASCADE, related_name="+")
    counterpart = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    observer = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    script = models.JSONField()
    ticks = models.JSONField(null=True, help_text="{item of the form: seen, not_seen, no_occasion}")
    note = models.TextField(default="", blank=True, help_text="the observer's words for the decider")
    result = models.JSONField(null=True)
    at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)
    seq = models.BigIntegerField(null=True, help_text="its event in the ledger")

    class Meta:
        app_label = "internalization"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.decider} on {self.case}"

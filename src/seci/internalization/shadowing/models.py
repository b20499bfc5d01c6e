"""Rankings of a case, before and after seeing how experts rank it."""

from __future__ import annotations

from django.db import models

from seci.people.models import Person


class Ranking(models.Model):
    """One learner's ranking of one case; written when the case is shown. The first ranking counts."""

    id = models.AutoField(primary_key=True)
    case = models.ForeignKey("internalization.PracticeCase", models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    shown_at = models.BigIntegerField()
    first = models.JSONField(null=True, help_text="options, best first")
    reason = models.TextField(default="", blank=True)
    first_at = models.BigIntegerField(null=True)
    second = models.JSONField(null=True, help_text="the same after seeing the experts'")
    why = models.TextField(default="", blank=True, help_text="what moved them, or why it stays")
    second_at = models.BigIntegerField(null=True)
    result = models.JSONField(null=True, help_text="the first ranking beside the panel's of that day")
    seq = models.BigIntegerField(null=True, help_text="its event in the ledger")

    class Meta:
        app_label = "internalization"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="ranking_once")]

    def __str__(self) -> str:
        return f"{self.person} on {self.case}"

"""What was proposed, and what people made of it."""

from __future__ import annotations

from django.db import models

from seci.assets.models import Asset
from seci.people.models import Person


class Proposal(models.Model):
    """A transfer that the cycle proposes now: ranked anew whenever the projections move on."""

    id = models.BigAutoField(primary_key=True)
    place = models.IntegerField(help_text="order, near-ties drawn by lot")
    tied = models.BooleanField(default=False)
    activity = models.CharField(max_length=12)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="proposals")
    holder = models.ForeignKey(Person, models.CASCADE, related_name="+")
    learner = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    hours = models.FloatField()
    relief = models.FloatField(help_text="fall of knowledge at risk, hours a week")
    relief_low = models.FloatField()
    relief_high = models.FloatField()
    share = models.FloatField(help_text="relief as a share of the asset's knowledge at risk")
    changes = models.IntegerField()
    together = models.IntegerField()
    as_of = models.IntegerField(help_text="days since 1970")

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.activity} on {self.asset}"


class Answer(models.Model):
    """What someone decided about a proposal: the same activity, asset and people are then not proposed again."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted"
        DECLINED = "declined"

    id = models.AutoField(primary_key=True)
    verdict = models.CharField(max_length=8, choices=Verdict)
    activity = models.CharField(max_length=12)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    holder = models.ForeignKey(Person, models.CASCADE, related_name="+")
    learner = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    account = models.IntegerField(null=True, help_text="who answered")
    answered_at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.verdict}: {self.activity} on {self.asset}"

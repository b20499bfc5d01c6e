"""Which partner the instance has, and how its calls went. No word of any dialogue and no key is kept here."""

from __future__ import annotations

from django.db import models


class Setting(models.Model):
    """The one row that says who the partner is; without it there is none."""

    id = models.IntegerField(primary_key=True, default=1)
    provider = models.CharField(max_length=16)
    url = models.TextField()
    model = models.TextField()
    manner = models.CharField(max_length=8, default="tool")
    seconds = models.FloatField(default=6.0)
    on = models.BooleanField(default=False, db_column="is_on")
    changed_by = models.IntegerField(null=True, help_text="the account that changed it last")
    changed_at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.model} at {self.url}"


class Call(models.Model):
    """One call: what for, how long, how it ended, how many proposals passed the checks. Swept after 90 days."""

    at = models.BigIntegerField()
    purpose = models.CharField(max_length=16, help_text="listen, word, cases, draft, test")
    ending = models.CharField(max_length=12)
    ms = models.IntegerField()
    kept = models.IntegerField(default=0)
    dropped = models.IntegerField(default=0)
    tokens_in = models.IntegerField(null=True)
    tokens_out = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="partner_call_at")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.ending}"

"""What a text that several people write is made of, until it is a revision of the library."""

from __future__ import annotations

from django.db import models


class Text(models.Model):
    """The shared text of one document.

    `state` holds the text of `revision` as a CRDT, with its whole history; updates above `saved` come on top of it.
    The document is a number and no key: what was typed outlives it.
    """

    id = models.AutoField(primary_key=True)
    document = models.IntegerField(unique=True)
    title = models.CharField(max_length=200)
    history = models.CharField(max_length=32, help_text="name of this history; a page with another one may not join")
    state = models.BinaryField()
    revision = models.IntegerField(help_text="number of the revision that `state` reads as")
    saved = models.IntegerField(default=0, help_text="number of the last update that `state` holds")
    number = models.IntegerField(default=0, help_text="number of the last update")
    opened_at = models.BigIntegerField()
    touched_at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.title


class Update(models.Model):
    """Something typed. Durable before anybody sees it; gone once a revision holds it."""

    id = models.BigAutoField(primary_key=True)
    document = models.IntegerField()
    number = models.IntegerField(help_text="counted from 1 in each text")
    data = models.BinaryField()
    by = models.IntegerField(null=True, help_text="account; empty for a change from elsewhere")
    at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="live_update_once")]

    def __str__(self) -> str:
        return f"{self.document} #{self.number}"

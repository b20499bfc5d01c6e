"""Who may sign in, and as what."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Membership(models.Model):
    """The role of one account in this instance. An account without one sees nothing."""

    class Role(models.TextChoices):
        ADMIN = "admin"
        LEAD = "lead"
        FACILITATOR = "facilitator"
        MEMBER = "member"
        GUEST = "guest"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership")
    role = models.CharField(max_length=12, choices=Role, default=Role.GUEST)
    person = models.IntegerField(null=True, blank=True, unique=True, help_text="the person this account belongs to")

    def __str__(self) -> str:
        return f"{self.user} as {self.role}"


class SignInLink(models.Model):
    """A link that signs one account in once. Only its fingerprint is stored."""

    fingerprint = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    expires_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"sign-in link for {self.user}"

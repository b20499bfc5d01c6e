"""Who may sign in, and as what. Secrets are never stored, only their fingerprints."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Role(models.TextChoices):
    ADMIN = "admin"
    LEAD = "lead"
    FACILITATOR = "facilitator"
    MEMBER = "member"
    GUEST = "guest"


class Membership(models.Model):
    """The role of one account in this instance. An account without one sees nothing."""

    Role = Role

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership")
    role = models.CharField(max_length=12, choices=Role, default=Role.GUEST)
    person = models.IntegerField(null=True, blank=True, unique=True, help_text="the person this account belongs to")
    claimed = models.IntegerField(
        null=True, blank=True, help_text="the person this account says it is, until an admin confirms it"
    )

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

    @classmethod
    def live(cls, fingerprint: str, now: int) -> models.QuerySet[SignInLink]:
        return cls.objects.filter(
            fingerprint=fingerprint, used_at=None, expires_at__gt=now, user__is_active=True
        ).select_related("user")

    @classmethod
    def spend(cls, fingerprint: str, now: int) -> SignInLink | None:
        """Marks a link as used and returns it; None when it is unknown, used or over.

        One conditional update, so that of two clicks at the same moment exactly one gets in. The condition has no
        join: with one, PostgreSQL would judge the second click by what the first had not yet written.
        """
        if cls.objects.filter(fingerprint=fingerprint, used_at=None, expires_at__gt=now).update(used_at=now) != 1:
            return None
        return cls.objects.select_related("user").filter(fingerprint=fingerprint, user__is_active=True).first()


class ApiToken(models.Model):
    """A key for programs: acts as its account, with a role of its own that never exceeds the account's."""

    fingerprint = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12, help_text="how the token begins, to tell tokens apart")
    title = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    role = models.CharField(max_length=12, choices=Role)
    created_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    last_used_on = models.IntegerField(null=True, help_text="days since the epoch; written at most once a day")
    revoked_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.title} ({self.hint}…)"

"""Reads of accounts, one function per question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db.models import QuerySet

from seci.accounts.actor import ROLES, Actor, Role
from seci.accounts.models import ApiToken, Membership, SignInLink
from seci.kit.clock import DAY, from_datetime, now
from seci.kit.errors import NotFound, Refused
from seci.kit.ids import fingerprint


@dataclass(frozen=True, slots=True)
class Account:
    """One account as the settings page shows it.

    `person` is confirmed, `claimed` waits for an admin; `last_seen` is the last sign-in, in microseconds.
    """

    id: int
    name: str
    email: str
    role: Role | None
    person: int | None
    claimed: int | None
    active: bool
    last_seen: int | None


@dataclass(frozen=True, slots=True)
class Session:
    """One place where an account is signed in. Instants in microseconds."""

    id: int
    since: int
    address: str
    browser: str
    here: bool


@dataclass(frozen=True, slots=True)
class Token:
    """An API token without its secret. `last_used_on` in days since the epoch; None when it was never used."""

    id: int
    title: str
    hint: str
    role: Role
    created_at: int
    expires_at: int
    last_used_on: int | None
    live: bool


def accounts(actor: Actor) -> list[Account]:
    """All accounts, for admins."""
    if not actor.is_at_least("admin"):
        raise Refused("Only an admin sees the accounts of this instance.")
    return [as_account(user) for user in User.objects.select_related("membership").order_by("username")]


def own_account(actor: Actor) -> Account:
    user = User.objects.select_related("membership").filter(pk=actor.account or 0).first()
    if user is None:
        raise NotFound("This actor has no account.")
    return as_account(user)


def as_account(user: User) -> Account:
    membership: Membership | None = getattr(user, "membership", None)
    return Account(
        id=user.pk,
        name=user.username,
        email=user.email,
        role=membership.role if membership else None,  # type: ignore[arg-type]
        person=membership.person if membership else None,
        claimed=membership.claimed if membership else None,
        active=user.is_active,
        last_seen=from_datetime(user.last_login) if user.last_login else None,
    )


def sessions(actor: Actor, current_key: str | None = None) -> list[Session]:
    """Where the actor's own account is signed in, newest first."""
    return [
        Session(
            id=row.pk,
            since=from_datetime(row.created_at),
            address=row.ip,
            browser=row.user_agent,
            here=row.session_key == current_key,
        )
        for row in UserSession.objects.filter(user_id=actor.account or 0).order_by("-created_at")
        if row.exists()
    ]


def tokens(actor: Actor) -> list[Token]:
    """The API tokens of the actor's own account; the owner of the machine sees all."""
    rows = ApiToken.objects.all() if owns_the_machine(actor) else ApiToken.objects.filter(user_id=actor.account or 0)
    moment = now()
    return [
        Token(
            id=row.pk,
            title=row.title,
            hint=row.hint,
            role=row.role,  # type: ignore[arg-type]
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_on=row.last_used_on,
            live=row.revoked_at is None and row.expires_at > moment,
        )
        for row in rows
    ]


def owns_the_machine(actor: Actor) -> bool:
    return actor.account is None and actor.is_at_least("admin")


def owner() -> User | None:
    """The first active admin: whom `seci up` signs in."""
    return User.objects.filter(is_active=True, membership__role="admin").order_by("pk").first()


def user_named(name: str) -> User | None:
    return User.objects.select_related("membership").filter(username=name).first()


def actor_named(name: str, role: Role) -> Actor | None:
    """The actor of an account at the door for agents, with at most this role; None without a role or when closed."""
    row = Membership.objects.filter(user__username=name, user__is_active=True).first()
    if row is None:
        return None
    return Actor(row.user_id, row.person, min(role, cast(Role, row.role), key=ROLES.index), "mcp")


def other_admins(user: User) -> bool:
    return Membership.objects.filter(role="admin", user__is_active=True).exclude(user=user).exists()


def account_of_person(person: int) -> User | None:
    return User.objects.filter(membership__person=person).first()


def account_behind(secret: str) -> str | None:
    """The name of the account that a sign-in link would open; None when it is used or over. Spends nothing."""
    link = SignInLink.live(fingerprint(secret), now()).first()
    return link.user.username if link else None


def links_over() -> QuerySet[SignInLink]:
    """Links that ended a month ago: the time in which a question about one may still come."""
    return SignInLink.objects.filter(expires_at__lt=now() - 30 * DAY)


def sessions_over() -> list[UserSession]:
    return [row for row in UserSession.objects.all() if not row.exists()]

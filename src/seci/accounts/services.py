"""What may be done to accounts: invite, sign in by a link, tie to a person, hand out and revoke API tokens."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from seci.accounts.access import (
    TOKEN_PREFIX,
    get_account,
    get_membership,
    get_session,
    get_sessions,
    get_token,
    lesser,
)
from seci.accounts.actor import ROLES, Actor, Role
from seci.accounts.models import ApiToken, Membership, SignInLink
from seci.accounts.queries import account_of_person, other_admins, owner, user_named
from seci.kit.clock import DAY, SECOND, now
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.kit.ids import fingerprint, new_secret

CONSOLE_LINK_LIVES = 15 * 60 * SECOND
INVITATION_LIVES = 7 * DAY
TOKEN_DAYS_AT_MOST = 366


@dataclass(frozen=True, slots=True)
class Entry:
    """A one-time link: the path to open, for whom, and until when (microseconds). Shown once, never stored."""

    path: str
    account: str
    expires_at: int


def ensure_owner() -> str:  # allow actor: the first start has nobody yet
    """The name of the account of whoever runs this instance, an admin; made on the first start."""
    existing = owner()
    if existing is not None:
        return existing.username
    try:
        with transaction.atomic():
            user = User(username="owner")
            user.set_unusable_password()
            user.save()
            Membership(user=user, role="admin").save()
    except IntegrityError:
        # Two commands began on a new instance at the same moment; the other was first.
        existing = owner()
        if existing is None:
            raise Conflict(
                "The account `owner` is no admin, and nobody else is; `seci invite owner --role admin` mends it."
            ) from None
        return existing.username
    return user.username


def console_link(actor: Actor, name: str | None = None) -> Entry:
    """A sign-in link for 15 minutes, for the account `name` or the owner's. Only for whoever owns the machine."""
    need_admin(actor, "make sign-in links for others")
    user = user_named(name or ensure_owner())
    if user is None:
        raise NotFound(f"There is no account named {name}; `seci invite {name}` makes one.")
    return issue(user, CONSOLE_LINK_LIVES)


def invite(actor: Actor, name: str, role: Role, *, email: str = "", person: int | None = None) -> Entry:
    """Makes an account with a role and a sign-in link for seven days; a new link if the account is there.

    Inviting somebody again with another role changes the role. `person` ties the account to a person at once.
    """
    need_admin(actor, "invite people")
    name = name.strip()
    if not name or len(name) > 150:
        raise BadInput("Give the account a name of 1 to 150 characters.")
    need_role(role)
    with transaction.atomic():
        user = user_named(name)
        if user is None:
            user = User(username=name, email=email.strip())
            user.set_unusable_password()
            user.save()
            Membership(user=user, role=role).save()
        else:
            set_role(actor, user.pk, role)
        if person is not None:
            tie(actor, user.pk, person)
        return issue(user, INVITATION_LIVES)


def issue(user: User, lives: int) -> Entry:  # allow actor: its callers have checked
    secret = new_secret()
    expires_at = now() + lives
    SignInLink(fingerprint=fingerprint(secret), user=user, expires_at=expires_at).save()
    return Entry(path=f"/enter/{secret}/", account=user.username, expires_at=expires_at)


def spend_link(secret: str) -> User:  # allow actor: whoever opens a link is nobody yet
    """The account that a link signs in; the link is over from then on. Raises Refused when it is used or over."""
    link = SignInLink.spend(fingerprint(secret), now())
    if link is None:
        raise Refused(
            "This sign-in link has been used or is over; ask for a new one (`seci link` prints one).",
            code="link_over",
        )
    return link.user


def set_role(actor: Actor, account: int, role: Role) -> None:
    """Changes the role of an account. The last admin stays one, or nobody could undo it."""
    need_admin(actor, "change roles")
    need_role(role)
    with transaction.atomic():
        user = get_account(actor, account)
        membership: Membership = getattr(user, "membership", None) or Membership(user=user)
        if membership.role == "admin" and role != "admin":
            need_another_admin(user)
        membership.role = role
        membership.save()


def close_account(actor: Actor, account: int) -> None:
    """Shuts an account: no sign-in, no tokens, all its sessions ended. What it did stays in the ledger."""
    need_admin(actor, "close accounts")
    with transaction.atomic():
        user = get_account(actor, account)
        need_another_admin(user)
        user.is_active = False
        user.save(update_fields=["is_active"])
        sign_out_everywhere(Actor(user.pk, None, "member", actor.door))


def need_another_admin(user: User) -> None:
    if not other_admins(user):
        raise Conflict(f"{user.username} is the only admin of this instance; make somebody else admin first.")


def claim(actor: Actor, person: int) -> bool:
    """ "This is me": ties the actor's account to a person. True when tied at once, False when an admin must confirm.

    An admin of an instance that nobody else uses needs nobody's consent.
    """
    if actor.account is None:
        raise BadInput("Only a signed-in account can be tied to a person.")
    if actor.is_at_least("admin"):
        tie(actor, actor.account, person)
        return True
    membership = get_membership(actor, actor.account)
    membership.claimed = person
    membership.save(update_fields=["claimed"])
    return False


def unclaim(actor: Actor) -> None:
    """Takes back what the actor said about who they are, while it waits for an admin."""
    if actor.account is None:
        raise BadInput("Only a signed-in account can say who it is.")
    membership = get_membership(actor, actor.account)
    membership.claimed = None
    membership.save(update_fields=["claimed"])


def confirm_claim(actor: Actor, account: int) -> None:
    """An admin says that an account is the person it claims to be."""
    need_admin(actor, "confirm who an account is")
    membership = get_membership(actor, account)
    if membership.claimed is None:
        raise Conflict(f"{membership.user.username} does not claim to be anybody.")
    tie(actor, account, membership.claimed)


def tie(actor: Actor, account: int, person: int | None) -> None:
    """Ties an account to a person, or to nobody. One person has one account."""
    need_admin(actor, "say who an account is")
    with transaction.atomic():
        membership = get_membership(actor, account)
        taken = account_of_person(person) if person is not None else None
        if taken is not None and taken.pk != membership.user_id:
            raise Conflict(f"This person is already tied to the account {taken.username}.")
        membership.person = person
        membership.claimed = None
        membership.save()


def create_token(actor: Actor, title: str, *, role: Role | None = None, days: int = 90, name: str = "") -> str:
    """A new API token; the returned secret is shown once. Its role is at most that of its account."""
    title = title.strip()
    if not title or len(title) > 80:
        raise BadInput("Give the token a title of 1 to 80 characters, so that it can be told from others.")
    if not 1 <= days <= TOKEN_DAYS_AT_MOST:
        raise BadInput(f"A token lives 1 to {TOKEN_DAYS_AT_MOST} days, not {days}.")
    account = actor.account
    if account is None:
        user = user_named(name or ensure_owner())
        if user is None:
            raise NotFound(f"There is no account named {name}.")
        account = user.pk
    membership = get_membership(actor, account)
    secret = TOKEN_PREFIX + new_secret()
    moment = now()
    ApiToken(
        fingerprint=fingerprint(secret),
        hint=secret[: len(TOKEN_PREFIX) + 4],
        title=title,
        user=membership.user,
        role=lesser(role or actor.role, lesser(actor.role, membership.role)),  # type: ignore[arg-type]
        created_at=moment,
        expires_at=moment + days * DAY,
    ).save()
    return secret


def revoke_token(actor: Actor, token: int) -> None:
    row = get_token(actor, token)
    if row.revoked_at is None:
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])


def end_session(actor: Actor, session: int) -> None:
    """Signs the actor's account out in one place."""
    get_session(actor, session).end()


def sign_out_everywhere(actor: Actor, except_key: str | None = None) -> int:
    """Ends the sessions of the actor's account, all but the one at hand; returns how many."""
    rows = get_sessions(actor, except_key)
    for row in rows:
        row.end()
    return len(rows)


def need_admin(actor: Actor, deed: str) -> None:
    if not actor.is_at_least("admin"):
        raise Refused(f"Only an admin may {deed}.")


def need_role(role: str) -> None:
    if role not in ROLES:
        raise BadInput(f"{role} is not a role; choose one of {', '.join(ROLES)}.")

"""From a request to an actor, and from an actor to the accounts it may hold."""

from __future__ import annotations

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import User
from django.http import HttpRequest, parse_cookie

from seci.accounts.actor import ROLES, Actor, Door, Role
from seci.accounts.models import ApiToken, Membership
from seci.accounts.queries import owns_the_machine
from seci.kit.clock import DAY, now
from seci.kit.errors import NotFound, Refused
from seci.kit.ids import fingerprint

# So that a leaked token is recognized, by people and by scanners of repositories.
TOKEN_PREFIX = "seci_"  # noqa: S105


def actor_of(request: HttpRequest) -> Actor:
    """Who asks. Raises Refused for a visitor without a role; pages behind the guard always have one."""
    actor = visitor(request)
    if actor is None:
        raise Refused("Sign in with an account that has a role in this instance.", code="signed_out")
    return actor


def visitor(request: HttpRequest) -> Actor | None:
    """The actor of a request by its token or its session; None for a stranger or an account without a role."""
    if not hasattr(request, "_seci_actor"):
        secret = token_in(request.headers.get("Authorization", ""))
        actor = by_session(request) if secret is None else by_token(secret)
        request._seci_actor = actor  # type: ignore[attr-defined]
    return request._seci_actor  # type: ignore[attr-defined, no-any-return]


def token_in(authorization: str) -> str | None:
    """The token of an `Authorization: Bearer TOKEN` header; None for any other. The scheme is read in any case."""
    scheme, _, secret = authorization.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def by_session(request: HttpRequest) -> Actor | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_active:
        return None
    membership = Membership.objects.filter(user_id=user.pk).first()
    door: Door = "rest" if request.path.startswith("/api/") else "page"
    return actor_with(membership, door) if membership else None


def by_cookie(cookie: str) -> Actor | None:
    """The actor whose browser sends this `Cookie` header, for a line that is not a request of Django's."""
    request = HttpRequest()
    request.COOKIES = parse_cookie(cookie)
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(
        request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    )
    request.user = get_user(request)
    return by_session(request)


def by_token(secret: str) -> Actor | None:
    """The actor of an API token: the lesser of the token's role and the account's."""
    if not secret.startswith(TOKEN_PREFIX):
        return None
    token = ApiToken.objects.filter(
        fingerprint=fingerprint(secret), revoked_at=None, expires_at__gt=now(), user__is_active=True
    ).first()
    membership = Membership.objects.filter(user_id=token.user_id).first() if token else None
    if token is None or membership is None:
        return None
    today = now() // DAY
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    actor = actor_with(membership, "rest")
    return Actor(actor.account, actor.person, lesser(actor.role, token.role), "rest")  # type: ignore[arg-type]


def actor_with(membership: Membership, door: Door) -> Actor:
    return Actor(account=membership.user_id, person=membership.person, role=membership.role, door=door)  # type: ignore[arg-type]


def by_account(account: int) -> Actor | None:
    """The actor of an account, for a link that names it and was signed by us; None once it is closed."""
    membership = Membership.objects.filter(user_id=account, user__is_active=True).first()
    return actor_with(membership, "page") if membership else None


def lesser(one: Role, other: Role) -> Role:
    return min(one, other, key=ROLES.index)


def get_account(actor: Actor, account: int) -> User:
    """An account that the actor may change: its own, or any for an admin."""
    user = User.objects.filter(pk=account).first()
    if user is None or not (actor.is_at_least("admin") or actor.account == account):
        raise NotFound(f"There is no account {account} that you may change.")
    return user


def get_membership(actor: Actor, account: int) -> Membership:
    membership = Membership.objects.select_related("user").filter(user=get_account(actor, account)).first()
    if membership is None:
        raise NotFound(f"Account {account} has no role in this instance.")
    return membership


def get_token(actor: Actor, token: int) -> ApiToken:
    row = ApiToken.objects.filter(pk=token).first()
    if row is None or not (owns_the_machine(actor) or row.user_id == actor.account):
        raise NotFound(f"There is no API token {token} of yours.")
    return row


def note_session(request: HttpRequest) -> None:
    """Lists the session at hand among those of its account; signing in with a password does so by itself."""
    UserSession.objects.create_from_request(request)


def get_session(actor: Actor, session: int) -> UserSession:
    row = UserSession.objects.filter(pk=session, user_id=actor.account or 0).first()
    if row is None:
        raise NotFound("This session is over already.")
    return row


def get_sessions(actor: Actor, except_key: str | None = None) -> list[UserSession]:
    """The sessions of the actor's own account, all but the one at hand."""
    return list(UserSession.objects.filter(user_id=actor.account or 0).exclude(session_key=except_key or ""))

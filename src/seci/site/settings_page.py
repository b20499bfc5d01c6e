"""The settings page: the own account, tokens and sessions; for admins, who may sign in."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from seci.accounts import queries
from seci.accounts.access import actor_of
from seci.accounts.actor import ROLES, Actor
from seci.accounts.guard import least
from seci.accounts.queries import Account
from seci.kit.database import of_django, values
from seci.kit.instance import Instance
from seci.partner import queries as partner
from seci.people.views import PersonRef
from seci.site.assumptions import assumptions
from seci.site.views import MemberRow, SettingsPage


@never_cache
@require_safe
@least("guest")
def settings_page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    own = queries.own_account(actor)
    is_admin = actor.is_at_least("admin")
    accounts = queries.accounts(actor) if is_admin else []
    names = people_by_id([own, *accounts])
    page = SettingsPage(
        account=own.name,
        role=actor.role,
        assumptions=assumptions(),
        members=tuple(member(each, names, actor) for each in accounts if each.active),
        roles=ROLES if is_admin else (),
        person=names.get(own.person or 0),
        claimed=names.get(own.claimed or 0),
        people=claimable(actor) if own.person is None else (),
        sessions=tuple(queries.sessions(actor, request.session.session_key)),
        tokens=tuple(queries.tokens(actor)),
        may_invite=is_admin,
        # Shown once: whoever made it keeps it, we forget it.
        link=request.session.pop("fresh_link", ""),
        fresh_token=request.session.pop("fresh_token", ""),
        partner=partner.standing(actor, of_django(connection)) if is_admin else None,
        data_folder=str(Instance.from_environment().data) if is_admin else "",
    )
    return render(request, "site/settings.html", {"page": page})


def member(account: Account, names: dict[int, PersonRef], actor: Actor) -> MemberRow:
    return MemberRow(
        id=account.id,
        name=account.name,
        email=account.email,
        role=account.role or "none",
        person=names.get(account.person or 0),
        claims=names.get(account.claimed or 0),
        last_seen=account.last_seen,
        you=account.id == actor.account,
    )


def people_by_id(accounts: list[Account]) -> dict[int, PersonRef]:
    ids = sorted({id_ for each in accounts for id_ in (each.person, each.claimed) if id_ is not None})
    if not ids:
        return {}
    sql = f"SELECT id, name FROM people_person WHERE id IN {values(len(ids))}"  # noqa: S608
    return {row[0]: PersonRef(row[0], row[1]) for row in of_django(connection).rows(sql, ids)}


def claimable(actor: Actor) -> tuple[PersonRef, ...]:
    """People to whom no account belongs yet. A guest may not see who is in the directory."""
    if not actor.is_at_least("member"):
        return ()
    sql = (
        "SELECT id, name FROM people_person person WHERE nature = 'person' AND NOT EXISTS "
        "(SELECT 1 FROM accounts_membership held WHERE held.person = person.id) ORDER BY name, id"
    )
    return tuple(PersonRef(*row) for row in of_django(connection).rows(sql))

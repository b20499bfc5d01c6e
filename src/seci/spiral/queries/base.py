"""What the other questions are made of: assets in use, people as links, contacts in words."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import F, Q, QuerySet

from seci.accounts.actor import Actor
from seci.assets.models import Asset
from seci.kit.clock import DAY, Micros, to_date
from seci.kit.database import of_django
from seci.kit.errors import BadInput, NotFound
from seci.people.models import Person
from seci.people.views import PersonRef
from seci.sources.git import store as git
from seci.spiral.models import Attendance, Holding
from seci.spiral.store import ends
from seci.spiral.views import Contacts, Ended

AWAY_AFTER = 365 * DAY
ENDED_AFTER = 60 * DAY
"""Without any event for so long, it is said of a repository that it is read as of its end."""


def seen_lately(at: Micros, through: str = "") -> Q:
    """Whoever was seen in the last year, or in the last that the repositories they worked in tell of.

    through  the way to attendance, with the underscores
    """
    told = Q(**{f"{through}last_t__gt": F(f"{through}until") - AWAY_AFTER})
    return told | Q(**{f"{through}last_t__gt": at - AWAY_AFTER})


def assets_in_use() -> QuerySet[Asset]:
    return Asset.objects.filter(state__in=(Asset.State.PROPOSED, Asset.State.KEPT))


def person_refs(people: Collection[int], at: Micros) -> dict[int, PersonRef]:
    """The people as links; someone with an exit in the past, or not seen for a year that is told of, is not here."""
    seen = set(Attendance.objects.filter(seen_lately(at), person__in=people).values_list("person", flat=True))
    today = to_date(at)
    return {
        person.pk: PersonRef(
            id=person.pk,
            name=person.name,
            here=not (person.leaves_on and person.leaves_on <= today) and person.pk in seen,
        )
        for person in Person.objects.filter(pk__in=people)
    }


def ended(actor: Actor, at: Micros, sources: Collection[int] | None = None) -> tuple[Ended, ...]:
    """The repositories (of `sources`, or all) whose history ends so long ago that it may be the clone that is old.

    Guests are not told what repositories are called.
    """
    db = of_django(connection)
    until = ends.kept(db)
    return tuple(
        Ended(each.source, each.title if actor.is_at_least("member") else "a repository", until[each.source])
        for each in git.repositories(db)
        if each.source in until
        and at - until[each.source] > ENDED_AFTER
        and (sources is None or each.source in sources)
    )


def contacts(holding: Holding) -> Contacts:
    return Contacts(
        authored=holding.authored,
        reviewed=holding.reviewed,
        paired=holding.paired,
        documented=holding.documented + holding.combined,
    )


def asset_named(actor: Actor, text: str) -> int:
    """The number of the one asset meant by a number, a whole name or a part of one. Raises NotFound, BadInput."""
    return _named(text, "asset", assets_in_use())


def person_named(actor: Actor, text: str) -> int:
    """The number of the one person meant by a number, a whole name or a part of one. Raises NotFound, BadInput."""
    return _named(text, "person", Person.objects.filter(nature=Person.Nature.PERSON, merged_into=None))


def _named(text: str, noun: str, rows: QuerySet[Asset] | QuerySet[Person]) -> int:
    if text.isascii() and text.isdigit():
        matches = list(rows.filter(pk=int(text)).values_list("pk", "name"))
    else:
        matches = list(rows.filter(name__iexact=text).values_list("pk", "name")) or list(
            rows.filter(name__icontains=text).values_list("pk", "name")[:6]
        )
    if not matches:
        raise NotFound(f"There is no {noun} {text[:40]!r}.")
    if len(matches) > 1:
        some = ", ".join(f"{name} ({number})" for number, name in matches[:5])
        raise BadInput(f"{text!r} could mean several {noun}s: {some}; give the number.")
    return int(matches[0][0])

"""What the other questions are made of: assets in use, people as links, contacts in words."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from seci.accounts.actor import Actor
from seci.assets.models import Asset
from seci.kit.clock import DAY, Micros, to_date
from seci.kit.errors import BadInput, NotFound
from seci.people.models import Person
from seci.people.views import PersonRef
from seci.spiral.models import Attendance, Holding
from seci.spiral.views import Contacts

AWAY_AFTER = 365 * DAY


def assets_in_use() -> QuerySet[Asset]:
    return Asset.objects.filter(state__in=(Asset.State.PROPOSED, Asset.State.KEPT))


def person_refs(people: Collection[int], at: Micros) -> dict[int, PersonRef]:
    """The people as links; someone with an exit in the past, or not seen for a year, is not here."""
    seen = dict(Attendance.objects.filter(person__in=people).values_list("person", "last_t"))
    today = to_date(at)
    return {
        person.pk: PersonRef(
            id=person.pk,
            name=person.name,
            here=not (person.leaves_on and person.leaves_on <= today) and seen.get(person.pk, 0) > at - AWAY_AFTER,
        )
        for person in Person.objects.filter(pk__in=people)
    }


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

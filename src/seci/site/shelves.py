"""What can be found in the house."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from seci import search
from seci.accounts.actor import Actor
from seci.artifacts.access import shut_to
from seci.combination.shelving.access import pages_shut_to
from seci.kit.database import Database, of_django
from seci.search import Entry, Shelf, finding


def rows(sql: str) -> Callable[[], list[Entry]]:
    """A shelf straight from a table: id, title, detail, aside."""
    return lambda: [Entry(*row) for row in of_django(connection).rows(sql)]


def there(route: str, *, alone: bool = False) -> Callable[[int], str]:
    """The address of a thing by its id; with `alone`, of the one page that shows all of them."""

    def url(id_: int) -> str:
        from django.urls import reverse

        return reverse(route) if alone else reverse(route, args=[id_])

    return url


def fill_shelves() -> None:
    """Called once, when the house is ready."""
    assets = "SELECT id, name, topic, key FROM assets_asset WHERE state IN ('proposed', 'kept')"
    # Guests find what is published; what is still being written is for members.
    published = "SELECT id, title, REPLACE(type, '_', ' '), key FROM artifacts_artifact WHERE state = 'published'"
    drafts = "SELECT id, title, 'draft ' || REPLACE(type, '_', ' '), key FROM artifacts_artifact WHERE state = 'draft'"
    people = (
        "SELECT person.id, person.name, COALESCE(unit.name, person.function), '' FROM people_person person "
        "LEFT JOIN people_unit unit ON unit.id = person.unit_id WHERE person.nature = 'person'"
    )
    units = "SELECT id, name, '', '' FROM people_unit"
    sources = "SELECT id, title, kind, uri FROM ledger_source"
    search.register(Shelf("asset", "guest", rows(assets), there("asset")))
    search.register(Shelf("artifact", "guest", rows(published), there("artifact")))
    search.register(Shelf("draft", "member", rows(drafts), there("artifact")))
    search.register(Shelf("person", "member", rows(people), there("person")))
    search.register(Shelf("unit", "member", rows(units), there("units", alone=True)))
    search.register(Shelf("source", "member", rows(sources), there("source")))
    finding.leads("artifact", lambda id_, place: anchored(there("artifact")(id_), place))
    finding.leads("document", lambda id_, place: anchored(f"{prefix()}library/{id_}/", place))
    finding.shut("artifact", shut_artifacts)
    finding.shut("document", shut_pages)


def prefix() -> str:
    from django.urls import get_script_prefix

    return get_script_prefix()


def anchored(url: str, place: str) -> str:
    return f"{url}#{place}" if place else url


def shut_pages(reader: finding.Reader, db: Database) -> frozenset[int]:
    return pages_shut_to(reader, db) if isinstance(reader, Actor) else frozenset()


def shut_artifacts(reader: finding.Reader, db: Database) -> frozenset[int]:
    return frozenset(shut_to(reader, db)) if isinstance(reader, Actor) else frozenset()

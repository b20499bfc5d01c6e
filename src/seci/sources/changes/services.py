"""Real changes become cases of a bank."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from seci.accounts.actor import Actor
from seci.assets import store as assets
from seci.assets.access import get_asset
from seci.assets.scope import Map
from seci.cases import services as cases
from seci.cases.access import Bank
from seci.cases.services import Added
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.people import store as people
from seci.sources.changes.measures import ATTRIBUTES
from seci.sources.changes.reading import changes
from seci.sources.git import store as git
from seci.sources.git.evidence import Evidence
from seci.sources.git.history import History

MOST = 5_000


def collect(
    actor: Actor,
    db: Database,
    source: int,
    shelves: Path,
    *,
    bank: int | None = None,
    title: str = "",
    asset: int | None = None,
    since: Micros = 0,
    most: int = 400,
    seed: int = 0,
) -> Added:
    """Brings changes of a scanned repository into a bank, or into a new one.

    shelves  folder of all evidence
    asset    only changes that touch this asset
    since    only changes that landed later
    most     how many at most; a draw where there are more, the same for the same seed
    Raises NotFound for a repository that is not read, BadInput when no change fits.
    """
    if not 1 <= most <= MOST:
        raise BadInput(f"Between 1 and {MOST:,} changes can be brought in at once, not {most}.")
    row = git.repository(db, source)
    evidence = Evidence.load(shelves / str(source))
    about = get_asset(actor, db, asset) if asset is not None else None
    found = changes(
        evidence, History.open(Path(row.path)), _people(db, evidence), since=since, most=most, seed=seed,
        wanted=_within(db, source, about.id) if about is not None else None,
    )  # fmt: skip
    if not found:
        raise BadInput(f"No change of {row.title} fits; look further back, or at the whole repository.")
    with db.transaction():
        into = bank if bank is not None else _bank(actor, db, title or f"Changes of {row.title}", asset).id
        return cases.add_cases(actor, db, into, found, ATTRIBUTES, f"commits of {row.title}")


def _within(db: Database, source: int, asset: int) -> Callable[[str], bool]:
    """Whether a path belongs to an asset, or to one that is read as it."""
    scopes, survivors = Map(assets.load_scopes(db, source)), assets.survivors(db)
    return lambda path: survivors.get(scopes.asset_of(path)) == asset


def _bank(actor: Actor, db: Database, title: str, asset: int | None) -> Bank:
    return cases.make_bank(actor, db, title, asset=asset, attributes=ATTRIBUTES)


def _people(db: Database, evidence: Evidence) -> np.typing.NDArray[np.int64]:
    """The person behind each alias of the evidence; -1 for programs."""
    person_of = people.people_of(db)
    return np.array([person_of.get(one, -1) for one in git.identities_of(db, evidence).tolist()], np.int64)

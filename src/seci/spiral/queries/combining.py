"""Metrics 7 to 9 as the library, its merges, its searches and the incidents of the ledger have them."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.assets.access import get_asset
from seci.combination.queries.publishing import accuracy_of
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.errors import Refused
from seci.kit.figures import Figure
from seci.ledger.kinds import Kind
from seci.ledger.store import EFFECTIVE
from seci.library.queries.use import weave
from seci.search.wish import ENOUGH
from seci.spiral.combining import WINDOW, Demand, Parent, Product, coverage, integration, outside, unseen, variety
from seci.spiral.views import AssetRef

# How the recipes name what comes from outside; every other class is of one's own house.
_CLASSES = {"vendor": "vendor", "external": "research", "internal": "internal"}
_USES = tuple(map(int, (Kind.READ, Kind.APPLY, Kind.INCIDENT, Kind.OWN)))


@dataclass(frozen=True, slots=True)
class CombinationPage:
    """spiral/combination.html: of one asset or of all.

    products    made from others: merges that were published, artifacts with parents
    found       contradictions between sources; `unresolved` of them wait for a decision
    """

    asset: AssetRef | None
    products: int
    found: int
    unresolved: int
    integration: Figure
    outside: Figure
    variety: Figure
    coverage: Figure
    unseen: Figure
    accuracy: Figure
    followed: Figure
    linked: Figure
    sentence: str


def combination(actor: Actor, db: Database, at: Micros, asset: int | None = None) -> CombinationPage:
    """How well what is written is brought together. Raises NotFound, and Refused for guests."""
    if not actor.is_at_least("member"):
        raise Refused("How what is written is brought together is for members of this instance; ask an admin.")
    about = None if asset is None else get_asset(actor, db, asset)
    on = None if about is None else about.merged_into or about.id
    made = [*_merges(db, on), *_artifacts(db, on)]
    found, unresolved = _contradictions(db, on)
    demands = [*([] if on else _wishes(db, at - WINDOW)), *_incidents(db, at - WINDOW, on)]
    woven = weave(actor, db, asset=on)
    return CombinationPage(
        asset=None if about is None else AssetRef(about.id, about.name),
        products=len(made),
        found=found,
        unresolved=unresolved,
        integration=integration(made, found, unresolved),
        outside=outside(made),
        variety=variety(made),
        coverage=coverage(demands),
        unseen=unseen(demands),
        accuracy=accuracy_of(_verdicts(db, on)),
        followed=woven.followed,
        linked=woven.integrated,
        sentence=_sentence(len(made)),
    )


def _sentence(products: int) -> str:
    if not products:
        return "Nothing has been made from several sources yet; a merge is the shortest way to it."
    return f"{products} made from other pages or artifacts. Nobody is named or counted."


def _on(column: str, asset: int | None) -> tuple[str, list[object]]:
    return ("", []) if asset is None else (f" AND {column} = ?", [asset])


def _merges(db: Database, asset: int | None) -> list[Product]:
    """Playbooks that were published, with the revisions that they hold their sources at."""
    where, more = _on("m.asset_id", asset)
    sources = defaultdict(list)
    for merge, source_class, author, name, collection, unit, home in db.rows(
        "SELECT m.id, s.source_class, COALESCE(r.author_id, d.owner_id), r.author_name, d.collection_id, "
        "p.unit_id, w.unit_id FROM combination_merge m JOIN combination_source s ON s.merge_id = m.id "
        "JOIN library_document d ON d.id = s.document_id "
        "JOIN library_revision r ON r.document_id = d.id AND r.number = s.revision "
        "LEFT JOIN people_person p ON p.id = COALESCE(r.author_id, d.owner_id) "
        f"LEFT JOIN people_person w ON w.id = m.owner_id WHERE m.published IS NOT NULL{where} ORDER BY s.id",
        more,
    ):
        origin = _origin(source_class, author, unit, home)
        sources[merge].append(Parent(_author(author, name, collection), _team(unit, collection), origin))
    used: dict[int, int] = dict(
        db.rows(
            "SELECT m.id, (SELECT COUNT(*) FROM library_deed x JOIN ledger_event e ON e.seq = x.seq "
            f"WHERE x.document_id = m.draft_id AND e.t >= m.published_at AND e.kind IN {_USES} AND {EFFECTIVE}) "
            "FROM combination_merge m WHERE m.published IS NOT NULL"
        )
    )
    return [Product(tuple(parents), used[merge]) for merge, parents in sources.items()]


def _artifacts(db: Database, asset: int | None) -> list[Product]:
    """Artifacts in use of which some revision was made from another artifact."""
    where, more = _on("a.asset_id", asset)
    sources = defaultdict(list)
    for artifact, author, unit, home in db.rows(
        "SELECT DISTINCT a.id, COALESCE(q.author_id, b.owner_id), p.unit_id, w.unit_id FROM artifacts_artifact a "
        "JOIN artifacts_revision r ON r.artifact_id = a.id JOIN artifacts_parent l ON l.revision_id = r.id "
        "JOIN artifacts_revision q ON q.id = l.parent_id JOIN artifacts_artifact b ON b.id = q.artifact_id "
        "LEFT JOIN people_person p ON p.id = COALESCE(q.author_id, b.owner_id) "
        "LEFT JOIN people_person w ON w.id = a.owner_id "
        f"WHERE b.id <> a.id AND a.state = 'published'{where}",
        more,
    ):
        sources[artifact].append(Parent(_author(author, "", None), _team(unit, None), _origin("", author, unit, home)))
    if not sources:
        return []
    used: dict[int, int] = dict(
        db.rows(
            "SELECT e.artifact, COUNT(*) FROM ledger_event e "
            f"WHERE e.artifact IS NOT NULL AND e.kind IN {_USES} AND {EFFECTIVE} GROUP BY e.artifact"
        )
    )
    return [Product(tuple(parents), used.get(artifact, 0)) for artifact, parents in sources.items()]


def _author(person: int | None, name: str, collection: int | None) -> str:
    """Where nobody is named, the collection that a page was brought in with stands for its author and its team."""
    return f"p{person}" if person else f"n{name.casefold()}" if name else f"c{collection}" if collection else ""


def _team(unit: int | None, collection: int | None) -> str:
    return f"u{unit}" if unit else f"c{collection}" if collection else ""


def _origin(source_class: str, person: int | None, unit: int | None, home: int | None) -> str:
    if source_class:
        return _CLASSES.get(source_class, "internal")
    if person is None:
        return ""
    return "other team" if unit and home and unit != home else "internal"


def _contradictions(db: Database, asset: int | None) -> tuple[int, int]:
    where, more = _on("m.asset_id", asset)
    found, unresolved = db.rows(
        "SELECT COUNT(*), SUM(CASE WHEN c.state <> 'decided' THEN 1 ELSE 0 END) FROM combination_conflict c "
        f"JOIN combination_merge m ON m.id = c.merge_id WHERE m.state <> 'left'{where}",
        more,
    )[0]
    return int(found), int(unresolved or 0)


def _verdicts(db: Database, asset: int | None) -> list[str]:
    where, more = _on("m.asset_id", asset)
    rows = db.rows(
        "SELECT s.verdict FROM combination_sample s JOIN combination_merge m ON m.id = s.merge_id "
        f"WHERE s.revision = m.published{where}",
        more,
    )
    return [verdict for (verdict,) in rows]


def _wishes(db: Database, since: Micros) -> list[Demand]:
    """What was searched for, by wish; answered where something found was opened, or somebody settled it. Nothing of it
    before one wish is shared by so many people that none of them can be told."""
    rows = db.rows(
        "SELECT asked, askers, followed, settled_at FROM search_want WHERE last_at >= ? AND asked > 0 ORDER BY id",
        [since],
    )
    if not any(askers >= ENOUGH for _, askers, _, _ in rows):
        return []
    return [Demand(asked, bool(followed) or settled is not None) for asked, _, followed, settled in rows]


def _incidents(db: Database, since: Micros, asset: int | None) -> list[Demand]:
    """Incidents by asset; answered where one of them was met with an artifact in hand."""
    where, more = _on("COALESCE(b.merged_into_id, b.id)", asset)
    rows = db.rows(
        "SELECT COALESCE(b.merged_into_id, b.id), COUNT(*), COUNT(e.artifact) FROM ledger_event e "
        f"JOIN assets_asset b ON b.id = e.asset WHERE e.kind = ? AND e.t > ? AND {EFFECTIVE}{where} "
        "GROUP BY COALESCE(b.merged_into_id, b.id) ORDER BY 1",
        [int(Kind.INCIDENT), since, *more],
    )
    return [Demand(times, met > 0) for _, times, met in rows]

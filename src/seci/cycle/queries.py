"""Questions about the next step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection

from seci.accounts.actor import Actor
from seci.assets import store as assets
from seci.assets.scope import Map
from seci.cycle import store, wording
from seci.cycle.models import Proposal
from seci.cycle.reviewers import Candidate as Fit
from seci.cycle.reviewers import Evidence
from seci.cycle.successors import Successor
from seci.cycle.successors import rank as rank_successors
from seci.cycle.transfers import Activity
from seci.cycle.views import Candidate, NextItem, NextPage, ReviewersForm, ReviewersPage
from seci.kit.clock import DAY, Micros
from seci.kit.database import Database, of_django
from seci.kit.errors import NotFound, SeciError
from seci.kit.figures import Figure
from seci.kit.pager import Pager
from seci.people.evidence import Alias
from seci.people.models import Identity
from seci.people.views import PersonRef
from seci.sources.git import store as git
from seci.sources.git.change import change as git_change
from seci.sources.git.place import source_of
from seci.sources.git.queries import named as called
from seci.spiral import queries as spiral
from seci.spiral.models import AssetRisk
from seci.spiral.queries.base import assets_in_use, person_refs
from seci.spiral.store import exits
from seci.spiral.views import AssetRef, LossRow, WhatIfPage
from seci.spiral.views import Successor as NextBest

PER_PAGE = 10
MODES = {"S": (Activity.PAIR, Activity.REVIEW), "E": (Activity.INTERVIEW,), "C": (), "I": ()}


def proposals(
    actor: Actor, at: Micros, *, asset: int | None = None, mode: str = "", page: int = 1, size: int = PER_PAGE
) -> NextPage:
    """The transfers that would help most, in the order of the lot."""
    rows = Proposal.objects.select_related("asset")
    if asset is not None:
        rows = rows.filter(asset=asset)
    if mode in MODES:
        rows = rows.filter(activity__in=MODES[mode])
    pager = Pager(max(page, 1), size, rows.count())
    start = pager.first - 1 if pager.total else 0
    shown = list(rows[start : pager.last])
    first = shown[0].asset if asset is not None and shown else None
    return NextPage(
        items=items(shown, at),
        gaps=Proposal.objects.count(),
        pager=pager,
        asset=AssetRef(first.pk, first.name) if first else None,
        mode=mode,
        ended=spiral.ended(actor, at),
    )


def items(rows: Iterable[Proposal], at: Micros) -> tuple[NextItem, ...]:
    rows = list(rows)
    people = {person for row in rows for person in (row.holder_id, row.learner_id) if person is not None}
    refs = person_refs(people, at)
    risks = {risk.asset_id: risk for risk in AssetRisk.objects.filter(asset__in=[row.asset_id for row in rows])}
    return tuple(
        wording.item(
            wording.Facts(
                key=str(row.pk),
                activity=Activity(row.activity),
                asset=AssetRef(row.asset_id, row.asset.name),
                holder=refs[row.holder_id],
                learner=refs[row.learner_id] if row.learner_id else None,
                hours=row.hours,
                changes=row.changes,
                together=row.together,
                tied=row.tied,
                effect=Figure(
                    -row.share,
                    risks[row.asset_id].events,
                    -row.relief_high / row.relief * row.share,
                    -row.relief_low / row.relief * row.share,
                    unit="share",
                ),
                relief=Figure(row.relief, risks[row.asset_id].events, row.relief_low, row.relief_high, unit="h/week"),
                holders=risks[row.asset_id].holders,
                events=risks[row.asset_id].events,
                demand=risks[row.asset_id].demand,
            )
        )
        for row in rows
        if row.asset_id in risks
    )


CANDIDATES = 5


def repositories(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The repositories a change can be in, for choosing."""
    return tuple((each.source, each.title) for each in git.repositories(of_django(connection)))


def source_at(actor: Actor, path: Path) -> int:
    """The source of the repository at `path`. Raises NotFound when it has not been scanned."""
    found = source_of(git.repositories(of_django(connection)), path)
    if found is None:
        raise NotFound(f"{path} has not been scanned yet; run `seci scan {path}` first.")
    return found


@dataclass(frozen=True, slots=True)
class _Change:
    title: str
    paths: tuple[str, ...]
    authors: tuple[int, ...]
    at: Micros


def reviewers(
    actor: Actor, form: ReviewersForm, at: Micros, *, limit: int = CANDIDATES, shelves: Path | None = None
) -> ReviewersPage:
    """Who fits a change, from what landed before it, and whom to add so that knowledge spreads.

    shelves  folder of the evidence; the instance's own when not given
    Raises NotFound for a repository or commit that is not there, BadInput for a change without files.
    """
    if not form.commit and not form.paths:
        return ReviewersPage(form=form)
    db = of_django(connection)
    choices = [source for source, _ in form.sources] or [each.source for each in git.repositories(db)]
    source = form.source if form.source is not None else (choices[0] if choices else None)
    if source is None:
        raise NotFound("No repository has been scanned yet; run `seci scan PATH` first.")
    repository = git.repository(db, source)
    known = store.recall(db, source, (shelves or settings.SECI_EVIDENCE_DIR) / str(source))
    change = _change(repository, form, at)
    then = known.memory.told_of(change.at)
    state, n = known.memory.before(then)
    ranked = state.rank(change.paths, change.authors, then, limit=limit)
    taking_part = [*change.authors, *[one.person for one in ranked[:1]]]
    added = store.learner_for(known, change.paths, taking_part, then)
    refs = person_refs({one.person for one in ranked} | ({added.person} if added else set()), at)
    return ReviewersPage(
        form=replace(form, source=source),
        change=change.title,
        candidates=tuple(Candidate(refs[one.person], fit(one, change.at)) for one in ranked if one.person in refs),
        learner=Candidate(refs[added.person], added.reasons) if added else None,
        assets=_assets_of(db, source, change.paths),
        n=n,
        asked=True,
        ended=spiral.ended(actor, at, {source}),
    )


def _change(repository: git.RepositoryRow, form: ReviewersForm, at: Micros) -> _Change:
    if not form.commit:
        paths = tuple(line.strip() for line in form.paths.splitlines() if line.strip())
        return _Change(f"A change to {len(paths)} file{'s' if len(paths) != 1 else ''}", paths, (), at)
    try:
        named = git_change(Path(repository.path), form.commit)
    except SeciError as error:
        raise type(error)(called(repository, error.sentence), code=error.code) from error
    author = Identity.objects.filter(key=Alias(*named.author).key).values_list("person", flat=True)
    return _Change(f"Commit {named.sha[:10]}", named.paths, tuple(author), named.authored)


NEXT_BEST = 3
ASKED = 30
"""Files of an asset that successors are asked for: those that the leavers touched last."""


def leave(
    actor: Actor,
    at: Micros,
    people: Sequence[int],
    on: date | None = None,
    q: str = "",
    shelves: Path | None = None,
) -> WhatIfPage:
    """What is lost when `people` leave on a day, and who could take over the files that they know.

    Where an asset has no files in a history, those who have been in touch with it most are named.
    shelves  folder of the evidence; the instance's own when not given
    Raises NotFound for an unknown person.
    """
    page = spiral.leave(actor, at, people, on, q)
    if not page.losses:
        return page
    db, folder = of_django(connection), shelves or settings.SECI_EVIDENCE_DIR
    memories = [store.recall(db, each.source, folder / str(each.source)) for each in git.repositories(db)]
    gone = {person for person, day in exits(db).items() if day <= at}
    found = {row.asset.id: _takers(memories, row.asset.id, people, gone, at) for row in page.losses}
    refs = person_refs({one.person for ranked in found.values() for one in ranked}, at)
    losses = [_named(row, [one for one in found[row.asset.id] if one.person in refs], refs, at) for row in page.losses]
    return replace(
        page, losses=tuple(replace(row, transfer=spiral.transfer(row.next_best, row.leaving)) for row in losses)
    )


def _takers(
    memories: Sequence[store.Recalled], asset: int, leaving: Sequence[int], gone: Collection[int], at: Micros
) -> list[Successor]:
    """Who could take over what the leavers know of an asset; asked of the source with most such files."""
    files, known = max(
        ((known.memory.files_of(leaving, asset), known) for known in memories),
        key=lambda pair: len(pair[0]),
        default=(np.zeros(0, np.int64), None),
    )
    if known is None or not len(files):
        return []
    paths = [known.evidence.files.path[file] for file in files[:ASKED]]
    then = known.memory.told_of(at)
    state, _ = known.memory.before(then)
    ranked = rank_successors(state, paths, leaving, then, limit=NEXT_BEST + len(gone))
    return [one for one in ranked if one.person not in gone][:NEXT_BEST]


def _named(row: LossRow, ranked: Sequence[Successor], refs: dict[int, PersonRef], at: Micros) -> LossRow:
    if not ranked:
        return row
    return replace(row, next_best=tuple(NextBest(refs[one.person], _reason(one.evidence, at)) for one in ranked))


def _reason(evidence: Evidence, at: Micros) -> str:
    return "; ".join(facts(evidence, at, "whoever leaves")) or "active in this repository"


def count(n: int, word: str) -> str:
    return f"{n:,} {word}{'' if n == 1 else 's'}"


def fit(candidate: Fit, at: Micros) -> tuple[str, ...]:
    """Why someone fits, as facts: "3 commits, 5 reviews, last 12 days ago"."""
    lines = facts(candidate.evidence, at, "this author")
    if candidate.week:
        lines.append(f"{count(candidate.week, 'review')} in the last seven days")
    return tuple(lines) or ("reviews often in this repository",)


def facts(evidence: Evidence, at: Micros, whose: str) -> list[str]:
    """What speaks for somebody, with its counts."""
    done = [count(n, word) for n, word in ((evidence.commits, "commit"), (evidence.reviews, "review")) if n]
    lines = []
    if done:
        last = f", last {count((at - evidence.last) // DAY, 'day')} ago" if evidence.last is not None else ""
        lines.append(f"{', '.join(done)} {'in these folders' if evidence.near else 'on these files'}{last}")
    if evidence.together:
        lines.append(f"reviewed {count(evidence.together, 'earlier change')} of {whose}")
    return lines


def _assets_of(db: Database, source: int, paths: Sequence[str]) -> tuple[AssetRef, ...]:
    scopes, survivor = Map(assets.load_scopes(db, source)), assets.survivors(db)
    touched = {survivor.get(asset, asset) for asset in map(scopes.asset_of, paths)}
    return tuple(AssetRef(pk, name) for pk, name in assets_in_use().filter(pk__in=touched).values_list("pk", "name"))

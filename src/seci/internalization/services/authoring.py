"""What authors do: patterns of an artifact; cases from a bank, a file, or other cases; taking them out of use."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.artifacts.access import Artifact
from seci.artifacts.bodies import Body
from seci.artifacts.body import DECIDING
from seci.artifacts.walk import attributes_of, outcomes_of
from seci.cases import queries as banks
from seci.cases.case import Case
from seci.cases.table import Fault
from seci.internalization import store
from seci.internalization.access import (
    POOLS,
    Pattern,
    Pool,
    authored,
    case_of,
    current_key,
    get_case,
    get_pattern,
    patterns_of,
    published_body,
)
from seci.internalization.listing import Listed, read
from seci.internalization.patterns import exercise, judgements, way_to
from seci.internalization.situations import situation, variants
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.kit.ids import fingerprint, seeded
from seci.kit.records import to_data
from seci.ledger.kinds import Kind
from seci.people.store import record

MOST_VARIANTS = 50
# What counts as right: option, basis, agreement, experts, revision.
KeySaid = tuple[str, str, float | None, int, int | None]


@dataclass(frozen=True, slots=True)
class Brought:
    """Cases that were new, those that were there already, those without a key (a panel gives it), and rows or cases
    set aside with the reason."""

    new: int
    duplicate: int
    without_key: int
    faults: tuple[Fault, ...]


def prepare(actor: Actor, db: Database, artifact: int) -> tuple[Pattern, ...]:
    """The patterns of a published artifact, one for each of its judgements; after a new revision those of nodes that
    are gone are taken out of use, and whoever practises the artifact has those that came. Raises Refused, Conflict."""
    found = authored(actor, db, artifact)
    _, body = published_body(actor, db, artifact)
    named = judgements(body)
    with db.transaction():
        store.write_patterns(db, artifact, [(one.node, one.name) for one in named])
        store.retire_patterns(db, artifact, [one.node for one in named], now())
        patterns = patterns_of(db, artifact)
        for person in store.learners_of(db, artifact):
            store.ensure_standings(db, person, [one.id for one in patterns])
        _told(db, actor, found, Kind.STRUCTURE, f"{len(named)} patterns to practise")
    return tuple(patterns)


def weigh(
    actor: Actor, db: Database, pattern: int, *, frequency: float | None = None, stake: float | None = None,
    near: Collection[int] | None = None,
) -> Pattern:  # fmt: skip
    """Says how often a pattern comes up in real work, what is at stake, and which patterns of the same artifact are
    easily mistaken for it: these come beside each other in a round. Raises BadInput."""
    found = get_pattern(actor, db, pattern)
    artifact = authored(actor, db, found.artifact)
    for name, value in (("frequency", frequency), ("stake", stake)):
        if value is not None and not 0 < value <= 1_000_000:
            raise BadInput(f"The {name} of a pattern is more than 0 and at most a million, not {value:g}.")
    others = {one.id for one in patterns_of(db, found.artifact)} - {pattern}
    if strange := sorted(set(near or ()) - others):
        raise BadInput(f"Pattern {strange[0]} is no other pattern of this artifact; `seci practice plan` lists them.")
    with db.transaction():
        db.run(
            "UPDATE internalization_pattern SET frequency = ?, stake = ?, near = ? WHERE id = ?",
            [
                found.frequency if frequency is None else frequency,
                found.stake if stake is None else stake,
                json.dumps(sorted(set(found.near if near is None else near))),
                pattern,
            ],
        )
        _told(db, actor, artifact, Kind.DECIDE, f"pattern {pattern} weighed")
    return get_pattern(actor, db, pattern)


def bring_bank(actor: Actor, db: Database, artifact: int, bank: int, *, pool: Pool = "practice") -> Brought:
    """Cases of a bank as cases to practise. What most experts said of a case is its key, else what the artifact
    answers; a case on which it asks the expert, or on which experts are even, is set aside."""
    found = authored(actor, db, artifact)
    patterns, body = _deciding(actor, db, found)
    _pool(pool)
    said: dict[str, Counter[str]] = {}
    for one in banks.judged(actor, db, bank):
        said.setdefault(one.case.id, Counter())[one.outcome] += 1
    ids: dict[str, int] = dict(db.rows("SELECT key, id FROM cases_case WHERE bank_id = ?", [bank]))
    rows: list[dict[str, Any]] = []
    keys: dict[str, KeySaid] = {}
    faults: list[Fault] = []
    for number, case in enumerate(banks.pool(actor, db, bank), start=1):
        try:
            row, key = _from_case(found, patterns, body, case, said.get(case.id, Counter()))
        except BadInput as fault:
            faults.append(Fault(number, f"Case {case.title or case.id}: {fault.sentence}"))
            continue
        code = fingerprint(f"{bank}:{case.id}")[:16]
        rows.append(row | {"pool": pool, "case_id": ids.get(case.id), "code": code})
        keys[code] = key
    return _written(actor, db, found, rows, keys, faults, f"bank {bank}")


def bring_file(
    actor: Actor, db: Database, artifact: int, data: bytes | str, progress: Callable[[int], None] = lambda rows: None
) -> Brought:
    """Cases of a CSV or JSONL file (`listing.COLUMNS`). The same file again brings nothing new. Raises BadInput for
    what is no such file."""
    found = authored(actor, db, artifact)
    _, body = published_body(actor, db, artifact)
    patterns = _patterns(db, found)
    named = {word.casefold(): one for one in reversed(patterns) for word in (one.name, one.node)}
    listed, faults = read(data, progress)
    rows: list[dict[str, Any]] = []
    keys: dict[str, KeySaid] = {}
    aside = list(faults)
    codes: set[str] = set()
    for one in listed:
        pattern = named.get(one.pattern.casefold())
        if pattern is None or one.code in codes:
            reason = f"the id {one.code} is there twice" if pattern else f"{one.pattern!r} is no pattern of it"
            known = "" if pattern else f"; they are {', '.join(each.node for each in patterns[:12])}"
            aside.append(Fault(one.line, f"Line {one.line}: {reason}{known}."))
            continue
        codes.add(one.code)
        rows.append(_from_line(pattern, one, way_to(body, pattern.node)))
        if one.key:
            keys[one.code] = (one.key, "author", None, 0, found.published)
    return _written(actor, db, found, rows, keys, sorted(aside, key=lambda fault: fault.line), "a file")


def vary(actor: Actor, db: Database, case: int, count: int = 3) -> Brought:
    """The same judgement with another surface: what the way of the case looks at stays as it is, so its key holds.

    Raises BadInput where the case has no values, or the artifact looks at all of them.
    """
    origin = case_of(db, case)
    found = authored(actor, db, origin.artifact)
    _, body = _deciding(actor, db, found)
    key = current_key(db, case)
    if key is None:
        raise BadInput("This case has no key yet, so nothing can be said of a variant of it.")
    if not origin.facts or not 1 <= count <= MOST_VARIANTS:
        raise BadInput(f"Up to {MOST_VARIANTS} variants can be made of a case that has values by attribute.")
    pool = [one.facts for one in _siblings(db, origin.pattern)]
    made = variants(body, origin.facts, pool, count, seeded("variants", case, len(pool)))
    if not made:
        raise BadInput("The way of this case looks at all that could be varied; its surface cannot be changed.")
    rows: list[dict[str, Any]] = []
    for one in made:
        words = situation(attributes_of(body), one.values)
        rows.append(
            _row(origin.pattern, origin.nodes, "", words, one.values, origin.options)
            | {
                "critical": origin.critical, "source": "synthetic", "variant_of_id": case, "kind": origin.kind,
                "code": fingerprint(f"{case}:{sorted(one.values.items())}")[:16],
            }
        )  # fmt: skip
    # The panel has not judged the variant: its key is carried over and cannot decide a gate.
    keys: dict[str, KeySaid] = {row["code"]: (key.option, "variant", None, 0, key.revision) for row in rows}
    return _written(actor, db, found, rows, keys, [], f"variants of case {case}")


def move(actor: Actor, db: Database, case: int, pool: Pool) -> None:
    """Puts a case into another pool. One that anybody has met cannot be sealed: Conflict."""
    origin = get_case(actor, db, case)
    found = authored(actor, db, origin.artifact)
    _pool(pool)
    met = db.rows(
        "SELECT 1 FROM internalization_attempt WHERE case_id = ? UNION SELECT 1 FROM internalization_play "
        "WHERE case_id = ? UNION SELECT 1 FROM internalization_ranking WHERE case_id = ?",
        [case, case, case],
    )
    if pool != "practice" and met:
        raise Conflict("Somebody has met this case already; seal one that nobody has seen.")
    with db.transaction():
        db.run("UPDATE internalization_practicecase SET pool = ? WHERE id = ?", [pool, case])
        _told(db, actor, found, Kind.DECIDE, f"case {case} into the pool {pool}")


def retire_case(actor: Actor, db: Database, case: int) -> None:
    """Takes a case out of use; attempts at it stay. Raises Conflict when it is already."""
    origin = get_case(actor, db, case)
    found = authored(actor, db, origin.artifact)
    if origin.retired_at is not None:
        raise Conflict("This case is out of use already.")
    with db.transaction():
        db.run("UPDATE internalization_practicecase SET retired_at = ? WHERE id = ?", [now(), case])
        _told(db, actor, found, Kind.RETIRE, f"case {case} out of use")


def _deciding(actor: Actor, db: Database, found: Artifact) -> tuple[list[Pattern], Body]:
    if found.type not in DECIDING:
        raise BadInput(f"A {found.type.replace('_', ' ')} does not decide cases by itself; bring its cases in a file.")
    _, body = published_body(actor, db, found.id)
    return _patterns(db, found), body


def _patterns(db: Database, found: Artifact) -> list[Pattern]:
    patterns = patterns_of(db, found.id)
    if not patterns:
        raise Conflict(f"{found.title!r} has no patterns yet; `seci practice prepare {found.id}` makes them.")
    return patterns


def _from_case(
    found: Artifact, patterns: list[Pattern], body: Body, case: Case, said: Counter[str]
) -> tuple[dict[str, Any], KeySaid]:
    known = exercise(body, case.values)
    if known is None:
        raise BadInput("the artifact asks the expert on it, so it belongs to no pattern.")
    pattern = next((one for one in patterns if one.node == known.node), None)
    if pattern is None:
        raise BadInput(f"its node {known.node} is no pattern; prepare the patterns of the artifact again.")
    options = outcomes_of(body)
    top = said.most_common(2)
    if len(top) == 2 and top[0][1] == top[1][1]:
        raise BadInput("as many experts said one thing as another; a panel can say more.")
    if top and top[0][0] not in options:
        raise BadInput(f"experts said {top[0][0]!r}, which is none of its options.")
    n = sum(said.values())
    key = (top[0][0], "verdicts", top[0][1] / n, n, found.published) if top else (
        known.outcome, "artifact", None, 0, found.published,
    )  # fmt: skip
    words = situation(attributes_of(body), case.values, case.title)
    row = _row(pattern.id, known.nodes, case.title, words, case.values, options)
    return row | {"source": "real" if case.source == "real" else "synthetic"}, key


def _from_line(pattern: Pattern, one: Listed, way: tuple[str, ...]) -> dict[str, Any]:
    return _row(pattern.id, way, one.title, one.situation, {}, one.options) | {
        "critical": one.critical, "source": one.source, "pool": one.pool, "kind": one.kind, "code": one.code,
    }  # fmt: skip


def _row(
    pattern: int, nodes: tuple[str, ...], title: str, words: str, values: Mapping[str, Any], options: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "pattern_id": pattern, "nodes": json.dumps(list(nodes)), "kind": "case", "title": title[:200],
        "situation": words, "facts": json.dumps(to_data(dict(values))), "options": json.dumps(list(options)),
        "critical": False, "pool": "practice", "source": "real", "case_id": None, "variant_of_id": None,
    }  # fmt: skip


def _written(
    actor: Actor, db: Database, found: Artifact, rows: list[dict[str, Any]],
    keys: Mapping[str, KeySaid], faults: list[Fault], origin: str,
) -> Brought:  # fmt: skip
    with db.transaction():
        new = store.insert_cases(db, rows, by=actor.account, at=now())
        store.write_keys(db, [(new[code], *key) for code, key in keys.items() if code in new], now())
        _told(db, actor, found, Kind.IMPORT_EXTERNAL, f"{len(new)} cases to practise from {origin}")
    return Brought(len(new), len(rows) - len(new), len(new) - len(new.keys() & keys.keys()), tuple(faults))


def _siblings(db: Database, pattern: int) -> list[Any]:
    rows = db.rows("SELECT id FROM internalization_practicecase WHERE pattern_id = ? ORDER BY id LIMIT 200", [pattern])
    return [case_of(db, id_) for (id_,) in rows]


def _pool(pool: str) -> None:
    if pool not in POOLS:
        raise NotFound(f"There is no pool {pool!r}; cases are in {', '.join(POOLS)}.")


def _told(db: Database, actor: Actor, found: Artifact, kind: Kind, sentence: str) -> None:
    record(db, actor, kind, sentence, asset=found.asset, artifact=found.id, revision=found.published)

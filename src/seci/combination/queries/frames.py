"""The frame of the pages of one merge, and the list of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seci.accounts.actor import Actor
from seci.combination.access import Merge, get_merge, need_member
from seci.combination.views import Frame, MergeRow, Step
from seci.kit.database import Database
from seci.kit.errors import NotFound


def merges(actor: Actor, db: Database, *, left: bool = False) -> tuple[MergeRow, ...]:
    """All merges, the latest changed on top; those that were left only where asked for."""
    need_member(actor)
    rows = db.rows(
        "SELECT m.id, m.title, m.state, "
        "(SELECT COUNT(*) FROM combination_source s WHERE s.merge_id = m.id), "
        "(SELECT COUNT(DISTINCT s.guide) FROM combination_source s WHERE s.merge_id = m.id), "
        "(SELECT COUNT(*) FROM combination_conflict c WHERE c.merge_id = m.id), "
        "(SELECT COUNT(*) FROM combination_conflict c WHERE c.merge_id = m.id AND c.state = 'open'), "
        "(SELECT COUNT(*) FROM combination_finding f WHERE f.merge_id = m.id AND f.state = 'open'), m.changed_at "
        "FROM combination_merge m WHERE m.state <> ? ORDER BY m.changed_at DESC, m.id DESC LIMIT 200",
        ["" if left else "left"],
    )
    return tuple(MergeRow(*row) for row in rows)


def merge_of_document(actor: Actor, db: Database, document: int) -> int:
    """The merge that a playbook was made by. Raises NotFound."""
    need_member(actor)
    rows = db.rows("SELECT MAX(id) FROM combination_merge WHERE draft_id = ?", [document])
    if rows[0][0] is None:
        raise NotFound(f"Document {document} was not made by a merge.")
    return int(rows[0][0])


def frame(actor: Actor, db: Database, merge: int) -> Frame:
    """A merge with its steps, each with how it stands."""
    found = get_merge(actor, db, merge)
    return Frame(found, steps(db, found), found.state in ("open", "published"))


def steps(db: Database, found: Merge) -> tuple[Step, ...]:
    """The steps of a merge, as its pages list them."""
    ((sources, guides),) = db.rows(
        "SELECT COUNT(*), COUNT(DISTINCT guide) FROM combination_source WHERE merge_id = ?", [found.id]
    )
    counts = {state: int(n) for state, n in db.rows(
        "SELECT state, COUNT(*) FROM combination_conflict WHERE merge_id = ? GROUP BY state", [found.id]
    )}  # fmt: skip
    ((reviews,),) = db.rows(
        "SELECT COUNT(*) FROM combination_finding WHERE merge_id = ? AND state = 'open'", [found.id]
    )
    chapters = len((found.outline or {}).get("chapters", ()))
    waiting, is_read = counts.get("open", 0), found.outline is not None
    asked = counts.get("asked", 0)
    return (
        Step("merge", "Sources", f"{_n(sources, 'page')} of {_n(guides, 'guide')}", True),
        Step("merge-outline", "Outline", _n(chapters, "chapter"), is_read),
        Step("merge-same", "Says the same", _n(len(found.equivalents), "group"), is_read),
        Step(
            "merge-conflicts", "Conflicts",
            f"{waiting} to decide" if waiting else f"{asked} asked" if asked else "all decided" if counts else "none",
            is_read and not waiting,
        ),
        Step("merge-gaps", "Gaps", _n(len(missing(found.gaps)), "gap"), is_read),
        Step("merge-draft", "Draft", "written" if found.draft else "not yet", found.draft is not None),
        Step(
            "merge-publish", "Publish", f"r{found.published}" if found.published else "not yet",
            found.published is not None,
        ),
        Step("merge-review", "Review", f"{reviews} came back" if reviews else "nothing came back", not reviews),
    )  # fmt: skip


def missing(gaps: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gaps but for topics that one guide alone speaks of: those are listed with what is left out."""
    return [one for one in gaps if one["kind"] != "one guide"]


def _n(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

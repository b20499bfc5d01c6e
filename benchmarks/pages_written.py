"""What people have written in the organization of `benchmarks.pages`: a library, frameworks, merges, findings, wishes.

Everything grows with the number of people: a page of the library for every fifth, a published framework with cases
for every hundredth, a finding for every tenth, a merge and a wish for every fiftieth.
"""

from __future__ import annotations

import numpy as np

from seci.accounts.actor import Actor
from seci.artifacts import services as authors
from seci.artifacts.bodies import Leaf, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.context import Context
from seci.cases.attribute import Attribute
from seci.combination import store as findings
from seci.combination.services import starting as merges
from seci.internalization import services as practice
from seci.kit.clock import now
from seci.kit.database import Database
from seci.library import services as library
from seci.library.incoming import Page
from seci.search import services as searching

WORDS = (
    "review", "change", "test", "reviewer", "reads", "merge", "branch", "small", "query",
    "table", "index", "backup", "release", "alert", "owner", "page",
)  # fmt: skip
NULLS = Attribute("nulls", "missing values", "number", "%", 0.0, 100.0)
FOR = Context("Whoever is on call", "A table arrives", "none known")
BATCH = 200


def write(actor: Actor, db: Database, people: int, assets: int) -> None:
    """Writes it all; `actor` must be a person, who practises one framework of three."""
    draw = np.random.default_rng(11)

    def sentences(n: int) -> str:
        return " ".join(f"{' '.join(draw.choice(WORDS, 9))}.".capitalize() for _ in range(n))

    titles = [f"Page {n:05d} on {draw.choice(WORDS)}" for n in range(people // 5)]
    shelf = library.collection(actor, db, "Guides", "folder", licence="CC-BY-4.0")
    pages = [
        Page(
            f"p{n}.md",
            title,
            f"# {title}\n\n{sentences(3)}\n\n## More\n\n{sentences(3)} See [one](p{draw.integers(len(titles))}.md).",
        )
        for n, title in enumerate(titles)
    ]
    for at in range(0, len(pages), BATCH):
        library.put_all(actor, db, shelf, pages[at : at + BATCH])
    ids = [int(one) for (one,) in db.rows("SELECT id FROM library_document ORDER BY id")]
    for n in range(max(2, people // 100)):
        framework(actor, db, f"May table {n:03d} be loaded?", 1 + n % assets, learns=n % 3 == 0)
    with db.transaction():
        for n in range(people // 10):
            findings.write_finding(
                db,
                {
                    "kind": ("gap", "stale", "duplicate")[n % 3], "document_id": ids[n % len(ids)],
                    "other_id": ids[-1 - n % len(ids)], "sentence": sentences(1), "fingerprint": f"f{n}",
                    "score": float(draw.random()),
                },
                now(),
            )  # fmt: skip
    for n in range(max(2, people // 50)):
        merges.start(actor, db, f"One of merge {n}", documents=[ids[n % len(ids)], ids[(n + 1) % len(ids)]])
        searching.note(db, f"{sentences(1)[:40]} {n}", f"asker {n}", answered=False)


def framework(actor: Actor, db: Database, title: str, asset: int, *, learns: bool) -> None:
    """A published tree of two judgements with twenty cases to practise."""
    hold, use = Leaf("n2", "hold", ""), Leaf("n3", "use", "")
    body = Tree(title, (NULLS,), ("use", "hold"), Split("n1", Condition("nulls", ">", 5.0), hold, use))
    made = authors.create(actor, db, "decision_tree", title, body, asset=asset, context=FOR).id
    authors.publish(actor, db, made)
    practice.prepare(actor, db, made)
    rows = "\n".join(
        f"k{n},{('n2', 'n3')[n % 2]},Case {n},Table {n},use|hold,{('hold', 'use')[n % 2]}" for n in range(20)
    )
    practice.bring_file(actor, db, made, f"id,pattern,title,situation,options,key\n{rows}")
    if learns:
        practice.begin(actor, db, made)

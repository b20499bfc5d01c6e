"""What the search knows of an artifact: its context, its nodes, and the claims that they cite."""

from __future__ import annotations

from collections.abc import Iterator

from seci.artifacts.body import from_data
from seci.artifacts.citing import cited_claims
from seci.artifacts.walk import nodes
from seci.kit.database import Database, from_json
from seci.search import passages
from seci.search.passage import NOBODY, Subject, gather

Part = tuple[str, tuple[str, ...], str]


# allow actor: shows what is there to the search; whoever changed it has asked who may
def let_find(db: Database, artifact: int) -> None:
    """Lets an artifact be found as it is now, in the transaction that changed it. What is published is found as it is
    published; a draft by members; what is retired by nobody."""
    type_name, state, owner, head, published, changed_at = db.rows(
        "SELECT type, state, owner_id, head, published, changed_at FROM artifacts_artifact WHERE id = ?", [artifact]
    )[0]
    number = published if state == "published" and published is not None else head
    title, data, context = db.rows(
        "SELECT title, body, context FROM artifacts_revision WHERE artifact_id = ? AND number = ?", [artifact, number]
    )[0]
    audience = {"published": "guest", "draft": "member"}.get(state, NOBODY)
    subject = Subject("artifact", artifact, title, audience, state, owner, (type_name.replace("_", " "),), changed_at)
    body = from_data(type_name, from_json(data))
    said: dict[str, str] = dict(
        db.rows(
            "SELECT key, text FROM artifacts_claim WHERE artifact_id = ? AND status NOT IN ('retracted', 'corrected')",
            [artifact],
        )
    )

    def parts() -> Iterator[Part]:
        yield from (("", (), words) for words in from_json(context).values() if words)
        yield from (("", (), node.words) for node in nodes(body))
        yield from (("", ("Claims",), said[key]) for key in sorted(cited_claims(body)) if key in said)

    passages.put(db, subject, () if audience == NOBODY else gather(parts()))

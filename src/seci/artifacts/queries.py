"""Reads about artifacts, one function per question."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.artifacts.access import claims, get_artifact, get_revision
from seci.artifacts.contribution import contribution
from seci.kit.database import Database


def obstacles(actor: Actor, db: Database, artifact: int) -> list[str]:
    """What stands between the latest revision and its publication, each in words; empty when nothing does."""
    get_artifact(actor, db, artifact)
    last = get_revision(actor, db, artifact)
    lacking = []
    if waiting := contribution(claims(actor, db, artifact)).waiting:
        are = "claim waits" if waiting == 1 else "claims wait"
        lacking.append(f"{waiting} {are} for a person to confirm or take back")
    if missing := last.context.missing:
        lacking.append(f"it does not say {', '.join(missing)}")
    return lacking

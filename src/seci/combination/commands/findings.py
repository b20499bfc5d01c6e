"""`seci findings`: what stands twice, contradicts, is missing, stale or not linked in the library."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.kit.terminal import json_option, show, table


@click.group()
def findings() -> None:
    """Look through the library for duplicates, conflicts, gaps, what is stale and missing links; decide each once."""


@findings.command("list")
@click.option("--kind", type=click.Choice(["duplicate", "conflict", "gap", "stale", "link", "changed"]), default=None)
@click.option("--state", type=click.Choice(["open", "decided", "gone"]), default="open", show_default=True)
@click.option("--document", type=int, help="Of this document alone.")
@json_option
def list_(kind: str | None, state: str, document: int | None, as_json: bool) -> None:
    """List findings, the likeliest first."""
    from seci.combination.queries import shelves

    with door.database() as db:
        page = shelves.findings(door.actor(), db, kind=kind or "", state=state, document=document, size=200)
    if as_json:
        show(page)
        return
    table(["id", "kind", "what"], [(r.finding.id, r.finding.kind, r.finding.sentence[:110]) for r in page.rows])


@findings.command("look")
@json_option
def look(as_json: bool) -> None:
    """Look through the library now."""
    from seci.combination.services import looking

    with door.database() as db:
        made = looking.look(door.actor(), db, later=False)
        fresh = looking.run(door.actor(), db, made)
    show({"look": made, "new": fresh}) if as_json else click.echo(f"{fresh} new findings")


@findings.command("decide")
@click.argument("finding", type=int)
@click.argument("decision")
@click.option("--reason", default="")
@json_option
def decide(finding: int, decision: str, reason: str, as_json: bool) -> None:
    """Decide FINDING; it does not come back while its words stay.

    DECISION is same or apart for what stands twice; merge or fine for what contradicts; write or none for what is
    missing; renew or fine for what is stale; for a link: here (the words that name the page become the link), also (a
    line under See also) or apart (never proposed again).
    """
    from seci.combination.services import looking

    with door.database() as db:
        done = looking.decide_finding(door.actor(), db, finding, decision, reason)
    show(done) if as_json else click.echo(f"finding {done.id}  {done.decision}")

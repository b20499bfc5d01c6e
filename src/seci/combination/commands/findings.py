"""`seci findings`: what stands twice, contradicts, is missing or stale in the library."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.kit.terminal import json_option, show, table


@click.group()
def findings() -> None:
    """Look through the library for duplicates, conflicts, gaps and what is stale; decide each once."""


@findings.command("list")
@click.option("--kind", type=click.Choice(["duplicate", "conflict", "gap", "stale", "changed"]), default=None)
@click.option("--state", type=click.Choice(["open", "decided", "gone"]), default="open", show_default=True)
@json_option
def list_(kind: str | None, state: str, as_json: bool) -> None:
    """List findings, the likeliest first."""
    from seci.combination.queries import shelves

    with door.database() as db:
        page = shelves.findings(door.actor(), db, kind=kind or "", state=state, size=200)
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
    """Decide FINDING; it does not come back while its words stay."""
    from seci.combination.services import looking

    with door.database() as db:
        done = looking.decide_finding(door.actor(), db, finding, decision, reason)
    show(done) if as_json else click.echo(f"finding {done.id}  {done.decision}")

"""`seci exercises rank`: a case ranked in the terminal, before and after seeing the experts' ranking."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.internalization.access import seated
from seci.internalization.shadowing import queries, services
from seci.internalization.shadowing.queries import RankingView
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, remark, show


@click.command("rank")
@click.argument("artifact", type=int)
@click.option("--order", help="Numbers of the options, best first, as 2,1,3; with --json this is one step.")
@click.option("--words", default="", help="Why; or what moved it, the second time.")
@click.option("--as", "person", type=int, required=True, help="Number of the person who sits there.")
@json_option
def rank(artifact: int, order: str | None, words: str, person: int, as_json: bool) -> None:
    """Rank the options of the next case of ARTIFACT as experts do; see theirs; rank once more."""
    with door.database() as db:
        actor = seated(door.actor(), db, person)
        id_ = services.next_ranking(actor, db, artifact)
        if order is not None:
            _step(actor, db, queries.ranking(actor, db, id_), order, words)
        page = queries.ranking(actor, db, id_)
        while order is None and not as_json and page.step != "done":
            page = _asked(actor, db, page)
    if as_json:
        show(page)
    else:
        _tell(page)


def _asked(actor: Actor, db: Database, page: RankingView) -> RankingView:
    remark(page.situation if page.step == "rank" else "Once more, now that you know:")
    for number, option in enumerate(page.options, start=1):
        remark(f"  {number}  {option}")
    order = click.prompt("Best first, as 2,1,3", err=True)
    words = click.prompt("Why" if page.step == "rank" else "What moved you, or why it stays", err=True)
    _step(actor, db, page, order, words)
    after = queries.ranking(actor, db, page.id)
    if page.step == "rank":
        _tell(after)
    return after


def _step(actor: Actor, db: Database, page: RankingView, order: str, words: str) -> None:
    verb = services.rank if page.step == "rank" else services.rerank
    verb(actor, db, page.id, _options(page, order), words)


def _options(page: RankingView, order: str) -> list[str]:
    try:
        return [page.options[int(one) - 1] for one in order.replace(" ", "").split(",") if int(one) > 0]
    except (ValueError, IndexError):
        raise BadInput(
            f"Give the numbers 1 to {len(page.options)}, best first, with commas; {order!r} is not that."
        ) from None


def _tell(page: RankingView) -> None:
    if page.told is None:
        return
    tau = "unknown" if page.told.tau is None else f"{page.told.tau:.2f}"
    click.echo(f"{page.told.experts} experts: {' > '.join(page.told.order)}; yours agrees at {tau} (tau-b).")
    for option, reason in page.told.reasons:
        click.echo(f"  {option}: {reason}")

"""`seci exercises play`, `plays`, `observe`: role-plays in the terminal."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.internalization.access import seated
from seci.internalization.exercises.roleplay import SEEN
from seci.internalization.playing import queries, services
from seci.internalization.playing.queries import PlayView
from seci.kit.clock import to_date
from seci.kit.terminal import json_option, remark, show, table

as_option = click.option("--as", "person", type=int, required=True, help="Number of the person who sits there.")


@click.command("play")
@click.argument("artifact", type=int)
@click.argument("counterpart", type=int)
@click.argument("observer", type=int)
@as_option
@json_option
def prepare(artifact: int, counterpart: int, observer: int, person: int, as_json: bool) -> None:
    """Prepare a role-play on ARTIFACT: you decide, COUNTERPART and OBSERVER are persons by number."""
    with door.database() as db:
        actor = seated(door.actor(), db, person)
        page = queries.play(actor, db, services.prepare_play(actor, db, artifact, counterpart, observer))
    show(page) if as_json else _tell(page)


@click.command("plays")
@click.argument("play", type=int, required=False)
@as_option
@json_option
def plays(play: int | None, person: int, as_json: bool) -> None:
    """List the role-plays in which you have a part, or read PLAY as that part may."""
    with door.database() as db:
        actor = seated(door.actor(), db, person)
        if play is not None:
            page = queries.play(actor, db, play)
            show(page) if as_json else _tell(page)
            return
        rows = queries.plays(actor, db)
    if as_json:
        show(rows)
        return
    table(
        ["id", "on", "your part", "prepared", "state"],
        [(one.id, one.title, one.part, to_date(one.at).isoformat(), "over" if one.is_over else "open") for one in rows],
    )


@click.command("observe")
@click.argument("play", type=int)
@click.option("--tick", "ticks", multiple=True, metavar="ITEM=SEEN", help=f"{', '.join(SEEN)}; repeat it.")
@click.option("--note", default="", help="Your words for the decider.")
@as_option
@json_option
def observe(play: int, ticks: tuple[str, ...], note: str, person: int, as_json: bool) -> None:
    """Fill in the observer's form of PLAY."""
    given = {item: said for item, _, said in (one.partition("=") for one in ticks)}
    with door.database() as db:
        actor = seated(door.actor(), db, person)
        if not given and not as_json:
            for item in queries.play(actor, db, play).form:
                given[item.id] = click.prompt(item.text, type=click.Choice(SEEN), err=True)
        seen = services.observe(actor, db, play, given, note)
    show(seen) if as_json else click.echo(f"{seen.seen} of {seen.occasions} seen where there was occasion.")


def _tell(page: PlayView) -> None:
    click.echo(f"{page.id}  {page.title}: you are the {page.part}.")
    for line in (page.scene, *(f"{minute:>2}'  {words}" for minute, words in page.beats), *page.hidden):
        if line:
            remark(line)
    for item in page.form:
        remark(f"  {item.id:<10}{item.text}")

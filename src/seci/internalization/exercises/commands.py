"""`seci exercises`: drills, seeded checklists and explanations in the terminal."""

from __future__ import annotations

import json
from typing import IO, Any

import click

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.internalization.access import seated
from seci.internalization.exercises import queries, services
from seci.internalization.exercises.views import WalkView
from seci.internalization.playing import commands as playing
from seci.internalization.shadowing import commands as shadowing
from seci.kit.database import Database
from seci.kit.errors import BadInput, SeciError
from seci.kit.terminal import json_option, remark, show, table

as_option = click.option("--as", "person", type=int, required=True, help="Number of the person who sits there.")


@click.group()
def exercises() -> None:
    """Drills with faults, checklists on seeded objects, rankings, role-plays, judgements explained and read."""


for each in (shadowing.rank, playing.prepare, playing.plays, playing.observe):
    exercises.add_command(each)


@exercises.command("list")
@click.argument("artifact", type=int)
@as_option
@json_option
def list_(artifact: int, person: int, as_json: bool) -> None:
    """List the exercises of ARTIFACT."""
    with door.database() as db:
        rows = queries.exercises(seated(door.actor(), db, person), db, artifact)
    if as_json:
        show([{"id": id_, "kind": kind, "title": title, "revision": number} for id_, kind, title, number in rows])
        return
    table(["id", "kind", "title", "revision"], rows)


@exercises.command()
@click.argument("artifact", type=int)
@click.option("--script", type=click.File(), help="A JSON file with scene, causes, cause and faults.")
@click.option("--faults", type=click.IntRange(1, 3), default=1, show_default=True, help="Of a drill made by chance.")
@json_option
def drill(artifact: int, script: IO[str] | None, faults: int, as_json: bool) -> None:
    """Prepare a drill on the published runbook ARTIFACT."""
    with door.database() as db:
        made = services.write_drill(
            door.actor(), db, artifact, script=_object(script) if script else None, faults=faults
        )
    _made(made, as_json)


@exercises.command()
@click.argument("artifact", type=int)
@click.argument("scene")
@click.option("--defect", "defects", multiple=True, metavar="ITEM=WORDS", help="What is wrong there; repeat it.")
@json_option
def seed(artifact: int, scene: str, defects: tuple[str, ...], as_json: bool) -> None:
    """Prepare something with defects (SCENE describes it) to go through the published checklist ARTIFACT on."""
    given = {item: words for item, _, words in (one.partition("=") for one in defects)}
    with door.database() as db:
        made = services.seed_checklist(door.actor(), db, artifact, scene, given)
    _made(made, as_json)


@exercises.command()
@click.argument("exercise", type=int)
@click.option("--act", "deed", metavar="DID[:VALUE]", help="One act; with --json this goes on step by step.")
@as_option
@json_option
def walk(exercise: int, deed: str | None, person: int, as_json: bool) -> None:
    """Go through EXERCISE, or go on with it; each act is written down at once."""
    with door.database() as db:
        actor = seated(door.actor(), db, person)
        id_ = services.walk(actor, db, exercise)
        if deed is not None:
            _act(actor, db, id_, deed)
        page = queries.walk(actor, db, id_)
        if as_json:
            show(page)
            return
        remark(page.scene)
        while page.state == "open" and deed is None:
            page = _step(actor, db, page)
        _tell(page)


def _act(actor: Actor, db: Database, walk_: int, deed: str) -> None:
    did, _, value = deed.strip().partition(":")
    services.act(actor, db, walk_, queries.walk(actor, db, walk_).number, did, value)


def _step(actor: Actor, db: Database, page: WalkView) -> WalkView:
    for spot in page.spots:
        if page.kind == "checklist" or spot.id == page.at:
            remark(f"  {spot.id:<12}{spot.words}" + (f" (expect: {spot.expect})" if spot.expect else ""))
    value = "CAUSE" if page.kind == "drill" else "ITEM"
    remark(f"  {', '.join(page.may)}; with a value: diagnose:{value}" if page.causes else f"  DID:{value} or stop")
    for cause in page.causes:
        remark(f"    cause: {cause}")
    try:
        _act(actor, db, page.id, click.prompt("Act", err=True))
    except SeciError as refusal:
        remark(refusal.sentence)
    after = queries.walk(actor, db, page.id)
    if after.seen:
        remark(f"> {after.seen}")
    return after


def _tell(page: WalkView) -> None:
    if page.result is None:
        click.echo(page.seen)
        return
    for name, value in page.result.items():
        click.echo(f"{name:<14}{json.dumps(value, ensure_ascii=False)}")


@exercises.command()
@click.argument("pattern", type=int)
@click.argument("words")
@as_option
@json_option
def explain(pattern: int, words: str, person: int, as_json: bool) -> None:
    """Explain PATTERN in WORDS for a reader who has nothing else."""
    with door.database() as db:
        made = services.explain(seated(door.actor(), db, person), db, pattern, words)
    _made(made, as_json)


@exercises.command()
@click.argument("explanation", type=int)
@click.option("--verdicts", type=click.File(), help="A JSON file: option by number of the case.")
@as_option
@json_option
def read(explanation: int, verdicts: IO[str] | None, person: int, as_json: bool) -> None:
    """Read EXPLANATION: decide its cases without the words, then with them."""
    with door.database() as db:
        actor = seated(door.actor(), db, person)
        page = queries.reading(actor, db, explanation)
        if verdicts is not None:
            services.judge(actor, db, explanation, {str(k): str(v) for k, v in _object(verdicts).items()})
        elif not as_json:
            while page.step in ("before", "after"):
                remark(page.words or "Without the words first.")
                given = {str(one.id): _choose(one.situation, one.options) for one in page.cases}
                services.judge(actor, db, explanation, given)
                page = queries.reading(actor, db, explanation)
        page = queries.reading(actor, db, explanation)
    if as_json:
        show(page)
    elif page.result:
        gain = page.result["gain"]
        click.echo(
            f"understood {page.result['understood']}, n {page.result['n']}, gain {gain if gain is not None else '–'}"
        )


def _choose(situation: str, options: tuple[str, ...]) -> str:
    remark(situation)
    return str(click.prompt("Decide", type=click.Choice(list(options)), err=True))


def _object(file: IO[str]) -> dict[str, Any]:
    try:
        found = json.load(file)
    except ValueError as error:
        raise BadInput(f"That file holds no JSON: {error}.") from None
    if not isinstance(found, dict):
        raise BadInput("That file holds no JSON object.")
    return found


def _made(made: int, as_json: bool) -> None:
    if as_json:
        show({"id": made})
    else:
        click.echo(made)

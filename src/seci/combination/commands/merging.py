"""`seci merge`: several documents of the library become one, step by step."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.combination.adr import CHOICES
from seci.kit.errors import BadInput
from seci.kit.terminal import is_watched, json_option, remark, show, table


@click.group()
def merge() -> None:
    """Make one playbook of several documents, every sentence with its source."""


@merge.command("list")
@click.option("--left", is_flag=True, help="Also those that were left.")
@json_option
def list_(left: bool, as_json: bool) -> None:
    """List merges."""
    from seci.combination.queries import frames

    with door.database() as db:
        rows = frames.merges(door.actor(), db, left=left)
    if as_json:
        show(rows)
        return
    table(
        ["id", "title", "state", "sources", "guides", "to decide", "came back"],
        [(r.id, r.title, r.state, r.sources, r.guides, r.waiting, r.reviews) for r in rows],
    )


def picks(command: click.Command) -> click.Command:
    """The options by which sources are picked."""
    for option in (
        click.option("--nc", is_flag=True, help="The result will never be used for money."),
        click.option("--concept", type=int, help="All pages about this concept."),
        click.option("--collection", "collections", type=int, multiple=True, help="All pages of a collection."),
        click.option("--document", "documents", type=int, multiple=True, help="A document."),
    ):
        command = option(command)
    return command


@merge.command("check")
@picks  # type: ignore[arg-type]
@json_option
def check(
    documents: tuple[int, ...], collections: tuple[int, ...], concept: int | None, nc: bool, as_json: bool
) -> None:
    """Say which licence a merge of these would be under, before anything is made."""
    from seci.combination.queries import picking

    with door.database() as db:
        found = picking.picking(
            door.actor(), db, documents=documents, collections=collections, concept=concept, accept_nc=nc
        )
    if as_json:
        show(found)
        return
    table(["document", "title", "guide", "licence"], [(p.document, p.title, p.guide, p.licence) for p in found.picked])
    if found.refusal:
        remark(found.refusal)
        return
    remark(
        f"The result is under {found.outcome.spdx or 'a licence that is not known'}. {' '.join(found.outcome.reasons)}"
    )


@merge.command("start")
@click.argument("title")
@picks  # type: ignore[arg-type]
@click.option("--recipe", default="", help="Key of a recipe: which kinds of source it needs.")
@click.option("--product", default="", help="Key of a product: which sections it has.")
@click.option("--asset", type=int, help="The asset it is about.")
@click.option("--everything", is_flag=True, help="Take in what one guide alone speaks of, too.")
@click.option("--later", is_flag=True, help="Leave the reading to the worker of `seci up`.")
@json_option
def start(
    title: str, documents: tuple[int, ...], collections: tuple[int, ...], concept: int | None, nc: bool, recipe: str,
    product: str, asset: int | None, everything: bool, later: bool, as_json: bool,
) -> None:  # fmt: skip
    """Start a merge called TITLE and read its sources."""
    from seci.combination.services import reading, starting

    with door.database() as db:
        made = starting.start(
            door.actor(), db, title, documents=documents, collections=collections, concept=concept, recipe=recipe,
            product=product, asset=asset, everything=everything, accept_nc=nc, later=later,
        )  # fmt: skip
        if not later:
            made = reading.read_sources(door.actor(), db, made.id, tell=_tell)
    show(made) if as_json else click.echo(f"merge {made.id}  {made.title}  {made.state}  {made.licence or 'unknown'}")


@merge.command("add")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.argument("documents", type=int, nargs=-1, required=True)
@click.option("--class", "source_class", default="", help="Class of source, as the recipe calls it.")
@json_option
def add(merge_id: int, documents: tuple[int, ...], source_class: str, as_json: bool) -> None:
    """Add DOCUMENTS to MERGE and read it again; what was decided stays."""
    from seci.combination.services import reading, starting

    with door.database() as db:
        starting.add(door.actor(), db, merge_id, documents, source_class=source_class, later=False)
        made = reading.read_sources(door.actor(), db, merge_id, tell=_tell)
    show(made) if as_json else click.echo(f"merge {made.id}  {made.title}  {made.state}")


@merge.command("classify")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.argument("source_class", metavar="CLASS")
@click.argument("documents", type=int, nargs=-1, required=True)
@json_option
def classify(merge_id: int, source_class: str, documents: tuple[int, ...], as_json: bool) -> None:
    """Say that DOCUMENTS are of a CLASS that the recipe of MERGE asks for."""
    from seci.combination.services import starting

    with door.database() as db:
        made = starting.classify(door.actor(), db, merge_id, documents, source_class)
    show(made) if as_json else click.echo(f"merge {made.id}  {len(documents)} sources are {source_class}")


@merge.command("frame")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.option("--recipe", default="", help="Key of a recipe; left out, none.")
@click.option("--product", default="", help="Key of a product; left out, none.")
@json_option
def frame(merge_id: int, recipe: str, product: str, as_json: bool) -> None:
    """Say which recipe and which product MERGE is held to."""
    from seci.combination.services import starting

    with door.database() as db:
        made = starting.follow_recipe(door.actor(), db, merge_id, recipe, product)
    show(made) if as_json else click.echo(
        f"merge {made.id}  {made.recipe or 'no recipe'}  {made.product or 'no product'}"
    )


@merge.command("recipes")
@json_option
def recipes_(as_json: bool) -> None:
    """List recipes and products."""
    from seci.combination.products import products
    from seci.combination.recipes import recipes

    if as_json:
        show({"recipes": recipes(), "products": products()})
        return
    rows = [("recipe", one.key, one.title, ", ".join(each.name for each in one.classes)) for one in recipes()]
    rows += [("product", one.key, one.title, ", ".join(each.title for each in one.sections)) for one in products()]
    table(["kind", "key", "title", "asks for"], rows)


@merge.command("leave")
@click.argument("merge_id", type=int, metavar="MERGE")
@json_option
def leave(merge_id: int, as_json: bool) -> None:
    """Leave MERGE where it is; what was decided stays in the library."""
    from seci.combination.services import starting

    with door.database() as db:
        made = starting.leave(door.actor(), db, merge_id)
    show(made) if as_json else click.echo(f"merge {made.id}  left")


@merge.command("conflicts")
@click.argument("merge_id", type=int, metavar="MERGE")
@json_option
def conflicts(merge_id: int, as_json: bool) -> None:
    """List where the sources of MERGE contradict each other."""
    from seci.combination.queries import conflicts as contradictions

    with door.database() as db:
        page = contradictions.conflicts(door.actor(), db, merge_id)
    if as_json:
        show(page.rows)
        return
    table(
        ["id", "state", "kind", "A", "B"],
        [
            (r.conflict.id, r.conflict.choice or r.conflict.state, r.conflict.kind, r.one[:60], r.two[:60])
            for r in page.rows
        ],
    )


@merge.command("decide")
@click.argument("conflict", type=int)
@click.argument("choice", type=click.Choice(list(CHOICES)))
@click.option("--reason", required=True)
@click.option("--if-a", "when_a", default="", help="Of a split: when A holds.")
@click.option("--if-b", "when_b", default="", help="Of a split: when B holds.")
@json_option
def decide(conflict: int, choice: str, reason: str, when_a: str, when_b: str, as_json: bool) -> None:
    """Decide CONFLICT; the decision is kept as a record with its reason."""
    from seci.combination.services import deciding

    with door.database() as db:
        done = deciding.decide(door.actor(), db, conflict, choice, reason, when_a=when_a, when_b=when_b)
    show(done) if as_json else click.echo(f"conflict {done.id}  {CHOICES[done.choice]}  document {done.adr}")


@merge.command("asked")
@json_option
def asked(as_json: bool) -> None:
    """List what owners of sources were asked."""
    from seci.combination.queries import conflicts as contradictions

    with door.database() as db:
        rows = contradictions.requests(door.actor(), db)
    if as_json:
        show(rows)
        return
    table(
        ["id", "conflict", "who", "document", "answer"],
        [
            (r.request.id, r.request.conflict, r.person.name if r.person else "nobody", r.document_title,
             r.request.answer or "waits")
            for r in rows
        ],
    )  # fmt: skip


@merge.command("answer")
@click.argument("request", type=int)
@click.argument("choice", type=click.Choice(["a", "b", "split", "both", "none"]))
@click.option("--words", required=True, help="Why.")
@json_option
def answer(request: int, choice: str, words: str, as_json: bool) -> None:
    """Answer REQUEST, for whoever was asked."""
    from seci.combination.services import deciding

    with door.database() as db:
        done = deciding.answer(door.actor(), db, request, choice, words)
    show(done) if as_json else click.echo(f"request {done.id}  {done.answer}")


def _tell(step: str, done: int, total: int) -> None:
    if is_watched():
        remark(f"{step} ({done + 1} of {total})")


def sentence(text: str) -> tuple[int, int]:
    """DOCUMENT:NUMBER, as `seci merge same` names sentences."""
    document, _, number = text.partition(":")
    if not (document.isdecimal() and number.isdecimal()):
        raise BadInput(f"{text!r} names no sentence; write DOCUMENT:NUMBER.")
    return int(document), int(number)

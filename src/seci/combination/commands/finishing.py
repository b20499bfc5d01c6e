"""`seci merge draft`, `publish`, `review`: from the draft to publication and after."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.combination.commands.merging import merge
from seci.kit.terminal import json_option, remark, show, table


@merge.command("draft")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.option("--write", is_flag=True, help="Write the draft.")
@click.option("--again", is_flag=True, help="Write it anew over the one there is, as its next revision.")
@json_option
def draft(merge_id: int, write: bool, again: bool, as_json: bool) -> None:
    """Show the draft of MERGE with what each statement rests on, or write it."""
    from seci.combination.queries import drafts
    from seci.combination.services import drafting

    with door.database() as db:
        if write or again:
            drafting.write(door.actor(), db, merge_id, again=again)
        page = drafts.drafted(door.actor(), db, merge_id)
    if as_json:
        show({"document": page.document, "revision": page.revision, "statements": page.statements,
              "coverage": page.coverage})  # fmt: skip
        return
    for one in page.statements:
        where = "; ".join(f"{each.guide}, {each.title} r{each.revision}" for each in one.citations)
        click.echo(f"{one.number:5}  {one.operation:9}  {one.text[:90]}  [{where or 'by hand'}]")
    counted = page.coverage
    remark(
        f"{counted.n} statements: {counted.cited} with a checked source, {counted.human} by hand, {counted.bare} bare."
    )


@merge.command("mark")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.argument("statements", type=int, nargs=-1, required=True)
@json_option
def mark(merge_id: int, statements: tuple[int, ...], as_json: bool) -> None:
    """Say of STATEMENTS of the draft that a person answers for them."""
    from seci.combination.services import drafting

    with door.database() as db:
        left = drafting.mark_human(door.actor(), db, merge_id, statements)
    show(left) if as_json else remark(f"{len(left)} statements are left without a source.")


@merge.command("rephrase")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.argument("statements", type=int, nargs=-1)
@json_option
def rephrase(merge_id: int, statements: tuple[int, ...], as_json: bool) -> None:
    """Ask the partner for clearer words; what the sources do not bear is rejected."""
    from seci.combination.services import drafting

    with door.database() as db:
        changed, words = drafting.rephrase(door.actor(), db, merge_id, statements)
    show({"changed": changed, "remark": words}) if as_json else remark(f"{changed} statements rephrased. {words}")


@merge.command("publish")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.option("--days", type=int, default=180, help="You vouch for it for so long.", show_default=True)
@click.option("--check", is_flag=True, help="Only say what stands in the way.")
@json_option
def publish(merge_id: int, days: int, check: bool, as_json: bool) -> None:
    """Publish the draft of MERGE with the page that names its sources."""
    from seci.combination.queries import publishing as looked
    from seci.combination.services import publishing

    with door.database() as db:
        if check:
            lacking = looked.obstacles(door.actor(), db, merge_id)
            show(lacking) if as_json else click.echo("\n".join(lacking) or "Nothing stands in the way.")
            return
        made = publishing.publish(door.actor(), db, merge_id, days=days)
    show(made) if as_json else click.echo(
        f"document {made.draft} r{made.published}  {made.licence}  sources: {made.attribution}"
    )


@merge.command("require")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.argument("key", metavar="CLASS")
@click.option("--waived", default="", help="Why it does not apply.")
@click.option("--artifact", type=int, help="An artifact that checks it.")
@json_option
def require(merge_id: int, key: str, waived: str, artifact: int | None, as_json: bool) -> None:
    """Say of a CLASS of requirements that it does not apply, or what checks it."""
    from seci.combination.services import publishing

    with door.database() as db:
        made = publishing.require(door.actor(), db, merge_id, key, waived=waived, artifact=artifact)
    show(made.classes) if as_json else click.echo(f"{key}  {made.classes[key] or 'nothing said'}")


@merge.command("review")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.option("--look", is_flag=True, help="First look at all sources that have a later revision.")
@json_option
def review(merge_id: int, look: bool, as_json: bool) -> None:
    """List sentences of MERGE that came back because a source says otherwise now."""
    from seci.combination.queries import drafts
    from seci.combination.services import following

    with door.database() as db:
        if look:
            following.look_again(door.actor(), db, merge_id)
        page = drafts.reviews(door.actor(), db, merge_id)
    if as_json:
        show({"waiting": page.waiting, "decided": page.decided, "conflicts": page.conflicts})
        return
    table(["finding", "ours", "source now"], [(r.finding.id, r.text[:70], r.now[:70] or "gone") for r in page.waiting])


@merge.command("settle")
@click.argument("finding", type=int)
@click.argument("decision", type=click.Choice(["keep", "take", "edit"]))
@click.option("--text", default="", help="The sentence, for edit.")
@click.option("--reason", default="")
@json_option
def settle(finding: int, decision: str, text: str, reason: str, as_json: bool) -> None:
    """Decide a sentence that came back: keep ours, take the new wording, or edit it."""
    from seci.combination.services import following

    with door.database() as db:
        done = following.settle(door.actor(), db, finding, decision, text=text, reason=reason)
    show(done) if as_json else click.echo(f"finding {done.id}  {done.decision}")


@merge.command("accuracy")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.option("--draw", type=int, help="Draw so many statements by lot.")
@json_option
def accuracy(merge_id: int, draw: int | None, as_json: bool) -> None:
    """Show the sample of published statements and the share that people confirmed."""
    from seci.combination.queries import publishing as looked
    from seci.combination.services import publishing

    with door.database() as db:
        if draw:
            publishing.sample(door.actor(), db, merge_id, draw)
        page = looked.accuracy(door.actor(), db, merge_id)
    if as_json:
        show({"rows": page.rows, "accuracy": page.accuracy})
        return
    table(["sample", "verdict", "text"], [(one.id, one.verdict or "waits", one.text[:90]) for one in page.rows])
    value = page.accuracy.value
    remark(f"Confirmed: {'unknown' if value is None else f'{value:.0%}'} of n = {page.accuracy.n}.")


@merge.command("judge")
@click.argument("sampled", type=int, metavar="SAMPLE")
@click.argument("verdict", type=click.Choice(["confirmed", "wrong", "unclear"]))
@click.option("--words", default="")
@json_option
def judge(sampled: int, verdict: str, words: str, as_json: bool) -> None:
    """Say whether a sampled statement holds against its source."""
    from seci.combination.services import publishing

    with door.database() as db:
        made = publishing.judge(door.actor(), db, sampled, verdict, words)
    show(made) if as_json else click.echo(f"merge {made.id}  {verdict}")

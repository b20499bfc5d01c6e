"""`seci merge outline`, `same`, `gaps`: what goes where, and what says the same."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.combination.commands.merging import merge, sentence
from seci.kit.errors import BadInput
from seci.kit.terminal import json_option, show, table

ACTS = ("chapter", "section", "take", "drop", "drop-chapter", "rename", "add", "join")


@merge.command("outline")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.option("--act", type=click.Choice(ACTS), help="What to change; left out, the outline is shown.")
@click.option("--chapter", default="", help="Id of a chapter.")
@click.option("--section", default="", help="Key of a section.")
@click.option("--to", default="", help="Place (from 0) of a chapter, or the chapter to join into.")
@click.option("--heading", default="", help="Of a chapter.")
@json_option
def outline(merge_id: int, act: str | None, chapter: str, section: str, to: str, heading: str, as_json: bool) -> None:
    """Show the outline of MERGE, or change it."""
    from seci.combination.queries import outlines
    from seci.combination.services import shaping

    with door.database() as db:
        if act:
            at = int(to) if to.isdecimal() else None
            shaping.shape(door.actor(), db, merge_id, shaping.Change(act, chapter, section, at, to, heading))
        page = outlines.outlined(door.actor(), db, merge_id)
    if as_json:
        show({"chapters": page.chapters, "left_out": page.left_out})
        return
    rows = [(one.id, one.heading, each.key, each.heading, each.guide) for one in page.chapters for each in one.sections]
    rows += [("", "left out", each.key, each.heading, each.guide) for each in page.left_out]
    table(["chapter", "heading", "section", "of the source", "guide"], rows)


@merge.command("same")
@click.argument("merge_id", type=int, metavar="MERGE")
@click.option("--chapter", default="", help="Id of a chapter: show all of its sentences.")
@click.option("--keep", default="", help="DOCUMENT:NUMBER of the sentence to keep in its group.")
@click.option("--split", default="", help="DOCUMENT:NUMBER of a sentence that says something else.")
@click.option("--join", nargs=2, default=None, help="Two sentences that say the same.")
@json_option
def same(merge_id: int, chapter: str, keep: str, split: str, join: tuple[str, str] | None, as_json: bool) -> None:
    """Show sentences of MERGE that say the same, or put the groups right."""
    from seci.combination.queries import outlines
    from seci.combination.services import shaping

    asked = {"keep": [keep] if keep else [], "split": [split] if split else [], "join": list(join or ())}
    acts = [act for act, named in asked.items() if named]
    if len(acts) > 1:
        raise BadInput("One change at a time: --keep, --split or --join.")
    with door.database() as db:
        actor = door.actor()
        for act in acts:
            shaping.regroup(actor, db, merge_id, act, [sentence(one) for one in asked[act]])
        page = outlines.same(actor, db, merge_id, chapter)
    if as_json:
        show({"groups": page.groups, "sentences": page.sentences})
        return
    found = [one for group in page.groups for one in group] or list(page.sentences)
    table(
        ["group", "sentence", "kept", "guide", "text"],
        [(one.group, one.key, "kept" if one.is_kept else "", one.guide, one.text[:80]) for one in found],
    )


@merge.command("gaps")
@click.argument("merge_id", type=int, metavar="MERGE")
@json_option
def gaps(merge_id: int, as_json: bool) -> None:
    """Show what only one guide of MERGE speaks of, or none."""
    from seci.combination.queries import outlines

    with door.database() as db:
        page = outlines.gaps(door.actor(), db, merge_id)
    if as_json:
        show({"gaps": page.gaps, "left_out": page.left_out})
        return
    table(["section", "heading", "guide"], [(one.key, one.heading, one.guide) for one in page.left_out])

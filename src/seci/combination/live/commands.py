"""`seci remarks`: what is said about passages of pages, and other words proposed for them."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.combination.live import queries, services
from seci.combination.live.remark import Comment
from seci.kit.terminal import json_option, remark, show

passage_option = click.option("--quote", default="", help="The passage, word for word; left out, the whole page.")


@click.group()
def remarks() -> None:
    """Comment on passages of pages, suggest other words, decide what is suggested."""


@remarks.command("list")
@click.argument("document", type=int)
@json_option
def list_(document: int, as_json: bool) -> None:
    """List comments and open suggestions of page DOCUMENT."""
    with door.database() as db:
        found = queries.remarks(door.actor(), db, document)
    if as_json:
        show(found)
        return
    for each in found.comments:
        click.echo(f"comment {each.id}  {about(each)}{each.text}")
        for answer in each.answers:
            click.echo(f"    {answer.name}: {answer.text}")
    for one in found.suggestions:
        marks = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
        click.echo(f"suggestion {one.id}  " + "".join(marks[kind].format(words) for kind, words in one.pieces))
    if not found.comments and not found.suggestions:
        remark("Nobody has said anything that is still open.")


def about(comment: Comment) -> str:
    if comment.passage is None:
        return ""
    gone = "" if comment.place else " (gone)"
    return f"on “{' '.join(comment.passage.quote.split())[:60]}”{gone}: "


@remarks.command("comment")
@click.argument("document", type=int)
@click.argument("text")
@passage_option
@json_option
def comment(document: int, text: str, quote: str, as_json: bool) -> None:
    """Say TEXT about a passage of page DOCUMENT."""
    with door.database() as db:
        made = services.comment(door.actor(), db, document, text, quote=quote)
    show({"comment": made}) if as_json else remark(f"Comment {made}.")


@remarks.command("answer")
@click.argument("comment", type=int)
@click.argument("text")
@json_option
def answer(comment: int, text: str, as_json: bool) -> None:
    """Answer COMMENT with TEXT."""
    with door.database() as db:
        made = services.answer(door.actor(), db, comment, text)
    show({"comment": made}) if as_json else remark(f"Comment {made}.")


@remarks.command("settle")
@click.argument("comment", type=int)
@json_option
def settle(comment: int, as_json: bool) -> None:
    """Say that COMMENT is dealt with."""
    with door.database() as db:
        services.settle(door.actor(), db, comment)
    show({"settled": comment}) if as_json else remark("Settled.")


@remarks.command("suggest")
@click.argument("document", type=int)
@click.argument("text")
@click.option("--quote", required=True, help="The passage, word for word.")
@click.option("--message", default="", help="Why.")
@json_option
def suggest(document: int, text: str, quote: str, message: str, as_json: bool) -> None:
    """Propose TEXT in the place of a passage of page DOCUMENT."""
    with door.database() as db:
        made = services.suggest(door.actor(), db, document, text, quote=quote, message=message)
    show({"suggestion": made}) if as_json else remark(f"Suggestion {made}.")


@remarks.command("take")
@click.argument("suggestion", type=int)
@json_option
def take(suggestion: int, as_json: bool) -> None:
    """Put the words of SUGGESTION into the page, as its next revision."""
    with door.database() as db:
        number = services.take(door.actor(), db, suggestion)
    show({"revision": number}) if as_json else remark(f"Taken: r{number}.")


@remarks.command("decline")
@click.argument("suggestion", type=int)
@json_option
def decline(suggestion: int, as_json: bool) -> None:
    """Leave the page as it is."""
    with door.database() as db:
        services.decline(door.actor(), db, suggestion)
    show({"declined": suggestion}) if as_json else remark("Declined.")


@remarks.command("withdraw")
@click.argument("suggestion", type=int)
@json_option
def withdraw(suggestion: int, as_json: bool) -> None:
    """Take back SUGGESTION, made in the terminal."""
    with door.database() as db:
        services.withdraw(door.actor(), db, suggestion)
    show({"withdrawn": suggestion}) if as_json else remark("Taken back.")


@remarks.command("save")
@click.argument("document", type=int)
@json_option
def save(document: int, as_json: bool) -> None:
    """Make what is being typed in page DOCUMENT a revision at once."""
    with door.database() as db:
        saved = services.save(door.actor(), db, document)
    show({"revision": saved.revision if saved else None}) if as_json else remark(
        f"Saved as r{saved.revision}." if saved else "Every word is in a revision already."
    )

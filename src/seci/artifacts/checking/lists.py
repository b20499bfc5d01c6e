"""Checks of what is ticked or filled: checklists and templates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from seci.artifacts.bodies import Check, Checklist, Template
from seci.artifacts.checking.finding import Finding
from seci.artifacts.regions import region_of
from seci.artifacts.words import Named, all_words, by_key, condition_words


def checklist_findings(checklist: Checklist) -> Iterator[Finding]:
    named = by_key(checklist.attributes)
    for item in checklist.items:
        if region_of(item.when, named).empty:
            words = f"“{item.text}” never applies: {all_words(item.when, named)} cannot hold together."
            yield Finding("unreachable", "warns", item.id, words, "Change when it applies.")
        if item.expected and region_of([item.expected], named).empty:
            words = f"“{item.text}” never passes: {condition_words(item.expected, named)} lies outside what was seen."
            yield Finding("unreachable", "warns", item.id, words, "Change what is expected, or the range.")
        if item.expected and item.kind != "value":
            words = f"“{item.text}” expects a value and asks for none."
            yield Finding("redundant", "warns", item.id, words, "Make it an item with a value.")
    for one, two in combinations(checklist.items, 2):
        yield from _pair(one, two, named)


def _pair(one: Check, two: Check, named: Named) -> Iterator[Finding]:
    """Two items that apply to the same cases and ask for the same, or for what excludes each other."""
    both = region_of(one.when, named).meets(region_of(two.when, named))
    if both is None:
        return
    where = f" where {both.words(named)}" if both.spans else ""
    if " ".join(one.text.casefold().split()) == " ".join(two.text.casefold().split()):
        words = f"“{two.text}” stands on the list twice{where}."
        yield Finding("overlap", "warns", two.id, words, "Keep one of them.")
    if one.expected and two.expected and region_of([one.expected, two.expected], named).empty:
        wanted = f"{condition_words(one.expected, named)} and {condition_words(two.expected, named)}"
        words = f"{one.id} and {two.id} contradict each other{where}: no value meets {wanted}."
        yield Finding("conflict", "blocks", two.id, words, "Decide which holds, and when.")


def template_findings(template: Template) -> Iterator[Finding]:
    for blank in template.blanks:
        if blank.type == "choice" and len(blank.options) < 2:
            words = f"{blank.name} is a choice with {len(blank.options) or 'no'} option."
            yield Finding("empty", "blocks", blank.id, words, "Name what can be chosen.")
        if blank.options and blank.type != "choice":
            words = f"{blank.name} has options and is no choice."
            yield Finding("redundant", "notes", blank.id, words, "Make it a choice, or take the options out.")
        if not blank.help:
            words = f"{blank.name} does not say what belongs there."
            yield Finding("gap", "notes", blank.id, words, "Say it for somebody who is new to it.")
    for one, two in combinations(template.blanks, 2):
        if one.name.casefold() == two.name.casefold():
            yield Finding("overlap", "warns", two.id, f"{two.name} is asked for twice.", "Keep one of them.")

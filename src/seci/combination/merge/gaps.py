"""What is not there: topics that only one guide has, kinds of page that a topic lacks, rules that nobody answers for,
links to pages that do not exist, searches without an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from seci.combination.merge.alignment import Topic
from seci.combination.merge.findings import fingerprint
from seci.combination.merge.rules import rules
from seci.combination.merge.source import Source
from seci.combination.merge.words import terms

GapKind = Literal["one guide", "no guide", "kind", "link", "owner", "search"]
DIATAXIS = ("tutorial", "how-to", "reference", "explanation")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing. `about` names it, `why` says what is missing in one sentence; `weight` orders them."""

    kind: GapKind
    about: tuple[str, ...]
    why: str
    weight: float = 1.0

    @property
    def fingerprint(self) -> str:
        return fingerprint("gap", self.kind, *self.about)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the matrix counts it: its topics (concepts), its Diátaxis kind and the roles it is for, if known."""

    title: str
    topics: tuple[str, ...] = ()
    diataxis: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """How many pages there are for each topic, Diátaxis kind and role; `unsorted` lack a topic or a kind."""

    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    counts: Mapping[tuple[str, str, str], int]
    unsorted: int

    def of(self, topic: str, kind: str, role: str = "") -> int:
        """Pages for a topic and kind; for a role those that name it or name none; for no role all."""
        if not role:
            return self.counts.get((topic, kind, ""), 0)
        return self.counts.get((topic, kind, role), 0)


def matrix(pages: Iterable[Page], topics: Iterable[str] = (), roles: Iterable[str] = ()) -> Matrix:
    """Topic × Diátaxis kind × role. A page that names no role is for everybody.

    topics, roles  those that should be covered, beside those that pages name
    """
    every = list(pages)
    all_roles = tuple(sorted({*roles, *(role for page in every for role in page.roles)}))
    all_topics = tuple(sorted({*topics, *(topic for page in every for topic in page.topics)}))
    counts = Counter[tuple[str, str, str]]()
    for page in every:
        if page.diataxis not in DIATAXIS:
            continue
        for topic in page.topics:
            counts[topic, page.diataxis, ""] += 1
            counts.update((topic, page.diataxis, role) for role in page.roles or all_roles)
    unsorted = sum(not page.topics or page.diataxis not in DIATAXIS for page in every)
    return Matrix(all_topics, DIATAXIS, all_roles, dict(counts), unsorted)


def gaps(
    topics: Sequence[Topic], sources: Sequence[Source], *, wanted: Mapping[str, Sequence[str]] | None = None,
    missing_links: Iterable[tuple[str, str]] = (), unanswered: Mapping[str, int] | None = None,
    coverage: Matrix | None = None,
) -> tuple[Gap, ...]:  # fmt: skip
    """All gaps of a merge, the heaviest first.

    wanted         headings that the playbook must have, each with words that a section about it would have
    missing_links  (title of the page, target of its link) where the target is not there
    unanswered     searches without an answer, with how often they were made
    coverage       the matrix of the library: a topic with pages but none of a kind is a gap
    """
    found = [*_alone(topics, sources), *_absent(topics, wanted or {}), *_unowned(sources)]
    found += [
        Gap("link", (page, target), f"“{page}” links to “{target}”, which is not there.")
        for page, target in dict.fromkeys(missing_links)
    ]
    found += [
        Gap("search", (words,), f"“{words}” was searched for {_times(number)} and nothing was found.", 1 + number)
        for words, number in (unanswered or {}).items()
    ]
    if coverage is not None:
        found += _kinds(coverage)
    return tuple(sorted(found, key=lambda one: (-one.weight, one.kind, one.about)))


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _alone(topics: Sequence[Topic], sources: Sequence[Source]) -> list[Gap]:
    """Topics that one guide alone speaks of, where there are several guides."""
    origin = {source.id: source.origin for source in sources}
    title = {source.id: source.guide or source.title for source in sources}
    if len(set(origin.values())) < 2:
        return []
    found = []
    for topic in topics:
        if len({origin[part.source] for part in topic.sections}) == 1:
            part = topic.sections[0]
            why = f"Only “{title[part.source]}” speaks of “{topic.heading}”."
            words = sum(len(one.text.split()) for one in topic.sections)
            found.append(Gap("one guide", (title[part.source], topic.heading), why, min(1.0, words / 300)))
    return found


def _absent(topics: Sequence[Topic], wanted: Mapping[str, Sequence[str]]) -> list[Gap]:
    said = [frozenset(terms(f"{part.heading}\n{part.text}")) for topic in topics for part in topic.sections]
    found = []
    for heading, words in wanted.items():
        names = [frozenset(terms(word)) for word in (heading, *words)]
        if not any(name and name <= one for name in names for one in said):
            found.append(Gap("no guide", (heading,), f"No source speaks of “{heading}”.", 3.0))
    return found


def _unowned(sources: Sequence[Source]) -> list[Gap]:
    found = []
    for source in sources:
        number = 0 if source.owner else len(rules(source))
        if number:
            what = "a rule" if number == 1 else f"{number} rules"
            found.append(Gap("owner", (source.title,), f"“{source.title}” has {what} that nobody answers for.", 1.5))
    return found


def _kinds(coverage: Matrix) -> list[Gap]:
    """Topics that have pages, by the kinds and roles they lack."""
    found = []
    for topic in coverage.topics:
        have = [kind for kind in coverage.kinds if coverage.of(topic, kind)]
        for kind in coverage.kinds:
            if not coverage.of(topic, kind):
                beside = f"; it has {', '.join(have)}" if have else ""
                found.append(Gap("kind", (topic, kind), f"“{topic}” has no {kind} page{beside}.", 1.0 + bool(have)))
                continue
            lacking = [role for role in coverage.roles if not coverage.of(topic, kind, role)]
            found += [Gap("kind", (topic, kind, role), f"“{topic}” has no {kind} page for {role}.") for role in lacking]
    return found

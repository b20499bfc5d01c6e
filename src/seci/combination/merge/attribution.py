"""The page that names what a merged text was made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from seci.combination.merge.licences import Outcome, licence
from seci.combination.merge.provenance import Operation, Trace
from seci.combination.merge.source import Source

WORDS = {
    "verbatim": "word for word", "trimmed": "shortened", "joined": "joined with others", "rephrased": "rephrased",
    "human": "written by hand",
}  # fmt: skip


def attribution(
    title: str, sources: Sequence[Source], outcome: Outcome, traces: Sequence[Trace] = (),
    addresses: Mapping[int, str] | None = None,
) -> str:  # fmt: skip
    """Markdown: each source with author's line, licence, revision and how much of it was used; what was changed; the
    licence of the whole. `addresses` say where a source can be read, by its id."""
    lines = [f"# Sources of “{title}”", "", _whole(outcome), ""]
    for source in sources:
        used = Counter(trace.operation for trace in traces if any(one.source == source.id for one in trace.cited))
        lines.append(f"- {_named(source, (addresses or {}).get(source.id, ''))}. {_use(used, bool(traces))}")
    own = sum(trace.operation == "human" for trace in traces)
    if own:
        lines += ["", f"{_count(own)} written by hand and {'rests' if own == 1 else 'rest'} on no source."]
    return "\n".join(lines) + "\n"


def _whole(outcome: Outcome) -> str:
    if not outcome.spdx:
        return "The licence of the whole is not known. " + " ".join(outcome.reasons)
    named = f"[{outcome.name}]({outcome.url})" if outcome.url else outcome.name
    return f"The whole is under {named} ({outcome.spdx})."


def _named(source: Source, address: str) -> str:
    one = licence(source.licence)
    title = f"[{source.title}]({address})" if address else source.title
    under = f"[{one.spdx}]({one.url})" if one.url else one.spdx or one.name or "licence not stated"
    guide = f", {source.guide}" if source.guide and source.guide != source.title else ""
    when = f", {source.date:%Y-%m-%d}" if source.date else ""
    return f"{title}{guide}, revision {source.revision}{when}, {under}"


def _use(used: Counter[Operation], traced: bool) -> str:
    if not traced:
        return "Used with changes."
    if not used:
        return "No sentence of it was used."
    return "Used: " + ", ".join(f"{number} {WORDS[how]}" for how, number in used.most_common()) + "."


def _count(number: int) -> str:
    return "One sentence was" if number == 1 else f"{number} sentences were"

"""Executing a body on a case: the outcome, the way to it, and where it has to ask the expert.

An artifact answers only where somebody has said or judged something. A value outside the range of its attribute, or
an unknown one for which there is no way on, leads to ASK_EXPERT; only what is asked on the way is looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from seci.artifacts.bodies import Body, Flowchart, Matrix, Scorecard, Split, Symbol, Tree
from seci.artifacts.bodies.flowchart import Line
from seci.artifacts.bodies.tree import ASK_EXPERT
from seci.artifacts.scope import known, outside
from seci.artifacts.trace import Trace, Visit
from seci.artifacts.words import Named, by_key, fact_words, listed, number_words
from seci.cases.attribute import Values
from seci.kit.errors import BadInput


def evaluate(body: Body, values: Values) -> Trace:
    """The answer of a decision tree, scorecard, flowchart or matrix to a case.

    values  by attribute key; for a matrix the name of the level by criterion id
    Raises BadInput for a body that comes to no outcome by itself (a checklist is ticked, a template filled).
    """
    match body:
        case Tree():
            return _tree(body, values)
        case Scorecard():
            return _scorecard(body, values)
        case Flowchart():
            return _flowchart(body, values)
        case Matrix():
            return _matrix(body, values)
        case _:
            kind = type(body).__name__.lower()
            raise BadInput(f"A {kind} comes to no outcome by itself; go through it step by step instead.")


def _tree(tree: Tree, values: Values) -> Trace:
    named, node = by_key(tree.attributes), tree.root
    visits: list[Visit] = []
    unknown: list[str] = []
    while isinstance(node, Split):
        key = node.condition.attribute
        found = known(values.get(key))
        if reason := outside(found, named[key]):
            return Trace(ASK_EXPERT, (*visits, Visit(node.id, "")), reason, tuple(unknown))
        held = node.condition.holds({key: found})
        below = node.unknown if held is None else node.yes if held else node.no
        if held is None and key not in unknown:
            unknown.append(key)
        if below is None:
            reason = f"{named[key].name} is not known"
            return Trace(ASK_EXPERT, (*visits, Visit(node.id, "")), reason, tuple(unknown))
        visits.append(Visit(node.id, fact_words(node.condition, found, named), held))
        node = below
    return Trace(node.outcome, (*visits, Visit(node.id, "")), node.because, tuple(unknown))


def _scorecard(card: Scorecard, values: Values) -> Trace:
    """The sum of the points of what holds. An item whose attribute is not known is left out, and the trace says
    whether it could have turned the answer."""
    named = by_key(card.attributes)
    visits: list[Visit] = []
    unknown: list[str] = []
    total = lowest = highest = Decimal(0)
    for item in card.items:
        key = item.condition.attribute
        found = known(values.get(key))
        if reason := outside(found, named[key]):
            return Trace(ASK_EXPERT, (*visits, Visit(item.id, "")), reason, tuple(unknown))
        held = item.condition.holds({key: found})
        if held is None:
            unknown += [key] if key not in unknown else []
            lowest, highest = min(lowest, lowest + exact(item.points)), max(highest, highest + exact(item.points))
        points = item.points if held else 0.0
        total += exact(points)
        visits.append(Visit(item.id, fact_words(item.condition, found, named), held, points))
    outcome = cut(total, card.outcomes, card.cuts)
    settled = cut(total + lowest, card.outcomes, card.cuts) == cut(total + highest, card.outcomes, card.cuts)
    return Trace(outcome, tuple(visits), _sum_words(total, card.cuts), tuple(unknown), float(total), settled)


def exact(number: float) -> Decimal:
    """The number as it is written, so that 0.1 and 0.2 reach a cut of 0.3 as they do on paper."""
    return Decimal(repr(float(number)))


def cut(total: Decimal, outcomes: Sequence[str], cuts: Sequence[float]) -> str:
    """The outcome of a sum: `cuts[i]` is the sum from which `outcomes[i + 1]` holds."""
    return outcomes[bisect_right([exact(one) for one in cuts], total)]


def _sum_words(total: Decimal, cuts: Sequence[float]) -> str:
    at = bisect_right([exact(one) for one in cuts], total)
    words = f"the sum is {number_words(float(total))}"
    parts = [f"at least {number_words(cuts[at - 1])}"] if at else []
    parts += [f"below {number_words(cuts[at])}"] if at < len(cuts) else []
    return f"{words}, {listed(parts, 'and')}" if parts else words


def _flowchart(chart: Flowchart, values: Values) -> Trace:
    """Follows the lines as far as the case itself can choose them."""
    named = by_key(chart.attributes)
    symbols = {symbol.id: symbol for symbol in chart.symbols}
    visits: list[Visit] = []
    unknown: list[str] = []
    at, seen = chart.start, set[str]()
    while at in symbols:
        symbol = symbols[at]
        if at in seen:
            return Trace(ASK_EXPERT, tuple(visits), f"the way comes back to {symbol.text}", tuple(unknown))
        seen.add(at)
        if symbol.kind == "end":
            return Trace(symbol.text, (*visits, Visit(at, "")), symbol.because, tuple(unknown))
        line, words, reason = _way(symbol, values, named, unknown)
        visits.append(Visit(at, words))
        if line is None:
            return Trace(ASK_EXPERT, tuple(visits), reason, tuple(unknown))
        at = line.to
    return Trace(ASK_EXPERT, tuple(visits), f"the way leads to {at}, which is not there", tuple(unknown))


def _way(symbol: Symbol, values: Values, named: Named, unknown: list[str]) -> tuple[Line | None, str, str]:
    """The first line whose condition holds, else the one without a condition if it is the only one of its kind."""
    open_lines = [line for line in symbol.lines if line.when is None]
    for line in symbol.lines:
        if line.when is None:
            continue
        key = line.when.attribute
        found = known(values.get(key))
        if reason := outside(found, named[key]):
            return None, "", reason
        held = line.when.holds({key: found})
        if held is None:
            unknown += [key] if key not in unknown else []
            return None, "", f"{named[key].name} is not known"
        if held:
            return line, fact_words(line.when, found, named), ""
    if len(open_lines) == 1:
        return open_lines[0], "", ""
    return (
        None,
        "",
        f"“{symbol.text}” needs a person to answer" if open_lines else f"no way leads on from {symbol.text}",
    )


def _matrix(matrix: Matrix, values: Values) -> Trace:
    """The weighted mean of the points of the levels reached."""
    if not matrix.outcomes:
        raise BadInput("This matrix only ranks its options; give it outcomes and cuts to let it decide.")
    visits: list[Visit] = []
    total = weights = Decimal(0)
    for criterion in matrix.criteria:
        found = known(values.get(criterion.id))
        level = next((one for one in criterion.levels if one.name == found), None)
        if level is None:
            reason = f"{criterion.name} is not known" if found is None else f"{criterion.name} has no level {found}"
            missing = (criterion.id,) if found is None else ()
            return Trace(ASK_EXPERT, (*visits, Visit(criterion.id, "")), reason, missing)
        points = exact(level.points) * exact(criterion.weight)
        visits.append(Visit(criterion.id, f"{criterion.name} is {level.name}", None, float(points)))
        total, weights = total + points, weights + exact(criterion.weight)
    if not weights:
        return Trace(ASK_EXPERT, (), "the matrix has no criteria")
    mean = total / weights
    outcome = cut(mean, matrix.outcomes, matrix.cuts)
    return Trace(outcome, tuple(visits), _sum_words(mean, matrix.cuts), (), float(mean))

"""Parts of the graph as plain data, for programs and for the script that draws."""

from __future__ import annotations

from seci.combination.graph.graph import Graph
from seci.combination.graph.paths import Way

# The media type of each form of export.
TYPES = {"jsonld": "application/ld+json", "turtle": "text/turtle", "graphml": "application/graphml+xml"}


def said(way: Way) -> dict[str, object]:
    """A way as plain data."""
    steps = [
        {"from": str(step.source.name), "verb": step.edge.verb, "to": str(step.target.name), "n": step.edge.n}
        for step in way.steps
    ]
    return {"to": str(way.end.name), "label": way.end.label, "words": way.sentence, "steps": steps}


def plain(found: Graph) -> dict[str, object]:
    """A graph as plain data."""
    return {
        "start": str(found.start),
        "cut": found.cut,
        "nodes": [
            {"node": str(each.name), "label": each.label, "note": each.note, "here": each.here}
            for each in found.nodes.values()
        ],
        "edges": [
            {
                "from": str(each.source),
                "verb": each.verb,
                "to": str(each.target),
                "words": each.words(each.source),
                "n": each.n,
                "at": each.at or None,
            }
            for each in found.edges
        ],
    }

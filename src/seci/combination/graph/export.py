"""The graph for other programs: JSON-LD, RDF Turtle and GraphML.

Vocabularies: SKOS (W3C 2009) for concepts, PROV-O (W3C 2013) for who did what and what came from what, Dublin Core
terms, FOAF for people. JSON-LD 1.1 (W3C 2020), RDF 1.1 Turtle (W3C 2014), GraphML (Brandes and others 2002).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from seci.combination.graph.graph import Graph, Name
from seci.kit.clock import to_datetime

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "seci": "urn:seci:",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
CLASSES: Mapping[str, tuple[str, ...]] = {
    "person": ("prov:Person", "foaf:Person"),
    "asset": ("skos:Concept", "seci:Asset"),
    "artifact": ("prov:Entity", "seci:Artifact"),
    "document": ("prov:Entity", "foaf:Document"),
    "concept": ("skos:Concept",),
    "event": ("prov:Activity",),
}
LABELS: Mapping[str, str] = {"person": "foaf:name", "asset": "skos:prefLabel", "concept": "skos:prefLabel"}
# verb -> (property, whether it points from the target of our edge to its source)
PROPERTIES: Mapping[str, tuple[str, bool]] = {
    "worked": ("seci:workedOn", False),
    "owns": ("dcterms:publisher", True),
    "wrote": ("prov:wasAttributedTo", True),
    "verified": ("seci:verifiedBy", True),
    "about": ("dcterms:subject", False),
    "tagged": ("dcterms:subject", False),
    "links": ("dcterms:references", False),
    "derived": ("prov:wasDerivedFrom", False),
    "broader": ("skos:broader", False),
    "related": ("skos:related", False),
    "happened": ("prov:used", False),
    "did": ("prov:wasAssociatedWith", False),
}


def address(base: str, name: Name) -> str:
    """The address of a node: that of its page in the graph."""
    return f"{base}/graph/?from={name.kind}:{name.id}"


def triples(graph: Graph) -> list[tuple[Name, str, Name]]:
    """Each edge once, as its property says it."""
    found: dict[tuple[Name, str, Name], None] = {}
    for edge in graph.edges:
        name, turned = PROPERTIES[edge.verb]
        ends = (edge.target, edge.source) if turned else (edge.source, edge.target)
        found[ends[0], name, ends[1]] = None
    return list(found)


def to_jsonld(graph: Graph, base: str) -> str:
    """One JSON-LD document; the terms are those of `PREFIXES`."""
    items: dict[Name, dict[str, Any]] = {
        name: {
            "@id": address(base, name),
            "@type": list(CLASSES[name.kind]),
            LABELS.get(name.kind, "dcterms:title"): node.label,
        }
        for name, node in graph.nodes.items()
    }
    for source, property_, target in triples(graph):
        items[source].setdefault(property_, []).append({"@id": address(base, target)})
    whole = {"@context": PREFIXES, "@graph": list(items.values())}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def to_turtle(graph: Graph, base: str) -> str:
    """RDF as Turtle."""
    lines = [f"@prefix {name}: <{where}> ." for name, where in PREFIXES.items()] + [""]
    links: dict[Name, list[str]] = {}
    for source, property_, target in triples(graph):
        links.setdefault(source, []).append(f"{property_} <{_iri(address(base, target))}>")
    for name, node in graph.nodes.items():
        said = [
            f"a {', '.join(CLASSES[name.kind])}",
            f"{LABELS.get(name.kind, 'dcterms:title')} {_literal(node.label)}",
        ]
        lines += [f"<{_iri(address(base, name))}>", "    " + " ;\n    ".join(said + links.get(name, [])) + " .", ""]
    return "\n".join(lines)


def to_graphml(graph: Graph) -> str:
    """GraphML, as network tools read it."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    keys = (("label", "node"), ("kind", "node"), ("verb", "edge"), ("n", "edge"), ("last", "edge"))
    for key, part in keys:
        of = {"id": key, "for": part, "attr.name": key, "attr.type": "int" if key == "n" else "string"}
        ElementTree.SubElement(root, "key", of)
    drawn = ElementTree.SubElement(root, "graph", id="seci", edgedefault="directed")
    for name, node in graph.nodes.items():
        _data(ElementTree.SubElement(drawn, "node", id=str(name)), label=_writable(node.label), kind=name.kind)
    for edge in graph.edges:
        of = {"source": str(edge.source), "target": str(edge.target)}
        last = to_datetime(edge.at).isoformat() if edge.at else ""
        _data(ElementTree.SubElement(drawn, "edge", of), verb=edge.verb, n=str(edge.n), last=last)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _data(element: ElementTree.Element, **values: str) -> None:
    for name, value in values.items():
        if value:
            ElementTree.SubElement(element, "data", key=name).text = value


def _writable(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def _literal(text: str) -> str:
    # Turtle takes the escapes of JSON strings.
    return json.dumps(text, ensure_ascii=False)


def _iri(text: str) -> str:
    return "".join(c if c > " " and c not in '<>"{}|^`\\' else f"%{ord(c):02X}" for c in text)

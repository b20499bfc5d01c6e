"""The kinds of events as a published vocabulary: a list for people and a SKOS concept scheme for programs."""

from __future__ import annotations

from dataclasses import dataclass

from seci.ledger.kinds import Kind, LoopStep, Mode

SCHEME = "urn:seci:kinds"

# What each mode turns into what (Nonaka and Takeuchi, 1995).
CONVERSIONS = {
    Mode.SOCIALIZATION: "tacit to tacit",
    Mode.EXTERNALIZATION: "tacit to explicit",
    Mode.COMBINATION: "explicit to explicit",
    Mode.INTERNALIZATION: "explicit to tacit",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A kind with its stable code; mode and loop step are None where it has none."""

    code: int
    kind: str
    mode: str | None
    step: str | None


def terms() -> list[Term]:
    return [
        Term(
            kind.value,
            kind.name.lower(),
            kind.mode.name.lower() if kind.mode is not None else None,
            kind.step.name.lower() if kind.step is not None else None,
        )
        for kind in Kind
    ]


def in_skos() -> dict[str, object]:
    """The vocabulary as JSON-LD: modes and loop steps are concepts, and a kind is narrower than its own.

    The notation of a kind is its stored code. SKOS Reference, W3C Recommendation 18 August 2009.
    """
    graph: list[dict[str, object]] = [
        {
            "@id": SCHEME,
            "@type": "ConceptScheme",
            "prefLabel": {"en": "Kinds of knowledge events"},
            "hasTopConcept": [*map(_mode, Mode), *map(_step, LoopStep), *(_kind(k) for k in Kind if k.mode is None)],
        }
    ]
    graph.extend(
        _concept(_mode(mode), mode.name)
        | {"topConceptOf": SCHEME, "notation": mode.letter, "definition": {"en": CONVERSIONS[mode]}}
        for mode in Mode
    )
    graph.extend(_concept(_step(step), step.name) | {"topConceptOf": SCHEME} for step in LoopStep)
    for kind in Kind:
        broader = [_mode(kind.mode)] if kind.mode is not None else []
        broader += [_step(kind.step)] if kind.step is not None else []
        link: dict[str, object] = {"broader": broader} if broader else {"topConceptOf": SCHEME}
        graph.append(_concept(_kind(kind), kind.name) | {"notation": str(kind.value)} | link)
    return {"@context": _CONTEXT, "@graph": graph}


_SKOS = "http://www.w3.org/2004/02/skos/core#"
_CONTEXT: dict[str, object] = {
    "@vocab": _SKOS,
    "prefLabel": {"@id": f"{_SKOS}prefLabel", "@container": "@language"},
    "definition": {"@id": f"{_SKOS}definition", "@container": "@language"},
    **{
        name: {"@id": f"{_SKOS}{name}", "@type": "@id"}
        for name in ("inScheme", "broader", "hasTopConcept", "topConceptOf")
    },
}


def _concept(identity: str, name: str) -> dict[str, object]:
    return {
        "@id": identity,
        "@type": "Concept",
        "inScheme": SCHEME,
        "prefLabel": {"en": name.lower().replace("_", " ")},
    }


def _mode(mode: Mode) -> str:
    return f"{SCHEME}:mode:{mode.name.lower()}"


def _step(step: LoopStep) -> str:
    return f"{SCHEME}:step:{step.name.lower()}"


def _kind(kind: Kind) -> str:
    return f"{SCHEME}:{kind.name.lower()}"

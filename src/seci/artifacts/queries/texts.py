"""An artifact in its text forms: Markdown to read and edit, and the formats that other programs take."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from seci.accounts.actor import Actor
from seci.artifacts.access import claims, get_artifact, get_revision, read
from seci.artifacts.body import from_data, to_data
from seci.artifacts.citing import cited_claims
from seci.artifacts.content import Content
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.ids import fingerprint


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which an artifact leaves. `types` are those that have it; None is all."""

    label: str
    ending: str
    mime: str
    write: Callable[[Content], str]
    types: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A file: its name, what kind it is, its text."""

    name: str
    mime: str
    text: str


def _markdown(content: Content) -> str:
    from seci.artifacts.markdown import to_markdown

    return to_markdown(content)


def _json(content: Content) -> str:
    """Everything as plain data, as `seci artifacts import` takes it back."""
    whole = {
        "type": content.type,
        "title": content.title,
        "context": asdict(content.context),
        "body": to_data(content.body),
        "claims": [asdict(claim) for claim in content.claims],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _mermaid(content: Content) -> str:
    from seci.artifacts.exports.mermaid import mermaid

    return mermaid(content.body)


def _jdm(content: Content) -> str:
    from seci.artifacts.exports.jdm import jdm

    return jdm(content.body)


def _dmn(content: Content) -> str:
    from seci.artifacts.exports.dmn import dmn

    return dmn(content.body, content.title)


def _csv(content: Content) -> str:
    from seci.artifacts.exports.tables import rules_csv

    return rules_csv(content.body)


def _schema(content: Content) -> str:
    from seci.artifacts.exports.json_schema import json_schema

    return json.dumps(json_schema(content.type), indent=2) + "\n"


_DRAWN = frozenset({"decision_tree", "flowchart", "runbook"})
_TABLES = frozenset({"decision_tree", "scorecard"})
FORMATS: Mapping[str, Format] = {
    "markdown": Format("Markdown", "md", "text/markdown", _markdown),
    "json": Format("JSON", "json", "application/json", _json),
    "csv": Format("CSV of the rules", "csv", "text/csv", _csv),
    "mermaid": Format("Mermaid", "mmd", "text/plain", _mermaid, _DRAWN),
    "jdm": Format("JDM for GoRules ZEN", "jdm.json", "application/json", _jdm, _TABLES),
    "dmn": Format("DMN 1.3", "dmn", "application/xml", _dmn, _TABLES),
    "schema": Format("JSON Schema", "schema.json", "application/schema+json", _schema),
}


def formats(type_name: str) -> tuple[tuple[str, str], ...]:
    """(name, label) of the forms that artifacts of a type can leave in."""
    return tuple((name, form.label) for name, form in FORMATS.items() if form.types is None or type_name in form.types)


def content(actor: Actor, db: Database, artifact: int, number: int | None = None) -> Content:
    """Everything that one revision says, with the claims that its nodes cite. Guests get no claims: they are words of
    people."""
    found, shown = read(actor, db, artifact, number)
    body = from_data(found.type, shown.body)
    cited = cited_claims(body) if actor.is_at_least("member") else frozenset[str]()
    said = tuple(claim for claim in claims(actor, db, artifact) if claim.id in cited)
    return Content(found.type, shown.title, body, shown.context, said)


def export(actor: Actor, db: Database, artifact: int, form: str, number: int | None = None) -> Exported:
    """One revision as a file. Raises BadInput for a form that artifacts of this type do not have."""
    found, shown = get_artifact(actor, db, artifact), get_revision(actor, db, artifact, number)
    named = dict(formats(found.type))
    if form not in named:
        raise BadInput(f"A {found.type} cannot be exported as {form[:40]!r}; choose one of {', '.join(named)}.")
    wanted = FORMATS[form]
    text = wanted.write(content(actor, db, artifact, number))
    return Exported(f"{slug(shown.title)}-r{shown.number}.{wanted.ending}", wanted.mime, text)


def slug(title: str) -> str:
    """A file name of a title: letters, digits and hyphens of ASCII."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in title.lower())
    return "-".join(part for part in kept.split("-") if part)[:60] or fingerprint(title)[:12]

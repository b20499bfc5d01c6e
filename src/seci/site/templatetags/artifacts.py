"""What templates about artifacts need. `{% load artifacts %}`"""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from seci.artifacts import queries
from seci.artifacts.bodies import Body
from seci.artifacts.body import DECIDING
from seci.artifacts.diff import attribute_words as words_of_attribute
from seci.artifacts.evidence import Evidence
from seci.artifacts.support import evidence_words as words_of_evidence
from seci.artifacts.views import ArtifactPage
from seci.cases.attribute import Attribute
from seci.site.drawing import artifact as drawing

register = template.Library()

CAUSES = {
    "hand": "by hand",
    "dialogue": "from an interview",
    "import": "brought in",
    "restored": "an earlier one again",
    "claim": "a claim was decided",
    "challenge": "after a challenge",
}


@register.simple_tag
def artifact_drawing(body: Body, label: str) -> SafeString:
    """A tree or a chart drawn; nothing for what is better read. The list beside it says the same in words."""
    svg = drawing.draw(body, label=label)
    if not svg:
        return SafeString()
    drawn = mark_safe(svg)  # noqa: S308 - the drawing escapes every text that it is given
    around = '<div class="artifact-figure wide"><div class="artifact-drawing" tabindex="0">{}</div></div>'
    return format_html(around, drawn)


@register.filter
def evidence_words(evidence: Evidence) -> str:
    return words_of_evidence(evidence)


@register.filter
def attribute_words(attribute: Attribute) -> str:
    return words_of_attribute(attribute)


@register.filter
def cause_words(cause: str) -> str:
    return CAUSES.get(cause, cause)


@register.filter
def export_formats(type_name: str) -> tuple[tuple[str, str], ...]:
    return queries.formats(type_name)


@register.filter
def asked_for(page: ArtifactPage, said: Mapping[str, str]) -> list[tuple[Attribute, str]]:
    """Each attribute with what was typed for it."""
    return [(attribute, said.get(attribute.key, "")) for attribute in page.attributes]


@register.filter
def is_run(type_name: str) -> bool:
    """Whether an artifact of this type can be gone through on a task; the others are read."""
    return type_name in DECIDING or type_name in ("checklist", "runbook", "template")

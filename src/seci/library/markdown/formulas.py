"""Formulas as MathML: made on the server, so that a page needs no script and no font for them."""

from __future__ import annotations

from xml.etree import ElementTree

from seci.library.markdown.cleaning import names

_TAGS = names(
    "math mrow mi mo mn mtext mspace ms msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd "
    "mstyle mpadded mphantom menclose mmultiscripts mprescripts none"
)
_ATTRIBUTES = names(
    "display mathvariant stretchy fence form separator lspace rspace minsize maxsize columnalign rowspacing "
    "columnspacing accent accentunder linethickness width height depth voffset notation displaystyle scriptlevel "
    "movablelimits largeop symmetric"
)
LONGEST = 4_000
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def mathml(formula: str, *, is_block: bool) -> str | None:
    """A LaTeX formula as MathML with nothing in it but marks of mathematics; None for what cannot be read."""
    from latex2mathml.converter import convert

    if len(formula) > LONGEST:
        return None
    try:
        found = ElementTree.fromstring(convert(formula, display="block" if is_block else "inline"))  # noqa: S314
    # What a formula can do to a converter is not known; a page is shown whatever it does.
    except Exception:
        return None
    cleaned = _cleaned(found)
    return None if cleaned is None else ElementTree.tostring(cleaned, encoding="unicode")


def _cleaned(element: ElementTree.Element) -> ElementTree.Element | None:
    """The element with known marks and known attributes alone; None where it is none of them."""
    tag = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
    if tag not in _TAGS:
        return None
    kept = {
        name: value
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and value.replace("-", "").replace(".", "").replace("%", "").replace(" ", "").isalnum()
    }
    made = ElementTree.Element(tag, kept)
    made.text = element.text
    for child in element:
        inside = _cleaned(child)
        if inside is not None:
            made.append(inside)
    return made

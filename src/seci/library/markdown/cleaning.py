"""HTML that holds nothing that runs, loads from elsewhere, or pretends to be the page around it."""

from __future__ import annotations

import re


def names(line: str) -> frozenset[str]:
    return frozenset(line.split())


TAGS = names(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup "
    "table tbody td tfoot th thead tr u ul var"
)
# What lies inside of these is no text for people.
DROPPED = names("script style template noscript textarea title xmp iframe noembed svg math")
_COMMON = {"id", "title", "class"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": _COMMON,
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "div": {"tabindex", "role", "aria-label"},
    "pre": {"tabindex"},
    "span": {"role", "aria-label"},
    "details": {"open"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# Places on a page keep out of the names that its own parts have.
ANCHOR = "s-"
_CLASS = re.compile(
    r"(?:hl-[a-z0-9]{1,4}|hl|wide|diagram|missing|outside|task|formula|callout|callout-[a-z]+|footnotes?|footnote-[a-z]+|footnotes-[a-z]+|plain)\Z"
)
_ID = re.compile(r"[^\w-]+")
# Stand for what is put in after cleaning; no text keeps these letters.
OPEN, CLOSE = "\ue0f0", "\ue0f1"
_EXACT = {"tabindex": {"0"}, "role": {"region", "img", "note"}, "scope": {"row", "col"}}


def anchor(name: str) -> str:
    """The place on a rendered page that a text calls `name`."""
    return ANCHOR + _ID.sub("-", name.strip()).strip("-").casefold()


def cleaned(html: str) -> str:
    """The HTML with known marks and attributes alone. Links keep web, mail and telephone addresses and paths."""
    import nh3

    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    # Nothing is put into an attribute: it would end it.
    if OPEN in value or CLOSE in value:
        return None
    if name == "class":
        return " ".join(one for one in value.split() if _CLASS.match(one)) or None
    if name in ("id", "name"):
        return value if value.startswith(ANCHOR) else anchor(value)
    if name == "href" and value.startswith("#"):
        return value if value.startswith(f"#{ANCHOR}") else f"#{anchor(value[1:])}"
    if name in _EXACT:
        return value if value in _EXACT[name] else None
    if name == "src":
        # A picture from elsewhere would tell its server who reads this page.
        return value if value.startswith("/") and not value.startswith(("//", "/\\")) else None
    return value

"""A PDF as a page: its words, page after page. A scan has none, and that is said."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any

from seci.kit.clock import from_datetime
from seci.sources.documents.files import File
from seci.sources.documents.markdown import name_of
from seci.sources.documents.page import Failed, Found, Page, Same
from seci.sources.documents.shelf import Shelf, mark_of
from seci.sources.documents.to_markdown import escaped

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 3_000
_HYPHEN = re.compile(r"(?<=[a-zäöüß])-\n(?=[a-zäöüß])")
_BULLETS = "•●▪◦‣"
_OUTSIDE = re.compile(r"[\0\r\ud800-\udfff]")
"""Halves of letters, from fonts that do not say what their shapes mean, are no text that can be kept."""
FILLED = 0.7
"""Share of the usual width from which on a line was broken because it was full; a shorter one ends what it says."""
_BULLET = re.compile(rf"^[{_BULLETS}]\s*")


def read_pdf(shelf: Shelf, file: File, raw: bytes) -> Found:
    """The page of a PDF; Same when it is known. Raises nothing for what the file holds."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    mark = mark_of(raw, shelf.licence(file.path))
    if shelf.known(file.path, mark):
        return Same(file.path, mark)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every flaw that it gets over
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return Failed(file.path, "It is encrypted; save it without a password.")
        return _page(shelf, file, mark, reader)
    except DependencyError:
        return Failed(file.path, "It is encrypted in a way that cannot be opened here; save it without protection.")
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        return Failed(file.path, f"It is no PDF that can be read ({str(error)[:100] or type(error).__name__}).")


def _page(shelf: Shelf, file: File, mark: str, reader: PdfReader) -> Page | Failed:
    count = len(reader.pages)
    if count > MOST_PAGES:
        return Failed(file.path, f"It has {count:,} pages; up to {MOST_PAGES:,} can be read. Cut it into several.")
    texts = [tidy(page.extract_text() or "") for page in reader.pages]
    empty = sum(not text for text in texts)
    if empty == count:
        return Failed(
            file.path, "It holds pictures of pages and no text; run it through text recognition (OCR) and import again."
        )
    about = reader.metadata
    title = _said(about.title if about else None) or name_of(file.path)
    body = "\n".join(f"## Page {number}\n\n{text}\n" for number, text in enumerate(texts, 1) if text)
    remarks = (f"{empty} of {count} pages hold no text.",) if empty else ()
    return Page(
        path=file.path, title=title, text=f"# {escaped(title)}\n\n{body}", mark=mark,
        author=_said(about.author if about else None), at=_at(about),
        licence=shelf.licence(file.path), remarks=remarks,
    )  # fmt: skip


def tidy(text: str) -> str:
    """Words as a page of print has them: hyphens at ends of lines taken out, full lines joined with what follows,
    bullets as items; a line that ends before the margin is a paragraph by itself, as headings and ends of them are."""
    lines = [line.strip() for line in _HYPHEN.sub("", _OUTSIDE.sub("", text)).split("\n")]
    widths = sorted(len(line) for line in lines if line)
    full = FILLED * widths[len(widths) * 9 // 10] if widths else 0
    out, joins = "", False
    for line in lines:
        is_item = line.startswith(tuple(_BULLETS))
        said = _BULLET.sub("- ", escaped(line))
        if not line:
            out, joins = out + "\n\n", False
        else:
            out += (" " if joins and not is_item else "\n" if is_item else "\n\n") + said
            joins = len(line) >= full
    return re.sub(r"\n{3,}", "\n\n", out).strip()


def _said(value: Any) -> str:
    words = " ".join(_OUTSIDE.sub("", str(value)).split())[:300] if value else ""
    return "" if words.lower() in ("untitled", "anonymous", "unknown") else words


def _at(about: Any) -> int | None:
    try:
        moment = about and (about.modification_date or about.creation_date)
        return from_datetime(moment) if moment and moment.tzinfo else None
    except (ValueError, TypeError, OverflowError):
        return None

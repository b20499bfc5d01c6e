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
_WRAPPED = re.compile(r"(?<=[^\n.!?:;])\n(?=[^\n\s•●▪◦‣*-])")
_BULLET = re.compile(r"^\s*[•●▪◦‣]\s*", re.MULTILINE)


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
    """Words as a page of print has them: hyphens at ends of lines taken out, wrapped lines joined, bullets as items."""
    text = "\n".join(line.rstrip() for line in text.replace("\0", "").replace("\r", "").split("\n"))
    text = _WRAPPED.sub(" ", _HYPHEN.sub("", text))
    lines = (_BULLET.sub("- ", escaped(line)) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _said(value: Any) -> str:
    words = " ".join(str(value).split())[:300] if value else ""
    return "" if words.lower() in ("untitled", "anonymous", "unknown") else words


def _at(about: Any) -> int | None:
    try:
        moment = about and (about.modification_date or about.creation_date)
        return from_datetime(moment) if moment and moment.tzinfo else None
    except (ValueError, TypeError, OverflowError):
        return None

"""A Word document as a page: headings, lists, tables and links by their styles; pictures are named, not kept."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from seci.sources.documents.fields import moment
from seci.sources.documents.files import File
from seci.sources.documents.html import parse
from seci.sources.documents.limits import LARGEST_FILE, in_words
from seci.sources.documents.markdown import name_of
from seci.sources.documents.page import Failed, Found, Page, Same
from seci.sources.documents.shelf import Shelf, mark_of
from seci.sources.documents.to_markdown import Writer

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Code'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='Preformatted Text'] => pre:separator('\\n')
"""


def read_docx(shelf: Shelf, file: File, raw: bytes) -> Found:
    """The page of a Word document; Same when it is known."""
    mark = mark_of(raw, shelf.licence(file.path))
    if shelf.known(file.path, mark):
        return Same(file.path, mark)
    if raw.startswith(_OLD_OFFICE):
        return Failed(file.path, "It is encrypted, or of Word 2003 and before; save it as .docx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            large = sum(one.file_size for one in archive.infolist())
            if large > 10 * LARGEST_FILE:
                return Failed(
                    file.path, f"It unpacks to {in_words(large)}; up to {in_words(10 * LARGEST_FILE)} is read."
                )
            about = _properties(archive)
            left = {
                "comment": _count(archive, "word/comments.xml", rb"<w:comment\b"),
                "formula": _count(archive, "word/document.xml", rb"<m:oMath\b"),
            }
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, OSError) as error:
        return Failed(file.path, f"It is no Word document that can be read ({error}).")
    return _page(shelf, file, mark, raw, about, left)


def _page(
    shelf: Shelf, file: File, mark: str, raw: bytes, about: dict[str, str], left: dict[str, int]
) -> Page | Failed:
    import mammoth

    pictures = 0

    def named(_: Any) -> dict[str, str]:
        nonlocal pictures
        pictures += 1
        return {}

    try:
        done = mammoth.convert_to_html(
            io.BytesIO(raw), style_map=_STYLES, convert_image=mammoth.images.img_element(named)
        )
    except Exception as error:
        return Failed(
            file.path, f"It is no Word document that can be read ({str(error)[:100] or type(error).__name__})."
        )
    root = parse(f"<html><body>{done.value}</body></html>")
    text = Writer().page(root) if root is not None else ""
    if not text.strip():
        return Failed(file.path, "It holds no words.")
    first = re.search(r"^# (.+)$", text, re.MULTILINE)
    title = about.get("title") or (first[1] if first else name_of(file.path))
    counted = {"picture": pictures, **left}
    remarks = tuple(
        f"{count} {noun}{'s are' if count > 1 else ' is'} left out." for noun, count in counted.items() if count
    )
    return Page(
        path=file.path, title=title[:300], text=text, mark=mark,
        author=about.get("lastModifiedBy") or about.get("creator", ""),
        at=moment(about.get("modified") or about.get("created")),
        tags=tuple(tag.strip() for tag in re.split("[,;]", about.get("keywords", "")) if tag.strip()),
        licence=shelf.licence(file.path), remarks=remarks,
    )  # fmt: skip


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """Title, author and dates as the document has them (ECMA-376, part 2, 11)."""
    if "docProps/core.xml" not in archive.namelist():
        return {}
    return {name: text for name, text in _leaves(archive.read("docProps/core.xml")) if text}


def _count(archive: zipfile.ZipFile, part: str, mark: bytes) -> int:
    return len(re.findall(mark, archive.read(part))) if part in archive.namelist() else 0


def _leaves(raw: bytes) -> list[tuple[str, str]]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        return []
    return [(etree.QName(one).localname, " ".join((one.text or "").split())) for one in root.iter("{*}*")]

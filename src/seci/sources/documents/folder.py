"""A folder of documents: Markdown, web pages, PDF and Word, each as a page."""

from __future__ import annotations

from collections.abc import Iterator

from seci.sources.documents.files import File, Files
from seci.sources.documents.limits import LARGEST_FILE
from seci.sources.documents.markdown import Rewrite, read_markdown
from seci.sources.documents.page import Found, Known, nothing_known
from seci.sources.documents.shelf import MARKDOWN, Shelf, guarded, is_licence

DOCUMENTS = (*MARKDOWN, ".html", ".htm", ".pdf", ".docx")


def read(files: Files, known: Known = nothing_known, *, rewrite: Rewrite | None = None) -> Iterator[Found]:
    """The pages of a folder, by path; then what became none, with the reason.

    rewrite  what is done to the Markdown of each page, where a format has ways of its own
    """
    shelf = Shelf(files, is_document, known)
    for file in files:
        if is_document(file):
            yield read_one(shelf, file, rewrite)
    yield from shelf.rest()


def is_document(file: File) -> bool:
    return file.path.lower().endswith(DOCUMENTS) and not is_licence(file)


def read_one(shelf: Shelf, file: File, rewrite: Rewrite | None = None) -> Found:
    """What one file becomes, by how its name ends."""
    name = file.path.lower()
    if name.endswith(MARKDOWN):
        return guarded(shelf, file, lambda one, raw: read_markdown(shelf, one, raw, rewrite))
    if name.endswith(".pdf"):
        from seci.sources.documents.pdf import read_pdf

        return guarded(shelf, file, lambda one, raw: read_pdf(shelf, one, raw), LARGEST_FILE)
    if name.endswith(".docx"):
        from seci.sources.documents.docx import read_docx

        return guarded(shelf, file, lambda one, raw: read_docx(shelf, one, raw), LARGEST_FILE)
    from seci.sources.documents.html import read_html

    return guarded(shelf, file, lambda one, raw: read_html(shelf, one, raw, rewrite))

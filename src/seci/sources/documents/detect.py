"""What lies at a path: told from the files themselves, not from what somebody calls them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from seci.kit.errors import BadInput, SeciError
from seci.sources.documents.archive import of_archive
from seci.sources.documents.files import Files, of_folder, of_one
from seci.sources.documents.page import FORMATS, Format
from seci.sources.git.history import History

NOTION_ID = re.compile(r" ([0-9a-f]{32})(?=(?:_all)?(?: \(\d+\))?\.\w+$|/|$)")
_HEAD = 4096


def listed(path: Path) -> Files:
    """The files at a path: of a folder, an archive, or the one file that it is. Raises BadInput, Refused."""
    if path.is_dir():
        return of_folder(path)
    if not path.exists():
        raise BadInput(f"There is nothing at {path}; give a folder, an archive or a file.")
    if path.suffix.lower() != ".docx" and zipfile.is_zipfile(path):
        return of_archive(path)
    return of_one(path)


def detect(path: Path) -> tuple[Format, Files | None]:
    """The format of what lies at a path, and its files where they were listed to find out.

    Raises BadInput where there is nothing that can be imported.
    """
    if path.is_dir() and _is_kept_by_git(path):
        return "git", None
    files = listed(path)
    return format_of(need_some(files, path), path), files


def need_some(files: Files, path: Path) -> Files:
    """The files, unless there are none. Raises BadInput, with why they were put aside if they were."""
    if files.all:
        return files
    if files.aside:
        first = files.aside[0]
        raise BadInput(f"{path} holds nothing that can be imported; {first.path}: {first.why}")
    raise BadInput(f"{path} is empty; there is nothing to import.")


def format_of(files: Files, path: Path) -> Format:
    from seci.sources.documents.obsidian import is_vault

    if ".obsidian" in files.hidden:
        return "obsidian"
    top = {name for name in files.all if "/" not in name}
    if "entities.xml" in top:
        return "confluence"
    if _is_confluence_html(files, top):
        return "confluence-html"
    readable = [name for name in files.all if name.lower().endswith((".md", ".csv", ".html"))]
    if readable and 2 * sum(NOTION_ID.search(name) is not None for name in readable) >= len(readable):
        return "notion"
    if len(files.all) == 1:
        return _of_one(files, path)
    endings = {name.rpartition(".")[2].lower() for name in files.all}
    if "md" in endings and is_vault(files):
        return "obsidian"
    if endings & {"md", "markdown", "mdx", "mkd", "mdown", "erb"}:
        return "markdown"
    if endings & {"html", "htm"}:
        return "html"
    if endings & {"docx", "pdf"}:
        return "docx" if "docx" in endings else "pdf"
    raise BadInput(
        f"{path} holds nothing that can be imported: no Markdown, web page, PDF or Word document, and no export of "
        f"a wiki. If you know better, say which format it is ({', '.join(FORMATS)})."
    )


def _of_one(files: Files, path: Path) -> Format:
    file = next(iter(files))
    name = file.name.lower()
    if name.endswith((".xml", ".xml.bz2", ".xml.gz")):
        from seci.sources.documents.mediawiki import is_dump

        if is_dump(file):
            return "mediawiki"
    if b"<hibernate-generic" in file.read(_HEAD):
        return "confluence"
    for ending, format_ in (
        (".md", "markdown"), (".markdown", "markdown"), (".mdx", "markdown"), (".erb", "markdown"),
        (".html", "html"), (".htm", "html"), (".pdf", "pdf"), (".docx", "docx"),
    ):  # fmt: skip
        if name.endswith(ending):
            return format_  # type: ignore[return-value]
    if b"%PDF-" in file.read(1024):
        return "pdf"
    if name.endswith(".zip"):
        raise BadInput(f"{path} is no zip that can be opened: it is cut off or damaged. Export it or fetch it again.")
    raise BadInput(
        f"{path} is nothing that can be imported; give Markdown, a web page, a PDF, a Word document (.docx), a zip of "
        "these, or an export of a wiki."
    )


def _is_confluence_html(files: Files, top: set[str]) -> bool:
    if "index.html" not in top:
        return False
    pages = [files.all[name] for name in sorted(top) if name.endswith(".html")][:20]
    return any(b'id="main-content"' in (head := page.read(60_000)) and b"confluence" in head.lower() for page in pages)


def _is_kept_by_git(path: Path) -> bool:
    """Whether a folder is a repository, or part of one that keeps it."""
    try:
        history = History.open(path)
        if history.tip is None:
            return False
        if history.bare:
            return True
        here = path.resolve()
        top = Path(history.ask("-C", str(here), "rev-parse", "--show-toplevel").decode().strip() or here)
        if here == top.resolve():
            return True
        under = here.relative_to(top.resolve()).as_posix()
        return bool(history.ask("ls-tree", "--full-tree", history.tip, f"{under}/"))
    except (SeciError, ValueError):
        return False

"""A git repository of documents: its tip as pages, each with its authors, dates and one state for each commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from seci.kit.clock import SECOND, now
from seci.kit.errors import BadInput
from seci.sources.documents.blobs import Blobs, of_repository, opened
from seci.sources.documents.files import Files
from seci.sources.documents.folder import DOCUMENTS, is_document, read_one
from seci.sources.documents.letters import text_of
from seci.sources.documents.licences import licences
from seci.sources.documents.limits import LARGEST_PAGE, MOST_REVISIONS
from seci.sources.documents.markdown import Rewrite, page_of
from seci.sources.documents.page import Found, Known, Page, Past, Same, nothing_known
from seci.sources.documents.shelf import MARKDOWN, Shelf, mark_of
from seci.sources.documents.touches import Touch, touches
from seci.sources.git.history import History


def read(path: Path, known: Known = nothing_known, *, with_history: bool = True) -> Iterator[Found]:
    """The pages of the repository at `path`, or of the folder in it that `path` is. Raises BadInput, Refused."""
    history = History.open(path)
    if history.tip is None:
        raise BadInput(f"{path} has no commit on its current branch yet.")
    under = _under(path, history)
    with opened(history) as blobs:
        files, names = of_repository(history, blobs, path.absolute().name, under)
        yield from _Reading(history, blobs, files, names, known, with_history).pages()


def count(path: Path) -> int:
    """How many files the reader will speak of, about."""
    history = History.open(path)
    with opened(history) as blobs:
        return len(of_repository(history, blobs, "", _under(path, history))[0].all)


def licence(path: Path) -> str:
    """The licence of the repository as a whole."""
    history = History.open(path)
    with opened(history) as blobs:
        return licences(of_repository(history, blobs, "", _under(path, history))[0]).get("", "")


def _under(path: Path, history: History) -> str:
    """The folder of the repository that `path` is; "" for its top."""
    if history.bare:
        return ""
    top = Path(history.folder).parent
    here = path.resolve()
    said = here.relative_to(top.resolve()) if here.is_relative_to(top.resolve()) else Path()
    return "" if str(said) == "." else said.as_posix()


@dataclass
class _Reading:
    history: History
    blobs: Blobs
    files: Files
    names: dict[str, bytes]
    known: Known
    with_history: bool

    def pages(self) -> Iterator[Found]:
        rewrite = self._rewrite()
        paths = [file.path for file in self.files if is_document(file)]
        patterns = [f"*{ending}" for ending in DOCUMENTS]
        by_path = touches(self.history, paths, patterns)
        people = _people(self.history, by_path)
        shelf = Shelf(self.files, is_document, nothing_known)
        for path in paths:
            told = by_path[path]
            mark = mark_of(self.names[path], shelf.shape, told[-1].commit if told else "")
            if self.known(path, mark):
                yield Same(path, mark)
                shelf.some_same = True
                continue
            found = read_one(shelf, self.files.all[path], rewrite)
            yield self._told(replace(found, mark=mark), told, people, rewrite) if isinstance(found, Page) else found
        yield from shelf.rest()

    def _rewrite(self) -> Rewrite | None:
        from seci.sources.documents.obsidian import Vault, is_vault

        return Vault(self.files).rewritten if is_vault(self.files) else None

    def _told(self, page: Page, told: list[Touch], people: dict[bytes, bytes], rewrite: Rewrite | None) -> Page:
        """The page with what its commits say."""
        if not told:
            return page
        remarks = list(page.remarks)
        if any(one.edge for one in told):
            remarks.append("What happened to it before the oldest commit of this shallow clone is unknown.")
        if len(told) > MOST_REVISIONS:
            remarks.append(f"Of its {len(told):,} changes the newest {MOST_REVISIONS} are kept.")
            told = told[-MOST_REVISIONS:]
        history: tuple[Past, ...] = ()
        if self.with_history and page.path.lower().endswith(MARKDOWN):
            history = tuple(self._history(told, people, rewrite))
            if history and history[-1].text != page.text:
                history = (*history, Past(self.history.tip or "", page.path, page.title, page.text))
        name, address = _person(told[-1], people)
        return replace(
            page, was=tuple(dict.fromkeys(one.path for one in reversed(told) if one.path not in self.files)),
            author=name or page.author, address=address, at=_moment(told[-1]) or page.at, history=history,
            remarks=tuple(remarks),
        )  # fmt: skip

    def _history(self, told: list[Touch], people: dict[bytes, bytes], rewrite: Rewrite | None) -> Iterator[Past]:
        before = None
        contents = list(self.blobs.read_all([one.content for one in told]))
        for one, raw in zip(told, contents, strict=True):
            said = text_of(raw) if raw is not None and len(raw) <= LARGEST_PAGE else None
            if said is None:
                continue
            page = page_of(said.text, one.path, rewrite)
            if page.text == before:
                continue
            before = page.text
            name, address = _person(one, people)
            yield Past(one.commit, one.path, page.title, page.text, name, address, _moment(one), one.message)


def _people(history: History, by_path: dict[str, list[Touch]]) -> dict[bytes, bytes]:
    """Each author as the `.mailmap` at the tip names them."""
    every = sorted({one.author for told in by_path.values() for one in told if one.author.endswith(b">")})
    if not every or b".mailmap" not in history.files():
        return {}
    return dict(zip(every, history.mapped(every), strict=True))


def _person(one: Touch, people: dict[bytes, bytes]) -> tuple[str, str]:
    if one.edge:
        return "", ""
    said = people.get(one.author, one.author).decode("utf-8", "replace")
    name, _, address = said.rpartition(" <")
    return name.strip(), address.rstrip(">").strip()


def _moment(one: Touch) -> int | None:
    """When it was written; None where the clock cannot have been right."""
    at = one.at * SECOND
    return None if one.edge or one.at <= 86_400 * 365 or at > now() + 86_400 * SECOND else at

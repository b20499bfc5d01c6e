"""One page finds its place in the library: new, changed, moved, or as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from seci.accounts.actor import Actor
from seci.kit.database import Database
from seci.kit.errors import SeciError
from seci.kit.records import clean
from seci.library import incoming
from seci.library import services as library
from seci.library import store as shelf
from seci.library.access import is_recording
from seci.library.markdown.links import path_name, wanted
from seci.library.services.files import LARGEST, attach
from seci.sources.documents import store
from seci.sources.documents.limits import in_words
from seci.sources.documents.page import Attachment, Page, Past
from seci.sources.documents.store import Import, Mark, Outcome


class Shelving:
    """Puts pages of one import into its collection and keeps the marks of what it put.

    paths    all that the source holds now, where that is known before it is read
    licence  of the collection; a page has its own only where it differs
    """

    def __init__(
        self, actor: Actor, db: Database, found: Import, marks: dict[str, Mark], paths: frozenset[str] | None,
        licence: str,
    ) -> None:  # fmt: skip
        self.actor, self.db, self.found, self.marks, self.paths = actor, db, found, marks, paths
        self.licence = licence
        self.by_uid = {one.uid: one for one in marks.values() if one.uid}
        self.attached: set[str] = set()
        self.called: defaultdict[str, set[str]] = defaultdict(set)

    def place(self, pages: Sequence[Page]) -> list[Outcome]:
        """What became of pages; those that are as they were have no outcome. Needs a transaction."""
        for page in pages:
            self._note_names(page)
        moved = {page.path: self._move(page, was) for page in pages if (was := self._was(page)) is not None}
        before = {page.path: store.document_at(self.db, self.found.collection, page.path) for page in pages}
        states = [(page, state) for page in pages for state in self._states(page, before[page.path])]
        came = library.put_all(self.actor, self.db, self.found.collection, [state for _, state in states])
        last: dict[str, str] = {page.path: each for (page, _), each in zip(states, came, strict=True) if each != "same"}
        return [one for page in pages if (one := self._placed(page, last, before, moved)) is not None]

    def _note_names(self, page: Page) -> None:
        """Notes by which other names links call pages: `/standards/alerting.html`, where the top of a site is a folder
        of the source."""
        for link in page.links:
            name = wanted(link.href.partition("#")[0].partition("?")[0], page.path)
            if name and name != path_name(link.path):
                self.called[link.path].add(name)

    def settle_names(self) -> None:
        """Lets pages answer to the names that links have for them. Needs a transaction."""
        for path, names in self.called.items():
            known = self.marks.get(path)
            if known is not None:
                shelf.add_names(self.db, known.document, sorted(names))
                shelf.answer(self.db, known.document, self.found.collection, sorted(names))

    def _placed(
        self, page: Page, came: dict[str, str], before: dict[str, tuple[int, int] | None], moved: dict[str, Mark]
    ) -> Outcome | None:
        there = store.document_at(self.db, self.found.collection, page.path)
        assert there is not None  # it has just been put there
        document, head = there
        if page.path not in came and self.marks.get(page.path) is None and page.path not in moved:
            head = self._again(page, document, head, came)
        then, was = before[page.path], moved.get(page.path)
        known = was or self.marks.get(page.path)
        mark = Mark(page.path, page.mark, page.uid, document, head)
        store.write_mark(self.db, self.found.collection, mark)
        self.marks[page.path] = mark
        if page.path not in came and was is None:
            return None
        said = list(page.remarks)
        if then is not None and known is not None and page.path in came and known.revision != then[1]:
            said.append("It had been edited here since the last import; those words are in its history.")
        result = "moved" if was is not None else "changed" if then is not None else "new"
        return Outcome(
            page.path, result, " ".join(said), document, None if then is None else then[1], head,
            was.path if was is not None else "",
        )  # fmt: skip

    def _again(self, page: Page, document: int, head: int, came: dict[str, str]) -> int:
        """The number of the latest revision after a page was brought in whose last import was taken back: the library
        knows its words already, and has others as the latest."""
        if store.text_at(self.db, document, head) == page.text:
            return head
        came[page.path] = "changed"
        by = _person(page.author, page.address)
        return library.revise(
            self.actor, self.db, document, page.text, base=head, title=page.title[:200], cause="import",
            message=f"imported again{f', by {by}' if by else ''}",
        ).head  # fmt: skip

    def _was(self, page: Page) -> Mark | None:
        """The page as it was known under another path that the source no longer has."""
        if page.path in self.marks:
            return None
        known = self.by_uid.get(page.uid) if page.uid else None
        candidates = [known] if known is not None else []
        candidates += [self.marks[path] for path in page.was if path in self.marks]
        for one in candidates:
            if one.path in self.marks and (self.paths is None or one.path not in self.paths):
                return one
        return None

    def _move(self, page: Page, was: Mark) -> Mark:
        """Links to the old path still find the document: it goes on to answer to its former names."""
        store.move(self.db, was.document, page.path)
        store.forget_marks(self.db, self.found.collection, [was.path])
        del self.marks[was.path]
        return was

    def _states(self, page: Page, there: tuple[int, int] | None) -> Iterator[incoming.Page]:
        """The page as the library takes it; of a page that is there, each state since the last import by itself."""
        whole = incoming.Page(
            path=page.path, title=page.title[:200], text=page.text, author=_person(page.author, page.address),
            at=page.at, message=page.history[-1].message if page.history else "", diataxis=page.diataxis,
            licence=page.licence if page.licence != self.licence else "", owner=page.owner, tags=page.tags,
            aliases=page.aliases, reviewed_at=page.reviewed_at, expires_at=page.expires_at,
            history=tuple(_past(one) for one in page.history[:-1]),
        )  # fmt: skip
        if there is not None and page.history:
            last = store.last_imported(self.db, there[0])
            texts = [sha256(clean(one.text).encode()).hexdigest() for one in page.history]
            if last in texts:
                since = len(texts) - texts[::-1].index(last)
                for one in page.history[since:-1]:
                    yield replace(
                        whole, title=one.title[:200], text=one.text, author=_person(one.author, one.address), at=one.at,
                        message=one.message, history=(),
                    )  # fmt: skip
        yield whole

    def attach(self, one: Attachment) -> list[Outcome]:
        """Keeps a file that a page shows, once an import; nothing to tell when it is there already."""
        if one.path in self.attached:
            return []
        self.attached.add(one.path)
        if is_recording(library.mime_of(one.path)):
            return [Outcome(one.path, "skipped", f"{library.NO_CONSENT}; attach it to its page by hand.")]
        if not 0 < one.size <= LARGEST:
            why = (
                "It is empty." if not one.size else f"It has {in_words(one.size)}; up to {in_words(LARGEST)} are kept."
            )
            return [Outcome(one.path, "skipped", why)]
        try:
            content = one.read()
        except (SeciError, OSError) as error:
            return [Outcome(one.path, "failed", getattr(error, "sentence", "") or f"It cannot be read ({error}).")]
        if store.has_file(self.db, self.found.collection, one.path, sha256(content).hexdigest()):
            return []
        attach(self.actor, self.db, one.path, content, collection=self.found.collection, path=one.path)
        return [Outcome(one.path, "attached")]

    def vanish(self, paths: Sequence[str]) -> list[Outcome]:
        """Takes out of sight what the source no longer has."""
        library.vanish(self.actor, self.db, self.found.collection, list(paths))
        store.forget_marks(self.db, self.found.collection, paths)
        return [
            Outcome(path, "gone", document=self.marks[path].document, before=self.marks[path].revision)
            for path in paths
        ]


def _past(one: Past) -> incoming.Past:
    return incoming.Past(one.title[:200], one.text, _person(one.author, one.address), one.at, one.message)


def _person(name: str, address: str) -> str:
    return f"{name} <{address}>" if address and name else name or address

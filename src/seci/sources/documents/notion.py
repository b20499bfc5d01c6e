"""A Notion export: names without the ids that Notion puts in them, databases as tables, links between pages mended."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote

from seci.sources.documents import folder
from seci.sources.documents.detect import NOTION_ID
from seci.sources.documents.fields import moment
from seci.sources.documents.files import File, Files, composed
from seci.sources.documents.letters import text_of
from seci.sources.documents.links import links
from seci.sources.documents.markdown import name_of
from seci.sources.documents.page import Failed, Found, Known, Page, Same, Skipped, nothing_known
from seci.sources.documents.shelf import Shelf, guarded
from seci.sources.documents.to_markdown import escaped, in_a_cell, pipes

_HREF = re.compile(r"(\]\()(<[^>\n]+>|[^)\s]+)(\))")
_PROPERTY = re.compile(r"^([^\n:#>|-][^\n:]{0,60}): (.+)$")
_ID = re.compile(r"[0-9a-f]{32}")
MOST_ROWS = 2_000


def read(files: Files, known: Known = nothing_known) -> Iterator[Found]:
    """The pages and databases of an export, under the names that people gave them."""
    names = clean_names(list(files.all))
    renamed = Files(
        files.name, {names[path]: replace(one, path=names[path]) for path, one in files.all.items()}, files.hidden,
        files.aside,
    )  # fmt: skip
    before = {clean: path for path, clean in names.items()}
    export = _Export(names, before)
    shelf = Shelf(renamed, _is_page, known)
    for file in renamed:
        if file.suffix == ".csv":
            yield _table(shelf, export, file)
        elif file.path == "index.html":
            shelf.offered.add(file.path)
            yield Skipped(file.path, "It lists the pages of the export.")
        elif _is_page(file):
            found = folder.read_one(shelf, file, export.rewritten)
            yield export.told(found) if isinstance(found, Page) else found
    yield from shelf.rest()


def _is_page(file: File) -> bool:
    return folder.is_document(file) or file.suffix == ".csv"


def clean_names(paths: list[str]) -> dict[str, str]:
    """Path -> the same without ids. Where two would become one, both keep the first letters of theirs: in their own
    names, and where that is not enough in those of the folders above."""
    cleaned = {path: NOTION_ID.sub("", path) for path in paths}
    for some in (_told_apart, lambda path: NOTION_ID.sub(_letters, path)):
        often = Counter(name.casefold() for name in cleaned.values())
        cleaned = {path: name if often[name.casefold()] == 1 else some(path) for path, name in cleaned.items()}
    return cleaned


def _told_apart(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return NOTION_ID.sub("", folder + slash) + NOTION_ID.sub(_letters, name)


def _letters(found: re.Match[str]) -> str:
    return f" {found[1][:6]}"


class _Export:
    """Which page has which id, and what each is called now."""

    def __init__(self, names: dict[str, str], before: dict[str, str]) -> None:
        self.names, self.before = names, before
        # Of a database the table with all rows is the page, and comes last.
        tables_last = sorted(names.items(), key=lambda one: one[0].endswith("_all.csv"))
        self.by_id = {id_: clean for path, clean in tables_last if (id_ := uid_of(path))}

    def rewritten(self, text: str, path: str) -> str:
        """The text with links that lead to the new names."""
        text = _HREF.sub(lambda found: self._link(found, path), text)
        return _listed(text)

    def _link(self, found: re.Match[str], path: str) -> str:
        href = found[2].strip("<>")
        if "://" in href and "notion.so" not in href:
            return found[0]
        where, _, anchor = href.partition("#")
        clean = self._lead(unquote(where), path)
        if not clean:
            return found[0]
        near = quote(relpath(clean, dirname(path) or "."), safe="/!$&'*+,;=:@~-._")
        return f"{found[1]}{near}{'#' + anchor if anchor else ''}{found[3]}"

    def _lead(self, where: str, path: str) -> str:
        """Where a link leads, under its new name; "" where it leads out. Pages are found by id: in their titles Notion
        drops letters that it keeps in links. Files have none."""
        ids = _ID.findall(where.rpartition("/")[2])
        if ids and ids[-1] in self.by_id:
            return self.by_id[ids[-1]]
        if "://" in where:
            return ""
        there = normpath(join(dirname(self.before.get(path, path)), where))
        return self.names.get(composed(there), "")

    def told(self, page: Page) -> Page:
        """The page with what its properties and its place say."""
        said = properties(page.text)
        above = page.path.rpartition("/")[0]
        ends = (".md", "_all.csv", ".csv", ".html")
        parent = next((one for one in (f"{above}{end}" for end in ends) if one in self.before), "")
        return replace(
            page,
            title=self._title(page),
            uid=uid_of(self.before.get(page.path, "")),
            parent=parent if above else "",
            owner=page.owner or said.get("owner", ""),
            author=page.author or said.get("last edited by", said.get("created by", "")),
            at=page.at or _written(said.get("last edited time", said.get("created time", said.get("created", "")))),
            tags=page.tags or tuple(one.strip() for one in said.get("tags", "").split(",") if one.strip()),
        )

    def _title(self, page: Page) -> str:
        """In web pages of an export the first heading is often one of the text."""
        return name_of(NOTION_ID.sub("", self.before.get(page.path, page.path))) if _is_html(page.path) else page.title


def _is_html(path: str) -> bool:
    return path.lower().endswith((".html", ".htm"))


def uid_of(path: str) -> str:
    """The id in the last name of a path; "" where it has none."""
    found = NOTION_ID.search(path.rpartition("/")[2])
    return found[1] if found else ""


def properties(text: str) -> dict[str, str]:
    """The properties of a page of a database: the lines right below its title."""
    found: dict[str, str] = {}
    for line in text.split("\n")[1:40]:
        match = _PROPERTY.match(line.removeprefix("- ").replace("**", ""))
        if match:
            found[match[1].strip().lower()] = match[2].strip()
        elif line.strip():
            break
    return found


def _listed(text: str) -> str:
    """Properties as a list: as lines they would run into one."""
    lines = text.split("\n")
    if not lines or not lines[0].startswith("# "):
        return text
    at = 1
    while at < len(lines) and not lines[at].strip():
        at += 1
    first = at
    while at < len(lines) and (found := _PROPERTY.match(lines[at])):
        lines[at] = f"- **{found[1]}:** {found[2]}"
        at += 1
    return "\n".join(lines) if at > first else text


def _written(text: str) -> int | None:
    """Notion writes "March 4, 2024 3:15 PM"; the day is enough."""
    return moment(re.sub(r"\s+\d{1,2}:\d{2}\s*([AP]M)?$", "", text)) if text else None


def _table(shelf: Shelf, export: _Export, file: File) -> Found:
    raw_path = export.before[file.path]
    stem = file.path[: -len(".csv")]
    if not stem.endswith("_all") and f"{stem}_all.csv" in shelf.files:
        shelf.offered.add(file.path)
        return Skipped(file.path, "The same rows, and those that its view hides, are in the file that ends in _all.")

    def read_table(one: File, raw: bytes) -> Found:
        mark = shelf.mark(raw)
        if shelf.known(one.path, mark):
            return Same(one.path, mark)
        said = text_of(raw)
        if said is None:
            return Failed(one.path, "It ends like a table and holds bytes that are no text.")
        try:
            rows = list(csv.reader(io.StringIO(said.text), strict=True))
        except csv.Error as error:
            return Failed(one.path, f"It is no table that can be read ({error}).")
        return _page(shelf, one, [row for row in rows if any(row)], mark, uid_of(raw_path))

    return guarded(shelf, file, read_table)


def _folded(name: str) -> str:
    """A name by its letters alone, and no more of them than Notion puts into the name of a file."""
    return re.sub(r"[\W_]+", "", name.casefold())[:40]


def _page(shelf: Shelf, file: File, rows: list[list[str]], mark: str, uid: str) -> Found:
    if not rows:
        return Failed(file.path, "The table is empty.")
    title = name_of(file.path.removesuffix("_all.csv"))
    home = file.path.removesuffix(".csv").removesuffix("_all")
    shown = rows[: MOST_ROWS + 1]
    cells = [[in_a_cell(escaped(cell)) for cell in row] for row in shown]
    below = {_folded(name_of(one.path)): one.path for one in shelf.files if dirname(one.path) == home}
    for row, cut in zip(shown[1:], cells[1:], strict=True):
        if (path := below.get(_folded(row[0]), "")) and cut[0]:
            cut[0] = f"[{cut[0]}]({quote(relpath(path, dirname(file.path) or '.'))})"
    text = f"# {escaped(title)}\n\n{pipes(cells)}"
    left = len(rows) - len(shown)
    return Page(
        path=file.path, title=title, text=text, mark=mark, uid=uid, licence=shelf.licence(file.path),
        links=links(text, file.path, shelf.places),
        remarks=(f"{left:,} of its {len(rows) - 1:,} rows are left out.",) if left else (),
    )  # fmt: skip

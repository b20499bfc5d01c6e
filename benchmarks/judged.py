"""Collections of texts, questions and judgements of what answers them: BEIR's layout, and two old ones converted.

    corpus.jsonl    {"_id": "7", "title": "...", "text": "..."}
    queries.jsonl   {"_id": "3", "text": "..."}
    qrels.tsv       query-id, corpus-id, score, with or without a heading; also qrels/test.tsv

    Cranfield       cran.all.1400, cran.qry, cranqrel          (noramtboraas/information-retrieval)
    CISI            CISI.ALL, CISI.QRY, CISI.REL               (Shakiba-Alipour/Information-Retrieval-on-CISI)

A folder may also be the git directory of a repository that holds them.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Read = Callable[[str], str | None]


@dataclass(frozen=True)
class Text:
    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Collection:
    """`judged`: question -> text -> worth (above 0 answers it). Questions without a text that answers are left out."""

    name: str
    texts: tuple[Text, ...]
    questions: dict[str, str]
    judged: dict[str, dict[str, float]]


def collections(folder: Path) -> Iterator[Collection]:
    """Those in the folder, or in the folders in it."""
    for at in (folder, *sorted(one for one in folder.iterdir() if one.is_dir())):
        for place in (at, at / "repo"):
            if found := collection(place, at.name):
                yield found


def collection(folder: Path, name: str) -> Collection | None:
    read = reader(folder)
    if (corpus := read("corpus.jsonl")) is not None:
        return from_beir(name, corpus, read)
    if (texts := read("cran.all.1400")) is not None:
        return from_cranfield(texts, read)
    if (texts := read("CISI.ALL")) is not None:
        return from_cisi(texts, read)
    return None


def reader(folder: Path) -> Read:
    """Reads a file by its name, from a folder or from the newest commit of a git directory."""
    if not (folder / "objects").is_dir():
        return lambda name: (folder / name).read_text(errors="replace") if (folder / name).exists() else None

    def shown(name: str) -> str | None:
        done = subprocess.run(["git", "-C", str(folder), "show", f"HEAD:{name}"], capture_output=True)
        return done.stdout.decode(errors="replace") if done.returncode == 0 else None

    return shown


def made(name: str, texts: list[Text], questions: dict[str, str], rows: Iterator[tuple[str, str, float]]) -> Collection:
    known = {one.id for one in texts}
    judged: dict[str, dict[str, float]] = {}
    for question, text, worth in rows:
        if worth > 0 and question in questions and text in known:
            judged.setdefault(question, {})[text] = worth
    return Collection(name, tuple(texts), {id_: questions[id_] for id_ in judged}, judged)


def from_beir(name: str, corpus: str, read: Read) -> Collection:
    def lines(text: str | None) -> list[dict[str, str]]:
        return [json.loads(line) for line in (text or "").splitlines() if line.strip()]

    texts = [Text(str(one["_id"]), one.get("title") or "", one.get("text") or "") for one in lines(corpus)]
    questions = {str(one["_id"]): one["text"] for one in lines(read("queries.jsonl"))}
    rels = next((text for text in map(read, ("qrels.tsv", "qrels/test.tsv", "test.tsv")) if text), "")

    def rows() -> Iterator[tuple[str, str, float]]:
        for line in rels.splitlines():
            parts = line.split("\t") if "\t" in line else line.split()
            if len(parts) == 4:
                parts = [parts[0], *parts[2:]]  # trec's layout has a column of its own in second place
            if len(parts) == 3 and re.fullmatch(r"-?\d+(\.\d+)?", parts[2].strip()):
                yield parts[0], parts[1], float(parts[2])

    return made(name, texts, questions, rows())


def records(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Records of SMART's layout: `.I number`, then fields `.T`, `.W`, ... with their lines below."""
    number, fields, field = "", {}, ""
    for line in text.splitlines():
        if found := re.fullmatch(r"\.I\s+(\d+)\s*", line):
            if number:
                yield number, fields
            number, fields, field = str(int(found[1])), {}, ""
        elif found := re.fullmatch(r"\.([A-Z])\s*", line):
            field = found[1]
        elif field:
            fields[field] = f"{fields.get(field, '')} {line}".strip()
    if number:
        yield number, fields


def from_cranfield(corpus: str, read: Read) -> Collection:
    """Judgements count questions from 1 in their order, whatever their own numbers; grades 1 to 4 answer, alike."""
    texts = [Text(id_, one.get("T", ""), one.get("W", "")) for id_, one in records(corpus)]
    questions = {str(at): one.get("W", "") for at, (_, one) in enumerate(records(read("cran.qry") or ""), 1)}
    rows = (line.split() for line in (read("cranqrel") or "").splitlines() if line.strip())
    return made("Cranfield", texts, questions, ((one[0], one[1], float(1 <= int(one[2]) <= 4)) for one in rows))


def from_cisi(corpus: str, read: Read) -> Collection:
    texts = [Text(id_, one.get("T", ""), one.get("W", "")) for id_, one in records(corpus)]
    questions = {id_: one.get("W", "") for id_, one in records(read("CISI.QRY") or "")}
    rows = (line.split() for line in (read("CISI.REL") or "").splitlines() if line.strip())
    return made("CISI", texts, questions, ((one[0], one[1], 1.0) for one in rows))


def of_headings(folder: Path) -> Collection:
    """The headings of Markdown files as questions, answered by the sections below them: known items, no judges."""
    texts: list[Text] = []
    questions: dict[str, str] = {}
    judged: dict[str, dict[str, float]] = {}
    for path in sorted(folder.rglob("*.md")):
        parts = re.split(r"^#+ (.+)$", path.read_text(errors="replace"), flags=re.MULTILINE)
        for heading, text in zip(parts[1::2], parts[2::2], strict=True):
            if len(text.split()) >= 20:
                id_ = f"{path.name}#{len(texts)}"
                texts.append(Text(id_, "", text))
                questions[id_], judged[id_] = heading, {id_: 1.0}
    return Collection(f"headings of {folder.name}", tuple(texts), questions, judged)

"""Would the links that authors wrote have been proposed? Internal links of guide repositories as the gold.

    python -m benchmarks.crossrefs [DIR...] [--keep FOLDER] [--quick] --json

DIR is a folder of Markdown, holds such folders, or is the git directory of a repository; without one, this repository's
documents are taken. The words of a link are taken out of its page, which would give the answer away.

    R@10       share of a page's links among the first ten pages proposed, none of its own links being known; mean over
               pages that have links
    one by one the same with each link held out alone, the page's other links known and left out of the ranking
    MRR        mean of 1 / rank of a page's best-placed link
    random     what drawing pages would reach

Vectors are kept in FOLDER between runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from seci.combination import crossrefs
from seci.combination.crossrefs import Page, Shelf

HERE = Path(__file__).parent.parent
DEPTH, DRAWS, PASSAGES = 10, 2000, 12


def repositories(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """(name, path -> Markdown) of the folder, or of each folder in it that holds none itself."""
    git = next((one for one in (folder, folder / "repo") if (one / "objects").is_dir()), None)
    if git is not None:
        yield folder.name, from_git(git)
    elif any(folder.glob("*.md")):
        yield folder.name, from_folder(folder)
    else:
        for one in sorted(one for one in folder.iterdir() if one.is_dir()):
            yield from repositories(one)


def from_folder(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(errors="replace")
        for path in sorted(folder.rglob("*.md"))
        if path.is_file()
    }


def from_git(folder: Path) -> dict[str, str]:
    def run(*arguments: str) -> bytes:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True).stdout

    names = [
        one for one in run("ls-tree", "-r", "-z", "--name-only", "HEAD").decode().split("\0") if one.endswith(".md")
    ]
    return {name: run("show", f"HEAD:{name}").decode(errors="replace") for name in names}


def pages(files: dict[str, str]) -> list[Page]:
    """The pages with their links; what a link says is taken out of the text."""
    from seci.library.markdown.front import body_start
    from seci.library.markdown.links import references

    found = []
    for path, text in files.items():
        links: set[str] = set()
        rest = text
        for one in sorted(references(text), key=lambda one: -one.start):
            if one.kind not in {"link", "wiki"}:
                continue
            rest = f"{rest[: one.start]} {rest[one.stop :]}"
            if to := target(path, one.target, files):
                links.add(to)
        named = re.search(r"^title:\s*(.+)$", text[:400], re.MULTILINE) or re.search(r"^#+\s+(.+)$", text, re.MULTILINE)
        words = re.sub(r"[#*`>|_\[\]()]+", " ", rest[min(body_start(rest), len(rest)) :])
        found.append(Page(path, named[1].strip() if named else path, words, frozenset(links)))
    return found


def target(source: str, written: str, files: dict[str, str]) -> str:
    """The page that a link leads to; empty for one that leads out, nowhere, or to the page itself."""
    if not written or "://" in written or written.startswith(("mailto:", "#")):
        return ""
    at = os.path.normpath(os.path.join(os.path.dirname(source), written.split("?")[0]))
    for path in (at, f"{at}.md", f"{at}/README.md", f"{at}/index.md"):
        if path in files and path != source:
            return path
    return ""


def with_vectors(given: list[Page], kept: Path) -> list[Page]:
    from seci.search.embedding import model
    from seci.search.passage import gather

    worker = model.available()
    if worker is None:
        return given
    texts, owners = [], []
    for number, page in enumerate(given):
        for passage in gather(("", (), one) for one in page.text.split("\n\n"))[:PASSAGES]:
            texts.append(f"{page.title}. {passage.text}")
            owners.append(number)
    file = kept / f"{hashlib.sha256(repr(texts).encode()).hexdigest()[:16]}.npy"
    if not file.exists():
        np.save(file, worker.vectors(texts))
    values, owner = np.load(file), np.array(owners)
    return [replace(page, vectors=values[owner == number]) for number, page in enumerate(given)]


def interval(values: np.ndarray) -> list[float]:
    draw = np.random.default_rng(11)
    means = values[draw.integers(0, len(values), (DRAWS, len(values)))].mean(axis=1)
    return [round(float(one), 3) for one in np.percentile(means, [2.5, 97.5])]


def measured(name: str, given: list[Page]) -> dict[str, Any]:
    shelf = Shelf(given)
    recalls, firsts, single, by_chance = [], [], [], []
    for page in shelf.pages:
        if not page.links:
            continue
        order = [one.path for one in shelf.suggest(page.path, limit=len(given), blind=True)]
        ranks = [order.index(link) + 1 if link in order else len(given) for link in page.links]
        recalls.append(np.mean([rank <= DEPTH for rank in ranks]))
        firsts.append(1 / min(ranks))
        by_chance.append(min(1.0, DEPTH / (len(given) - 1)))
        single.append(np.mean([held_out(shelf, page, link) for link in page.links]))
    return {
        "repository": name, "pages": len(given), "with links": len(recalls),
        "links": sum(len(one.links) for one in given), "recalls": [round(float(one), 4) for one in recalls],
        "R@10": round(float(np.mean(recalls)), 3), "R@10 one by one": round(float(np.mean(single)), 3),
        "MRR": round(float(np.mean(firsts)), 3), "random": round(float(np.mean(by_chance)), 3),
    }  # fmt: skip


def held_out(shelf: Shelf, page: Page, link: str) -> bool:
    """Whether one link is proposed while the page's others are known."""
    at, to = shelf.place[page.path], shelf.place[link]
    shelf.led[at, to] = 0
    try:
        return link in {one.path for one in shelf.suggest(page.path, limit=DEPTH)}
    finally:
        shelf.led[at, to] = 1


BASELINES = {
    "words alone": {"words"}, "meaning alone": {"meaning"}, "words + meaning": {"words", "meaning"},
    "all texts": {"words", "title", "meaning", "passages"},
}  # fmt: skip


def baselines(given: list[Page]) -> dict[str, float]:
    """R@10 of single rankings and of their plain fusion."""
    shelf, found = Shelf(given), {name: [] for name in BASELINES}
    for page in shelf.pages:
        if not page.links:
            continue
        at = shelf.place[page.path]
        values = {"words": shelf.by_words(at), "title": shelf.by_title(at)}
        values |= {"meaning": shelf.by_meaning(at), "passages": shelf.by_passages(at)}
        for name, used in BASELINES.items():
            total = np.sum([1 / (crossrefs.K + crossrefs.ranks(values[one])) for one in used], axis=0)
            total[at] = -1
            top = {shelf.pages[one].path for one in np.argsort(-total, kind="stable")[:DEPTH].tolist()}
            found[name].append(len(top & page.links) / len(page.links))
    return {name: round(float(np.mean(one)), 3) for name, one in found.items() if one}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crossrefs", description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep vectors here")
    parser.add_argument("--quick", action="store_true", help="without vectors")
    parser.add_argument("--json", action="store_true", dest="as_json")
    given = parser.parse_args()
    found = [one for folder in given.folders or [HERE / "docs"] for one in repositories(folder)]
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        kept = given.keep or Path(name)
        kept.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("SECI_DATA_DIR", str(kept))
        for repository, files in found:
            read = pages(files)
            if not any(one.links for one in read):
                continue
            read = read if given.quick else with_vectors(read, kept)
            results.append(measured(repository, read) | {"baselines R@10": baselines(read)})
            if not given.as_json:
                print({key: one for key, one in results[-1].items() if key != "recalls"}, flush=True)
    values = np.array([one for result in results for one in result.pop("recalls")])
    whole = {"pages": len(values), "R@10": round(float(values.mean()), 3), "95 %": interval(values)}
    print(json.dumps({"results": results, "all": whole}) if given.as_json else f"all: {whole}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""An import is asked for: what lies there is looked at, where it goes is settled; nothing is read yet."""

from __future__ import annotations

from pathlib import Path

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused, SeciError
from seci.kit.records import clean
from seci.ledger import runs
from seci.library import services as library
from seci.sources.documents import store
from seci.sources.documents.licences import spdx
from seci.sources.documents.reading import KINDS, Source, source_at

KIND = "documents"
UNIT = "files"


def begin(
    actor: Actor,
    db: Database,
    path: Path,
    *,
    format_: str = "",
    name: str = "",
    licence: str = "",
    with_history: bool = True,
    upload: bool = False,
) -> int:
    """The id of a new import of what lies at `path`, or of the one that was interrupted there.

    format_  one of `page.FORMATS`; left out, what lies there decides
    name     of the collection; left out, that of the folder or file. The same path is always the same collection
    licence  of the whole, as an SPDX expression; left out, what LICENSE files and the README say
    upload   it was sent through a page: then the name alone says which collection it is

    Raises BadInput for what cannot be imported, Refused for those who may not, Conflict while an import of the same
    collection is at work.
    """
    need_importer(actor, upload)
    try:
        source = source_at(path, format_)
    except SeciError as error:
        if not upload:
            raise
        raise without(error, path) from error
    found = licence.strip() or source.licence()
    name = clean(name or _name(source)).strip()[:200]
    if not name:
        raise BadInput("Give the collection a name.")
    kind, address = KINDS[source.format], "" if upload else str(source.path)
    with db.transaction():
        known = store.collection_at(db, kind, address, name)
        collection = known or library.collection(actor, db, name, kind, address=address, licence=spdx(found) or found)
        uri = f"documents:{collection}"
        ledger = runs.register(db, kind=KIND, uri=uri, title=name, at=now())
        run = runs.resume(db, ledger, at=now(), unit=UNIT)
        before = store.of_run(db, run.id)
        if before is not None:
            if before.path != str(source.path):
                raise Conflict(
                    f"An import into {name} has not ended (import {before.id}); stop it or let it end first."
                )
            store.ask_to_stop(db, before.id, False)
            return before.id
        return store.add(
            db, source=ledger, run=run.id, collection=collection, format_=source.format, path=str(source.path),
            upload=upload, history=with_history, by=actor.account,
        )  # fmt: skip


def without(error: SeciError, path: Path) -> SeciError:
    """The same error without where we laid down what was sent: its sentence is read by who sent it."""
    said = error.sentence.replace(f"{path}/", "").replace(str(path), path.name if path.is_file() else "What was sent")
    return type(error)(said, code=error.code)


def again(actor: Actor, db: Database, id_: int) -> int:
    """The id of a new import of the same source. Raises BadInput where it is no longer there."""
    found = store.get(db, id_)
    name = str(db.rows("SELECT name FROM library_collection WHERE id = ?", [found.collection])[0][0])
    if found.upload and not Path(found.path).exists():
        raise BadInput("What was sent has been read and is no longer kept; send it again.")
    return begin(
        actor, db, Path(found.path), format_=found.format, name=name, with_history=found.history, upload=found.upload
    )


def stop(actor: Actor, db: Database, id_: int) -> None:
    """Asks an import to stop after the file at hand; what it has brought stays. Raises Conflict when it has ended."""
    found = store.get(db, id_)
    need_importer(actor, found.upload)
    if runs.get(db, found.run).state != runs.RUNNING:
        raise Conflict(f"Import {id_} has ended already.")
    with db.transaction():
        store.ask_to_stop(db, id_, True)


def need_importer(actor: Actor, upload: bool) -> None:
    """Members send files; who may read any folder of the machine is a lead."""
    if not actor.is_at_least("member" if upload else "lead"):
        raise Refused(
            "Guests may not import documents; ask for the member role."
            if upload
            else "Folders of this machine are imported by leads and admins; ask one of them, or send the files."
        )


def _name(source: Source) -> str:
    path = source.path
    named = path.parent if path.name in {".git", "repo", "repo.git"} else path
    return named.name if named.is_dir() else named.stem

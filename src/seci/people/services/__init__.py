"""What may be said about people: who is who, who they are, which unit they belong to."""

from seci.people.services.ba import open_ba
from seci.people.services.describing import describe, rename
from seci.people.services.joining import confirm, join, reconsider, reject, split
from seci.people.services.units import (
    Imported,
    add_unit,
    dismiss_unit,
    import_people,
    keep_unit,
    propose_units,
    remove_unit,
    rename_unit,
)

__all__ = [
    "Imported",
    "add_unit",
    "confirm",
    "describe",
    "dismiss_unit",
    "import_people",
    "join",
    "keep_unit",
    "open_ba",
    "propose_units",
    "reconsider",
    "reject",
    "remove_unit",
    "rename",
    "rename_unit",
    "split",
]

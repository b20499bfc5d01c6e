"""How often Python looks for circles among its objects: seldom while much is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 50_000
"""Objects made before Python looks for circles among them. Bulk reading makes millions of objects and no circles;
at Python's own 700 a sixth of a scan goes into looking."""


@contextmanager
def seldom() -> Iterator[None]:
    """Inside, circles are looked for after every `OBJECTS` new objects; then as before."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)

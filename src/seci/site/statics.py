"""Style sheets, scripts and pictures under names that carry a hash of their content, so that a browser may keep
them for ever. The hashed copies are made in the data folder when the server starts and something has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Hashed(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names where copies have been made, plain ones (served from the sources) where not, as in tests."""

    support_js_module_import_aggregation = True
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))


def ready() -> None:
    """Makes the hashed copies unless those at hand are of the same files."""
    root = Path(settings.STATIC_ROOT)
    mark = root / "made-from"
    found = digest()
    if not mark.exists() or mark.read_text() != found:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(found)


def digest() -> str:
    """A fingerprint of all sources by path, size and time of change."""
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            lines.append(f"{path}\0{status.st_size}\0{status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

"""Commands as a person gives them, run inside this process on the database of the test.

The way through a process of its own is shown by the tests that use `instance`.
"""

from __future__ import annotations

import io
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from unittest.mock import patch

from seci.accounts import door
from seci.site import cli


def seci(*words: object) -> subprocess.CompletedProcess[str]:
    """What `seci` answers, prints and remarks; for tests with the fixture `db`."""
    from django.db import connection

    from seci.kit.database import of_django

    arguments = [*map(str, words)]
    out, err = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(door, "database", lambda: of_django(connection)),
    ):
        code = cli.run(arguments)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

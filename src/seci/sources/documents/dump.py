"""Large XML read piece by piece: packed or not, no entity looked up, nothing fetched, never more than a limit."""

from __future__ import annotations

import bz2
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from seci.kit.errors import BadInput
from seci.sources.documents.files import File, streamed
from seci.sources.documents.limits import LARGEST_DUMP, in_words

_NO_XML = bytes(one for one in range(32) if one not in b"\t\n\r")
"""Control characters: no XML may hold them (XML 1.0, 2.2), and wikis write them all the same where somebody pasted
them."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""The marks at the beginning of UTF-16, in which such bytes are halves of letters."""


class Bounded:
    """A stream of XML that gives out no more than a limit, and no control characters."""

    def __init__(self, stream: IO[bytes], name: str, most: int = LARGEST_DUMP) -> None:
        self._stream, self._name, self._left, self._most = stream, name, most, most
        self._dropped: bytes | None = None

    def read(self, size: int = -1) -> bytes:
        while block := self._stream.read(size if size >= 0 else self._left + 1):
            self._left -= len(block)
            if self._left < 0:
                raise BadInput(f"{self._name} unpacks to over {in_words(self._most)}; import it in parts.")
            if self._dropped is None:
                self._dropped = b"" if block.startswith(_WIDE) else _NO_XML
            # An empty block would mean the end.
            if kept := block.translate(None, self._dropped):
                return kept
        return b""


@contextmanager
def opened(file: File) -> Iterator[Bounded]:
    """The bytes of a dump, unpacked where its name says that it is packed."""
    with streamed(file) as raw:
        name = file.name.lower()
        if name.endswith(".bz2"):
            with bz2.open(raw) as unpacked:
                yield Bounded(unpacked, file.name)
        elif name.endswith(".gz"):
            with gzip.open(raw) as unpacked:
                yield Bounded(unpacked, file.name)  # type: ignore[arg-type]
        else:
            yield Bounded(raw, file.name)


def elements(file: File, *tags: str, what: str) -> Iterator[Any]:
    """Each element of these names, complete, one at a time. Raises BadInput where it is no XML.

    what  the file is, for the sentence: "export of Confluence"
    """
    from lxml import etree

    with opened(file) as stream:
        try:
            for _, element in etree.iterparse(
                stream, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
            ):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except (etree.XMLSyntaxError, EOFError, OSError, zlib.error) as error:
            raise BadInput(f"{file.path} is no {what} that can be read to its end ({error}).") from error

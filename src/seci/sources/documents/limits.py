"""How much is taken in, so that no file can fill the memory or the disk of an instance."""

from __future__ import annotations

MEGABYTE = 1_000_000

LARGEST_PAGE = 10 * MEGABYTE
"""Of a file that is read as text: a shelf of books."""
LARGEST_FILE = 100 * MEGABYTE
"""Of a PDF, a Word document, an attachment."""
LARGEST_DUMP = 4_000 * MEGABYTE
"""Of an export that is one file (MediaWiki, Confluence), read piece by piece."""
LARGEST_ARCHIVE = 4_000 * MEGABYTE
"""Of all files in an archive, unpacked."""
MOST_FILES = 200_000
DEEPEST = 3
"""Archives within archives."""
RATIO = 200
"""A text shrinks to a tenth, a blank picture to a fiftieth. What grows more than 200 times is made to."""
RATIO_FROM = 10 * MEGABYTE
"""Small files may shrink to anything: a file of blanks harms nobody."""
MOST_REVISIONS = 500
"""Of one page; of a longer history the newest are taken."""


def in_words(size: int) -> str:
    """A number of bytes for a sentence: 210 MB, 12 kB."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:,.0f} MB"
    return f"{max(1, round(size / 1000))} kB"

"""One page of the library written by several people at once: a room, its journal, passages, comments, suggestions."""

"""The library in a browser: browsed, read, written, kept in order."""

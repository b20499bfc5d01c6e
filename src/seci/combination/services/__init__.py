"""Verbs of combination: start a merge, read its sources, put it right, decide, draft, publish, follow its sources."""

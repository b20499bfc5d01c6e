"""Artifacts, and what came of using them, laid beside documents as pages that a merge can take in."""

"""Reads of merges, findings and plans, one function per question."""

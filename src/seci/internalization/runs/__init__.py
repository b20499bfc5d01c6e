"""Artifacts at work: going through one on a real task, what came of it, and who may do so alone."""

"""Decisions on conflicts that agents propose; a person makes one their own, or drops it."""

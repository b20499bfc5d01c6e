"""Texts as points: all-MiniLM-L6-v2 without torch. Optional: without its weights, search goes by words alone."""

"""Seeing as experts see: options ranked, compared with the experts' ranks, and ranked again."""

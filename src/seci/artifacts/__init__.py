"""Artifacts: what is explicit, typed, revised, owned, expiring; the first seven types can be executed."""

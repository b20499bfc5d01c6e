"""When practice or work speaks against an artifact: a challenge of one node, and what its owner decides."""

"""The machine-readable bodies of artifacts: each can be executed, ticked, filled or scored."""

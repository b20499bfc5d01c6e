"""The language-model partner: optional, never a source."""

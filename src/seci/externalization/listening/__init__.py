"""What an answer changes: cues in it, the slots it fills, claims with their words, follow-ups that wait."""

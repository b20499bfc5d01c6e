"""Pages of combination: merges step by step, findings over the library, plans for newcomers."""

"""Pages of artifacts: the library, one artifact, changing it, recordings."""

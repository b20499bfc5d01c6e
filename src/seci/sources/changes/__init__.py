"""Changes of a repository as cases to judge: what is known of a change before anyone has said a word about it."""

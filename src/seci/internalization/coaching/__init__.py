"""What accompanies practice: mentors and their words, notes after the action, paths of roles, quiet days."""

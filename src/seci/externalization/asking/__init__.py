"""What is asked next: in words, by cases, reflecting back, at the end."""

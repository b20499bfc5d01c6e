"""What each type of body can have wrong with it."""

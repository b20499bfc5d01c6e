"""Cases: concrete situations, what can be said of them, and what somebody judged."""

"""Explicit to explicit: several texts become one, every sentence traced to its source."""

"""Pressure tests: sealed sittings for the gates cold, pressure and delay, and the states they prove."""

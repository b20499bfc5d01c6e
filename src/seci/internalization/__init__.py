"""Internalization: explicit to tacit. Practice on cases until the judgement holds unaided, under pressure, later."""

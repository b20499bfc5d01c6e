"""Externalization: tacit to explicit. A dialogue draws a judgement out, and cases test it before it is believed."""

"""SECI turns what experts know into what their team can do, and measures whether it did."""

__version__ = "0.1.0"

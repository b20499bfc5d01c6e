"""Drawings as SVG text: pure Python, no framework. Colors come from CSS classes, so both schemes follow."""

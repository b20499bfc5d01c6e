"""Markdown as this house reads it: blocks and sentences by place, links, front matter, safe HTML."""

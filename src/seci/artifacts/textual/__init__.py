"""The pieces of the text form: words that survive Markdown, objects as nested lists, sections of free text."""

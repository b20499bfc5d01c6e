"""The language-model partner: optional, never a source.

It may propose: claims with the words they rest on, probes, analogies, edge cases, wordings, prose. There is no
way for it to confirm, score, publish or stop anything: `Partner` has no such method and no proposal has such a field.
"""

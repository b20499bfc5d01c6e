"""Artifacts for other programs: Mermaid for documents, JDM and DMN for rule engines, CSV for spreadsheets."""

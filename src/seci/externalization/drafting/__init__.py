"""The artifact as it stands: decisions, procedures, documents."""

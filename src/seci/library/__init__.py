"""Documents: what is written, page by page, with its revisions, links, concepts, owners and verification."""

"""People, assets, artifacts, documents, concepts and events as one graph, read from the tables that hold them."""

"""A dialogue as it is shown: on a page, in a terminal, to an agent."""

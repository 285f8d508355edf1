"""A council's own figures after the gate: the one table that pages, charts and downloads read."""

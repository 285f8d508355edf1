"""How long extracts are kept."""

KEEP_YEARS = 6
"""How long an extract is kept unless the council's own retention schedule says otherwise. The
statistics search four years for changes of level, look back on twelve months before those for
children referred again, and need a year more for a baseline; nothing in the book needs older
rows."""

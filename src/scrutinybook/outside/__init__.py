"""Charts, icons and level changes for figures that a user brings, outside the book.

The figures are the user's own aggregates: nothing here passes the disclosure gate, and nothing here
may reach a page of the book.
"""

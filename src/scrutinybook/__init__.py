"""The scrutiny book: statistics for a children's services scrutiny committee, month by month."""

__version__ = "0.1.0"

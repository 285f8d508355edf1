"""Readers of what a council holds itself: one a format, each to the same tidy event tables."""

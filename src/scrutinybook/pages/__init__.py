"""Pieces of HTML that notebooks show: paragraphs, figures, tables, notes."""

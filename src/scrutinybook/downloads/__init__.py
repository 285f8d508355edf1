"""Files to take away: a table for each measure, and one accessible workbook an edition.

All of them come from gated series, as the pages do.
"""

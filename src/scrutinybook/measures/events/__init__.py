"""Measures computed from event tables: one module a subject, pure functions of what is known.

Three things differ and stay different: a figure that is not known (not available), a zero, and a
share of nobody (zero of zero, which has no value). A flow is pooled over the year to date from 1
April, never averaged over its months; how things stand on a day is not pooled at all.
"""

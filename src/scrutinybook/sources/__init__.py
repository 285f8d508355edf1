"""Readers: one for each real format, from files as published to tidy tables."""

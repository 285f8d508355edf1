"""Findings to sentences. Every sentence names the finding that it says."""

"""Sign an edition off, publish what was signed, withdraw and correct it with a notice."""

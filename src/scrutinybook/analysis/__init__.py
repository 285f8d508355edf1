"""From gated series through the statistics to findings."""

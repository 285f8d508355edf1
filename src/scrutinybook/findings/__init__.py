"""What the statistics found, as typed facts. Sentences and charts say these and nothing else."""

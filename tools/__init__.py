"""What `run.py` does besides making books: licences, known vulnerabilities, the offline bundle."""

"""`python -m scrutinybook` is the `scrutiny` command."""

from scrutinybook.cli import main

main()

"""`python -m scrutinybook` is the `scrutiny` command."""

from scrutinybook.cli import main

# Workers of a fleet load this module again to find what they are sent.
if __name__ == "__main__":
    main()

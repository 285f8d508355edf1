"""The committee pack: a published book's summary, or the whole of it, as one PDF for paper."""

from scrutinybook.pack.make import Pack, make_pack

__all__ = ["Pack", "make_pack"]

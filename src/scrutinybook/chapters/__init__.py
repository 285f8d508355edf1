"""One module a chapter or a sort of section: from the context to pieces of a page."""

"""The history of extracts: every version kept outside the checkout, read as known at any of them."""

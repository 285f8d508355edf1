"""The history of extracts: kept outside the checkout, read as known at any of them."""

"""Texts as people write them, and the values that they mean: dates, moments, addresses, names."""

"""What a site publishes as data, now and before, and what has changed between the two."""

"""What a site publishes as data, and what has changed."""

"""Rules about what prose says of the course."""

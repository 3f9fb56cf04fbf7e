"""What a change of a course does to its site: what is different from a base, what is lost, and what fixes it."""

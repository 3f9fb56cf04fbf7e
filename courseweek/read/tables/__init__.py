"""Tables of keys: what a mapping can have, how each value is read, and what an editor can check of it."""

"""Starting a course: what `new` asks, and the files that it makes of the answers. Nothing here writes to the disk."""

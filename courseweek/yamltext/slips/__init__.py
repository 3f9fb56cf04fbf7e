"""What people get wrong in YAML: one file for each kind of slip."""

"""What people contribute without knowing YAML: the rules of its fields, and the places where its lines go."""

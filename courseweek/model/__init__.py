"""The nouns of a course as plain, immutable values. They import nothing but diagnostics."""

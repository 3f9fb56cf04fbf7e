"""Commands, one a file: what each prints, and the exit code that it returns."""

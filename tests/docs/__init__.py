"""The documentation: its examples build, its tables and pasted output agree with the code."""

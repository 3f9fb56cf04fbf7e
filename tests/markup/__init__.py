"""The published pages, read by the Nu HTML checker."""

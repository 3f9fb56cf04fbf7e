"""Outputs: one export a file; each gives bytes by path and none touches the disk to write."""

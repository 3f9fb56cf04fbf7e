"""Outputs: the files of a site beside its pages, one kind a file. None of them writes to the disk."""

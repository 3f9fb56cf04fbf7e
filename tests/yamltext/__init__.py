"""Tests of reading and repairing YAML."""

"""YAML text in, a located tree out. Knows YAML and a grammar of keys, and nothing about courses."""

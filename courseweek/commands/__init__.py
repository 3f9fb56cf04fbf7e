"""Commands: one a file, thin over the pipeline. Each returns its exit code."""

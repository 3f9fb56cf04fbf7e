"""A `Plan` in, pages in memory out. Markdown and Jinja live here and nowhere else."""

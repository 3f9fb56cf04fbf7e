"""What is pasted into a YAML file as it was copied elsewhere: citations, tags, links of a chat, a diff.

`finder.find_pasted` looks for it on the lines of the file, before any YAML is read. Each module here knows one source.
"""

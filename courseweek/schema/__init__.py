"""JSON Schemas of the course's files for editors, from the tables by which they are read. No build imports it."""

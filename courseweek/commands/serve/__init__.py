"""`serve`: the preview. This room is the only door to livereload, and to tornado on which it stands."""

"""One rule a file about the pages, texts and files of the site, as they are written and shown."""

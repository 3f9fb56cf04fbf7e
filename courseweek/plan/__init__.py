"""What the site will consist of: its pages and the parts on them, its navigation, and the path of each output."""

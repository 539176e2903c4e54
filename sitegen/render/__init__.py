"""A planned page becomes bytes; nothing here may look at more than the page it was given."""

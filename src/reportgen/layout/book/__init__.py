"""The order of the pages, what every page carries, and the finished publication."""

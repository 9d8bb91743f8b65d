"""A section as a flow of rows, and the pages that it is divided into."""

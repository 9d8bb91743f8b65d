"""One kind of block each, to rows: running text, contents lists, figures."""

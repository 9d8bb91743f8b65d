"""Write: a publication to the bytes of a PDF file."""

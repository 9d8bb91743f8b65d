"""The plot forms: what each one shows and asks for (:mod:`~reportgen.charts.forms.catalogue`), and how it draws."""

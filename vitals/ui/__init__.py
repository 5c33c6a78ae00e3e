"""The screens: page frame, filters, cards, charts, tables and the start page's widgets."""

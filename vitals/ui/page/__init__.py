"""What all pages share: the frame, the contents, filters, cards, tables and how numbers are explained."""

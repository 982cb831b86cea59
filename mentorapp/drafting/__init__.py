"""What the pages of the form editor show and take: the parts of a form, their cards, the fields of a card."""

"""A question that no entry answers, passed to the organisers, and their reply on its way back."""

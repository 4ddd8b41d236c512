"""Model: the nouns, frozen and closed, and the arithmetic of what is known of them."""

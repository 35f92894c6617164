"""Text as tools and people write it: lines, cells and the columns made of them."""

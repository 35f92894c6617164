"""How far areas and curves may be from those of the whole population."""

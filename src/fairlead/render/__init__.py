"""How results look, on screen and on paper."""

"""Commands of ``fairlead-web`` beside Django's own."""

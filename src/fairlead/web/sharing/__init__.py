"""One thing, as it stands today, shown to one named person until a day, taken back with one click."""

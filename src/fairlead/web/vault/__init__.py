"""The second wall: private tables apart, sealed with a key per person, opened for one viewer at a time."""

"""An analysis as an object: ``runs.start`` and ``runs.fulfil`` live in ``runs.actions``."""

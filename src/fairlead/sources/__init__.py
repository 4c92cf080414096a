"""Where tables come from: files in, core tables out, with file, line and column in every error."""

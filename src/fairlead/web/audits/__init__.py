"""My role: what it asks, where the time goes, the two questionnaires and one next step."""

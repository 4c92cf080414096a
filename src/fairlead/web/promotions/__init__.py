"""Promotions: criteria in public, rounds on evidence, ratings that stay apart until all are in, reasons."""

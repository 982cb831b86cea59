"""The rules of mentoring as plain functions and values: the standard library only, no clock, no database, no web."""

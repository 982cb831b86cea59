"""The plugin host: a mentoring form is a folder of data. Reading it is here; what it may say is in `domain/formcheck.py`."""

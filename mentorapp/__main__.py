"""`python -m mentorapp …`, which is what ./run starts."""

import os

from mentorapp.cli import main

# The database, its copies and whatever else is written belong to this account alone, not to all who use the computer.
os.umask(0o077)
raise SystemExit(main())

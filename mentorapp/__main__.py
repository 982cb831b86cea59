"""`python -m mentorapp …`, which is what ./run starts."""

from mentorapp.cli import main

raise SystemExit(main())

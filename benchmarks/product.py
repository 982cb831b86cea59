"""`python -m benchmarks.product FOLDER PORT` serves the product as `./run` does, over an invented school and for this computer only."""

import sys
from pathlib import Path

from benchmarks import NOW
from mentorapp import cli

if __name__ == "__main__":
    cli._serve(cli._create({"DATA": Path(sys.argv[1]), "CLOCK": lambda: NOW}), "127.0.0.1", int(sys.argv[2]), [])

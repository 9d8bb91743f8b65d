"""``python -m reportgen.app``."""

import sys

from reportgen.app.command import main

sys.exit(main())

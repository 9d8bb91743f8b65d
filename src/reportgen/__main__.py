"""``python -m reportgen``."""

import sys

from reportgen.app.command import main

sys.exit(main())

"""For the container's HEALTHCHECK: ends with 0 while `/health` says that all is well."""

import os
import sys
import urllib.error
import urllib.request

ADDRESS = os.environ.get("BROBYGGER_HEALTH", "http://127.0.0.1:8766/health")

try:
    with urllib.request.urlopen(ADDRESS, timeout=4):  # noqa: S310 - our own address
        sys.exit(0)
except (urllib.error.URLError, OSError) as error:
    sys.exit(f"not well: {error}")

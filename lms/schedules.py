"""Every recurring job of the product, in one place."""

from typing import Any

JOBS: dict[str, dict[str, Any]] = {}

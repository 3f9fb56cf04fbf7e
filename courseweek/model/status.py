"""Whether something is settled or may still change."""

from typing import Literal

Status = Literal["tentative"]

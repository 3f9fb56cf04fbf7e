"""Whether something stands or may still change."""

from typing import Literal

Status = Literal["tentative"]

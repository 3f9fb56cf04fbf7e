"""The machine that fails, once for all tests about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.machine import Machine, running


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with running(tmp_path_factory.mktemp("cache")) as machine:
        yield machine

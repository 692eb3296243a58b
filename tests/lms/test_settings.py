"""What settings make when there is nothing yet."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lms import settings


def test_all_who_begin_at_once_have_one_key_and_nobody_else_reads_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(Path, "exists", lambda _path: False)  # all find none
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: settings.secret_key(), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) > 60
    assert [(file.name, oct(file.stat().st_mode)[-3:]) for file in tmp_path.iterdir()] == [("secret_key", "600")]

"""One small city for all tests of the dashboard, read by any role."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik, Regels, load_regels
from dashboard.access.snapshot import Snapshot
from dashboard.filters import Filters, check_filters
from dashboard.reading.keuzes import read_keuzes
from tests.dashboard.bezoek import Opener, open_page
from tests.dashboard.proef_operationeel import write_operationeel
from tests.dashboard.proefafloop import write_afloop
from tests.dashboard.proefstad import write_snapshot
from tests.dashboard.proefsturing import write_sturing
from tests.dashboard.proefvolume import write_volume

WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def stad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city as a file."""
    return write_snapshot(tmp_path_factory.mktemp("stad") / "stad.duckdb")


@pytest.fixture(scope="session")
def lege_stad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of which nothing was loaded yet."""
    return write_snapshot(tmp_path_factory.mktemp("leeg") / "leeg.duckdb", leeg=True)


@pytest.fixture(scope="session")
def volumestad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with flows, indications and concentration of its own."""
    return write_volume(tmp_path_factory.mktemp("volume") / "stad.duckdb")


@pytest.fixture(scope="session")
def sturing(stad: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with programme, access and focus themes."""
    return write_sturing(stad, tmp_path_factory.mktemp("sturing") / "s.duckdb")


@pytest.fixture(scope="session")
def afloopstad(stad: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with how its declarations came in."""
    return write_afloop(stad, tmp_path_factory.mktemp("afloop") / "s.duckdb")


@pytest.fixture(scope="session")
def werkstad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with what the operational pages read."""
    return write_operationeel(tmp_path_factory.mktemp("werk") / "stad.duckdb")


@pytest.fixture
def bezoek(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Opener:
    """Open a page on a city (see `bezoek.open_page`); log and notes stay in this test's own folder."""
    return partial(open_page, monkeypatch, tmp_path)


@pytest.fixture(scope="session")
def snapshot(stad: Path) -> Iterator[Snapshot]:
    """The small city, open."""
    yield Snapshot(stad)


@pytest.fixture(scope="session")
def regels() -> Regels:
    """The roles as they are delivered."""
    return load_regels(WORTEL / "toegang.toml")


@pytest.fixture
def lezer(snapshot: Snapshot) -> Callable[..., Lezer]:
    """Make a reader with a smallest cell and own aanbieders."""

    def make(cel: int = 10, aanbieders: tuple[str, ...] | None = None, eigen: int | None = None) -> Lezer:
        return Lezer(snapshot, Bereik("proef", cel, aanbieders, eigen))

    return make


@pytest.fixture
def kijk(lezer: Callable[..., Lezer]) -> Callable[..., Filters]:
    """Make a view of 2026 with filters."""

    def make(**gevraagd: str) -> Filters:
        return check_filters(gevraagd, read_keuzes(lezer(1)))

    return make

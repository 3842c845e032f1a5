"""Levering from start and stop, else from the toewijzing; and where a client lives. All dates by hand."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Snapshot

PRODUCT = [{"productcode": "02A01", "product": "Begeleiding"}]


def leveringen(vraag: object) -> list[tuple[object, ...]]:
    return vraag(  # type: ignore[operator, no-any-return]
        "SELECT client_id, begindatum::VARCHAR, einddatum::VARCHAR, reden_beeindiging, bron"
        " FROM kern.levering ORDER BY ALL"
    )


def start(client: str, begin: str, **meer: object) -> dict[str, object]:
    return {"client_id": client, "toewijzing_sleutel": client, "begindatum": begin, **meer}


def stop(client: str, begin: str, einde: str, reden: str = "19", **meer: object) -> dict[str, object]:
    return {**start(client, begin), "einddatum": einde, "reden_beeindiging": reden, **meer}


def test_start_and_stop(snapshot: Snapshot) -> None:
    vraag = snapshot(
        {
            "product": PRODUCT,
            "start": [
                start("a open", "2026-01-10"),
                start("b gestopt", "2026-01-10"),
                # c: temporary stop on 31 March, final stop on 30 June without a new start: no care in between
                start("c tijdelijk", "2026-01-10"),
                # d: temporary stop, new start, final stop of the new one
                start("d hervat", "2026-01-10"),
                start("d hervat", "2026-05-01"),
                # f: the stop names another begin than the start: it ends the running delivery
                start("f andere dag", "2026-01-10"),
                # g: a second start without a stop between: one delivery at a time
                start("g dubbel", "2026-01-10"),
                start("g dubbel", "2026-03-01"),
                # h: the toewijzing ends on 31 May and no stop was sent
                start("h toewijzing", "2026-01-10"),
                # i: the toewijzing was removed
                start("i verwijderd", "2026-01-10"),
                # j: taakgericht, no toewijzing
                start("j taakgericht", "2026-01-10", toewijzing_sleutel=None),
            ],
            "stop": [
                stop("b gestopt", "2026-01-10", "2026-03-31"),
                stop("c tijdelijk", "2026-01-10", "2026-03-31", "20"),
                stop("c tijdelijk", "2026-01-10", "2026-06-30", "21"),
                stop("d hervat", "2026-01-10", "2026-03-31", "20"),
                stop("d hervat", "2026-05-01", "2026-06-30", "19"),
                # e: a stop whose start never came
                stop("e zonder start", "2026-02-01", "2026-03-31"),
                stop("f andere dag", "2026-01-01", "2026-03-31"),
                stop("j taakgericht", "2026-01-10", "2026-03-31", toewijzing_sleutel=None),
            ],
            "toewijzing": [
                {
                    "client_id": "h toewijzing",
                    "toewijzing_sleutel": "h toewijzing",
                    "einddatum": "2026-05-31",
                    "reden_wijziging": "06",
                },
                {"client_id": "i verwijderd", "toewijzing_sleutel": "i verwijderd", "reden_wijziging": "13"},
            ],
        }
    )
    assert leveringen(vraag) == [
        ("a open", "2026-01-10", None, None, "regiebericht"),
        ("b gestopt", "2026-01-10", "2026-04-01", "19", "regiebericht"),
        ("c tijdelijk", "2026-01-10", "2026-04-01", "21", "regiebericht"),
        ("d hervat", "2026-01-10", "2026-04-01", "20", "regiebericht"),
        ("d hervat", "2026-05-01", "2026-07-01", "19", "regiebericht"),
        ("e zonder start", "2026-02-01", "2026-04-01", "19", "regiebericht"),
        ("f andere dag", "2026-01-10", "2026-04-01", "19", "regiebericht"),
        ("g dubbel", "2026-01-10", "2026-03-01", None, "regiebericht"),
        ("g dubbel", "2026-03-01", None, None, "regiebericht"),
        ("h toewijzing", "2026-01-10", "2026-06-01", "39", "regiebericht"),
        ("j taakgericht", "2026-01-10", "2026-04-01", "19", "regiebericht"),
    ]


def test_removed_messages_were_never_there(snapshot: Snapshot) -> None:
    def weg(rij: dict[str, object], op: str) -> dict[str, object]:
        return {**rij, "status_aanlevering": "3", "ontvangen_op": op}

    later = {"ontvangen_op": "2026-02-01"}
    vraag = snapshot(
        {
            "product": PRODUCT,
            "start": [
                # a: sent and taken back
                start("a", "2026-01-10"),
                weg(start("a", "2026-01-10"), "2026-02-01"),
                # b: taken back and sent again on the same day: it stands
                start("b", "2026-01-10"),
                weg(start("b", "2026-01-10"), "2026-02-01"),
                start("b", "2026-01-10", **later),
                # c: sent and taken back on the same day: gone
                start("c", "2026-01-10", **later),
                weg(start("c", "2026-01-10"), "2026-02-01"),
                # d: its stop of 31 March was replaced by one of 15 April
                start("d", "2026-01-10"),
            ],
            "stop": [
                stop("d", "2026-01-10", "2026-03-31"),
                weg(stop("d", "2026-01-10", "2026-03-31"), "2026-05-01"),
                stop("d", "2026-01-10", "2026-04-15", ontvangen_op="2026-05-01"),
            ],
        }
    )
    assert leveringen(vraag) == [
        ("b", "2026-01-10", None, None, "regiebericht"),
        ("d", "2026-01-10", "2026-04-16", "19", "regiebericht"),
    ]


def test_without_regiebericht_the_toewijzing_cut_by_what_was_delivered(snapshot: Snapshot) -> None:
    def toewijzing(client: str, **meer: object) -> dict[str, object]:
        return {"client_id": client, "toewijzing_sleutel": client, "ingangsdatum": "2026-01-01", **meer}

    def regel(client: str, begin: str, **meer: object) -> dict[str, object]:
        return {
            "client_id": client,
            "toewijzing_sleutel": client,
            "periode_begin": begin,
            "bedrag_cent": 1,
            "referentienummer": f"{client}{begin}",
            **meer,
        }

    vraag = snapshot(
        {
            "product": PRODUCT,
            "toewijzing": [
                toewijzing("a loopt"),
                toewijzing("b verstomd"),
                toewijzing("c nooit geleverd"),
                toewijzing("d jong", ingangsdatum="2026-10-01"),
                toewijzing("e afgelopen", einddatum="2026-09-15", reden_wijziging="07"),
                toewijzing("f afgekeurd"),
            ],
            "declaratieregel": [
                # a: March, and from July on: silent for three months (91 days), so a new delivery, which runs
                regel("a loopt", "2026-03-01"),
                regel("a loopt", "2026-07-01"),
                regel("a loopt", "2026-09-01"),
                # b: February and March silent (59 days) is one delivery; last in April, more than 90 days
                # before October, of which nothing is declared yet: ended with April
                regel("b verstomd", "2026-01-01"),
                regel("b verstomd", "2026-04-01"),
                # e: the last part ends with the toewijzing and for its reason, the part before has none
                regel("e afgelopen", "2026-01-01"),
                regel("e afgelopen", "2026-09-01", periode_eind="2026-09-15"),
                regel("f afgekeurd", "2026-03-01", status="afgekeurd", toegekend_cent=0),
            ],
        }
    )
    assert leveringen(vraag) == [
        ("a loopt", "2026-03-01", "2026-04-01", None, "toewijzing"),
        ("a loopt", "2026-07-01", None, None, "toewijzing"),
        ("b verstomd", "2026-01-01", "2026-05-01", None, "toewijzing"),
        ("d jong", "2026-10-01", None, None, "toewijzing"),
        ("e afgelopen", "2026-01-01", "2026-02-01", None, "toewijzing"),
        ("e afgelopen", "2026-09-01", "2026-09-16", "31", "toewijzing"),
    ]


def _lijnen(maanden: list[str], sleutel: str = "1") -> dict[str, list[dict[str, object]]]:
    """One open toewijzing with a line in each month, declared in the month after it."""
    return {
        "product": list(PRODUCT),
        "toewijzing": [{"toewijzing_sleutel": sleutel, "ingangsdatum": "2024-01-01"}],
        "declaratieregel": [
            {"toewijzing_sleutel": sleutel, "periode_begin": maand, "bedrag_cent": 1} for maand in maanden
        ],
    }


@pytest.mark.parametrize(
    ("hervat", "perioden"),
    [
        # last day 31 January 2025: February to April is 89 days of silence, and a day later 90, then 91
        ("2025-05-01", 1),
        ("2025-05-02", 1),
        ("2025-05-03", 2),
    ],
)
def test_silence_in_the_past_ends_a_delivery_by_the_same_day_as_now(
    snapshot: Snapshot, hervat: str, perioden: int
) -> None:
    vraag = snapshot(_lijnen(["2025-01-01", hervat]), "2025-06-30")
    assert len(leveringen(vraag)) == perioden


@pytest.mark.parametrize(("laatst", "einde"), [("2026-06-01", "2026-07-01"), ("2026-07-01", None)])
def test_silence_counts_until_the_last_full_levermaand(
    snapshot: Snapshot, laatst: str, einde: str | None
) -> None:
    # known 31 October: September is the last month of which the declarations are in. July to September is 92
    # days, August and September 61; that nothing is declared of October says nothing yet
    vraag = snapshot(_lijnen(["2026-05-01", laatst]))
    assert leveringen(vraag) == [("anna", "2024-01-01", einde, None, "toewijzing")]


def test_flows_that_rest_on_declarations_are_provisional_longer(snapshot: Snapshot) -> None:
    # known 31 October, September declared. Without start and stop four levermaanden are too young: what is
    # delivered is known until 1 June, and 90 days after 28 February is 29 May: March is the first that can
    # change. With a start two are too young: 90 days after 30 April is 29 July, before 1 August: May
    lake = _lijnen([f"2026-0{maand}-01" for maand in range(1, 10)])
    lake["start"] = [start("bert", "2026-01-10", wet="Jeugdwet")]
    lake["product"].append({"wet": "Jeugdwet", "productcode": "02A01", "product": "Jeugdhulp"})
    vraag = snapshot(lake)
    for mart, niveau in (("stroom_maand", "niveau = 'wet'"), ("stroom_gevoeligheid", "is_ingesteld")):
        assert vraag(
            f"SELECT cel, min(maand)::VARCHAR FROM mart.{mart} WHERE voorlopig AND {niveau}"
            " AND cel <> 'totaal' GROUP BY 1 ORDER BY 1"
        ) == [("Jeugdwet", "2026-05-01"), ("Wmo", "2026-03-01")]


MAANDEN = [f"{jaar}-{maand:02d}-01" for jaar in (2024, 2025) for maand in range(1, 13)]


@given(
    st.lists(st.sampled_from(MAANDEN), min_size=1, unique=True),
    # known on a day, and the first month that is provisional by then: two levermaanden and 90 days back
    st.sampled_from([("2025-03-31", "2024-10-01"), ("2025-08-31", "2025-03-01")]),
)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_not_provisional_stays_when_declarations_come_in_time(
    snapshot: Snapshot, maanden: list[str], toen: tuple[str, str]
) -> None:
    lake = _lijnen(sorted(maanden))
    # the range of months begins at the first line, which both builds must have
    lake["declaratieregel"].append(
        {"toewijzing_sleutel": "x", "client_id": "bereik", "periode_begin": "2024-01-01", "bedrag_cent": 1}
    )
    vast = (
        "SELECT maand, uitstroom, instroom, eind FROM mart.stroom_maand WHERE niveau = 'totaal'"
        f" AND maand < DATE '{toen[1]}' AND uitstroom + instroom > 0 ORDER BY maand"
    )
    assert snapshot(lake, toen[0])(vast) == snapshot(lake, "2026-10-31")(vast)


def test_delivery_before_the_first_levermaand_cannot_be_known(snapshot: Snapshot) -> None:
    # lines exist from January 2026 on; both toewijzingen are older. What is delivered within 90 days of that
    # January ran on; what starts in June began in June
    def van(client: str, begin: str) -> list[dict[str, object]]:
        key = {"client_id": client, "toewijzing_sleutel": client}
        return [{**key, "ingangsdatum": "2021-05-01"}, {**key, "periode_begin": begin, "bedrag_cent": 1}]

    oud, oud_regel = van("oud", "2026-01-01")
    stil, stil_regel = van("stil", "2026-06-01")
    vraag = snapshot(
        {"product": PRODUCT, "toewijzing": [oud, stil], "declaratieregel": [oud_regel, stil_regel]},
        "2026-07-31",
    )
    assert [row[:2] for row in leveringen(vraag)] == [("oud", "2021-05-01"), ("stil", "2026-06-01")]


def test_wijk_follows_the_address_known_on_the_first(snapshot: Snapshot) -> None:
    def adres(client: str, wijk: str, **meer: object) -> dict[str, object]:
        return {"client_id": client, "wijkcode": wijk, **meer}

    def bericht(client: str, wijk: str, op: str) -> dict[str, object]:
        return adres(client, wijk, bron="bericht", ontvangen_op=op, bericht_id=f"t{client}{op}")

    maanden = ["2026-04-01", "2026-05-01", "2026-06-01"]
    vraag = snapshot(
        {
            "product": PRODUCT,
            "client": [
                # a: moves on 1 May itself: May is the new wijk
                adres("a", "A", adres_van="2020-01-01", adres_tot="2026-04-30"),
                adres("a", "B", adres_van="2026-05-01"),
                # b: known from a 301 of 20 April only: April and everything before get it too
                bericht("b", "A", "2026-04-20"),
                # c: the extract says A, a 301 of 10 May says B: from June on B
                adres("c", "A", adres_van="2020-01-01"),
                bericht("c", "B", "2026-05-10"),
                # d: the address ended and nothing is known after
                adres("d", "A", adres_van="2020-01-01", adres_tot="2026-04-10"),
                # e: a hole between two addresses is filled by the next
                adres("e", "A", adres_van="2020-01-01", adres_tot="2026-04-10"),
                adres("e", "B", adres_van="2026-05-20"),
                # f: a 301 after bekend_op is not known
                bericht("f", "A", "2026-11-02"),
                adres("g", "buiten gemeente", adres_van="2020-01-01"),
            ],
            "declaratieregel": [
                {
                    "client_id": client,
                    "periode_begin": maand,
                    "bedrag_cent": 1,
                    "referentienummer": client + maand,
                }
                for client in "abcdefg"
                for maand in maanden
            ],
        }
    )
    found = vraag(
        "SELECT client_id, list(wijkcode ORDER BY maand) FROM kern.client_wijk GROUP BY 1 ORDER BY 1"
    )
    assert found == [
        ("a", ["A", "B", "B"]),
        ("b", ["A", "A", "A"]),
        ("c", ["A", "A", "B"]),
        ("d", ["A", "onbekend", "onbekend"]),
        ("e", ["A", "B", "B"]),
        ("f", ["onbekend", "onbekend", "onbekend"]),
        ("g", ["buiten gemeente", "buiten gemeente", "buiten gemeente"]),
    ]
    assert vraag("SELECT count(*) FROM mart.pq_maand WHERE wijkcode IS NULL") == [(0,)]

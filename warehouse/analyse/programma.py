"""Why the realisation differs from the jaarprogrammering, per line of the programme (METHODEN §13)."""

import duckdb

from warehouse.rekenen.programma import decompose_programme

READS = ("tussen.programma", "tussen.programma_realisatie")
WRITES = ("tussen.programma_effect",)


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Decompose every line of the programme and write ``tussen.programma_effect``."""
    lines = con.sql(
        "SELECT p.programma_nr, p.maanden, p.instroom, p.clienten, p.duur_weken, p.intensiteit, p.uitnutting,"
        " p.volume, p.eenheid, p.bedrag_cent, r.clienten AS real_clienten, r.clientdagen AS real_clientdagen,"
        " r.productdagen AS real_productdagen, CAST(r.toegewezen_volume AS DOUBLE) AS real_toegewezen,"
        " CAST(r.volume AS DOUBLE) AS real_volume, r.realisatie_cent, r.overig_cent"
        " FROM tussen.programma p JOIN tussen.programma_realisatie r USING (programma_nr)"
    ).pl()
    con.register("ontleed", decompose_programme(lines))
    con.execute("CREATE TABLE tussen.programma_effect AS SELECT * FROM ontleed")
    con.unregister("ontleed")

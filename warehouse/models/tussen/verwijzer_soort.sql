-- Een rij is een soort verwijzer van de iStandaarden (codelijst COD327).
-- Kolommen:
--   code: code van het soort verwijzer
--   naam: naam zoals getoond
WITH soorten AS (
    SELECT '01' AS code, 'gemeente' AS naam
    UNION ALL SELECT '02', 'huisarts'
    UNION ALL SELECT '03', 'jeugdarts'
    UNION ALL SELECT '04', 'gecertificeerde instelling'
    UNION ALL SELECT '05', 'medisch specialist'
    UNION ALL SELECT '06', 'geen verwijzer'
    UNION ALL SELECT '07', 'onbekend'
    UNION ALL SELECT '08', 'rechter, OvJ of JJI'
)
SELECT * FROM soorten

-- Een rij is een regel die de declaratiecontrole kent: hoe de standaard erop antwoordt, bij welke oorzaak hij hoort en of hij uit
-- de standaard komt of een eigen signaal is. Wat hier niet staat komt van het laden en gaat over een veld of een bericht.
-- Kolommen:
--   regel: nummer van de regel in de standaard, of de naam van het eigen signaal
--   retourcode: code waarmee de standaard antwoordt, leeg als die er niet is
--   veld: gegeven waar het om gaat
--   soort: 'standaard' of 'eigen signaal'
--   oorzaak: toewijzing, periode, volume, tarief, dubbel, credit, termijn, bericht of veld
--   omschrijving: wat er aan de hand is
WITH regels AS (
    SELECT
        'TR338' AS regel, '9338' AS retourcode, 'toewijzing_nummer' AS veld, 'standaard' AS soort, 'toewijzing' AS oorzaak,
        'De regel noemt een toewijzing die niet bekend is.' AS omschrijving
    UNION ALL SELECT 'TR304', '8187', 'bsn', 'standaard', 'toewijzing',
        'De regel gaat over een andere cliënt dan de toewijzing.'
    UNION ALL SELECT 'andere_aanbieder', NULL, 'aanbieder_agb', 'eigen signaal', 'toewijzing',
        'De toewijzing is van een andere aanbieder.'
    UNION ALL SELECT 'TR384', '9384', 'toewijzing_nummer', 'standaard', 'toewijzing',
        'De toewijzing is verwijderd (reden 13).'
    UNION ALL SELECT 'TR339', '9339', 'productcategorie', 'standaard', 'toewijzing',
        'De productcategorie is niet die van de toewijzing.'
    UNION ALL SELECT 'TR340', '9340', 'productcode', 'standaard', 'toewijzing',
        'De productcode is niet die van de toewijzing.'
    UNION ALL SELECT 'TR341', '9341', 'eenheid', 'standaard', 'toewijzing',
        'De eenheid past niet bij die van de toewijzing.'
    UNION ALL SELECT 'TR307', '9307', 'periode_begin', 'standaard', 'periode',
        'De productperiode begint voor de ingangsdatum van de toewijzing.'
    UNION ALL SELECT 'TR308', '9308', 'periode_eind', 'standaard', 'periode',
        'De productperiode eindigt na de einddatum van de toewijzing.'
    UNION ALL SELECT 'TR387', '9387', 'periode_begin', 'standaard', 'periode',
        'De productperiode begint niet op de eerste dag van de maand of van de toewijzing.'
    UNION ALL SELECT 'TR388', '9388', 'periode_eind', 'standaard', 'periode',
        'De productperiode eindigt niet op de laatste dag van de maand of van de toewijzing.'
    UNION ALL SELECT 'TR319', '9319', 'periode_eind', 'standaard', 'periode',
        'De productperiode eindigt na de declaratieperiode.'
    UNION ALL SELECT 'CS337', '0001', 'periode_eind', 'standaard', 'periode',
        'De productperiode ligt niet binnen één kalendermaand.'
    UNION ALL SELECT 'CS100', '0001', 'periode_begin', 'standaard', 'periode',
        'De periode begint voor 1 januari 2021.'
    UNION ALL SELECT 'TR137', '0001', 'periode_eind', 'standaard', 'periode',
        'De einddatum van de productperiode ligt voor de begindatum.'
    UNION ALL SELECT 'CS340', '0001', 'declaratieperiode_eind', 'standaard', 'periode',
        'De declaratieperiode is niet precies één kalendermaand.'
    UNION ALL SELECT 'TR321', '9321', 'volume', 'standaard', 'volume',
        'Het volume is meer dan de toewijzing in deze maand toelaat.'
    UNION ALL SELECT 'TR322', '9322', 'volume', 'standaard', 'volume',
        'Alle regels samen zijn meer dan de toewijzing over haar hele duur toelaat.'
    UNION ALL SELECT 'TR369', '9369', 'bedrag_cent', 'standaard', 'volume',
        'Alle regels samen zijn meer dan het budget van de toewijzing.'
    UNION ALL SELECT 'TR418', '0611', 'tarief_cent', 'standaard', 'tarief', 'Het tarief is niet dat van het contract.'
    UNION ALL SELECT 'TR346', '9346', 'bedrag_cent', 'standaard', 'tarief',
        'Het bedrag is niet het volume maal het tarief.'
    UNION ALL SELECT 'CS339', '0001', 'bedrag_cent', 'standaard', 'tarief',
        'Bij eenheid 83 (euro) is het bedrag niet gelijk aan het volume.'
    UNION ALL SELECT 'CD087', '0001', 'tarief_cent', 'standaard', 'tarief',
        'Het tarief ontbreekt, of is gevuld terwijl de eenheid 83 (euro) is.'
    UNION ALL SELECT 'TR389', '9389', 'toewijzing_nummer', 'standaard', 'dubbel',
        'Voor deze periode was al een debetregel ontvangen die niet is gecrediteerd.'
    UNION ALL SELECT 'TR416', '0001', 'toewijzing_nummer', 'standaard', 'dubbel',
        'Voor deze periode staat al een debetregel in hetzelfde bericht.'
    UNION ALL SELECT 'TR314', '8021', 'referentienummer', 'standaard', 'dubbel',
        'Het referentienummer stond al in een eerder ontvangen bericht van deze aanbieder.'
    UNION ALL SELECT 'TR315', '0001', 'vorig_referentienummer', 'standaard', 'credit',
        'Deze debetregel is in hetzelfde bericht al gecrediteerd.'
    UNION ALL SELECT 'TR316', '0001', 'vorig_referentienummer', 'standaard', 'credit',
        'De gecrediteerde debetregel staat in hetzelfde bericht.'
    UNION ALL SELECT 'TR323', '8017', 'vorig_referentienummer', 'standaard', 'credit',
        'Er is geen goedgekeurde debetregel die bij deze credit past.'
    UNION ALL SELECT 'TR390', '9390', 'vorig_referentienummer', 'standaard', 'credit',
        'Deze debetregel is al eerder gecrediteerd.'
    UNION ALL SELECT 'CD060', '0001', 'vorig_referentienummer', 'standaard', 'credit',
        'Een creditregel noemt geen vorig referentienummer, of een debetregel noemt er wel een.'
    UNION ALL SELECT 'CS325', '0001', 'debet_credit', 'standaard', 'credit',
        'Een bedrag van 0 staat als credit in plaats van debet.'
    UNION ALL SELECT 'TR335', '0001', 'periode_eind', 'standaard', 'termijn',
        'De productperiode eindigt meer dan vijf jaar voor de declaratie.'
    UNION ALL SELECT 'declaratie_te_laat', NULL, 'ontvangen_op', 'eigen signaal', 'termijn',
        'De regel kwam na de ingestelde declaratietermijn binnen.'
    UNION ALL SELECT 'OP271', NULL, 'ontvangen_op', 'standaard', 'termijn',
        'De start is meer dan vijf werkdagen na de start van de zorg of na de toewijzing gemeld.'
    UNION ALL SELECT 'OP272', NULL, 'ontvangen_op', 'standaard', 'termijn',
        'De stop is meer dan vijf werkdagen na het einde van de zorg of na de toewijzing gemeld.'
    UNION ALL SELECT 'start_ontbreekt', NULL, 'toewijzing_nummer', 'eigen signaal', 'bericht',
        'Er is zorg gedeclareerd, maar er is geen start gemeld. Dit is geen reden om niet te betalen.'
    UNION ALL SELECT 'TR019', '9019', 'toewijzing_nummer', 'standaard', 'bericht',
        'De start of stop noemt een toewijzing die niet bekend is.'
    UNION ALL SELECT 'TR063', '9063', 'status_aanlevering', 'standaard', 'bericht',
        'De verwijdering past bij geen eerder bericht.'
    UNION ALL SELECT 'TR071', '9071', 'status_aanlevering', 'standaard', 'bericht',
        'De start is verwijderd terwijl er al een stop op was gemeld.'
    UNION ALL SELECT 'TR074', '9074', 'begindatum', 'standaard', 'bericht', 'Deze start of stop was al gemeld.'
    UNION ALL SELECT 'TR326', '9326', 'begindatum', 'standaard', 'bericht',
        'De start volgt op een start die niet is gestopt.'
    UNION ALL SELECT 'TR382', '9069', 'begindatum', 'standaard', 'bericht', 'De stop past bij geen start.'
    UNION ALL SELECT 'TR413', '9413', 'reden_beeindiging', 'standaard', 'bericht',
        'Op deze start is al een tijdelijke stop gemeld.'
    UNION ALL SELECT 'TR414', '9414', 'einddatum', 'standaard', 'bericht',
        'De stop ligt voor een eerdere stop op dezelfde start.'
    UNION ALL SELECT 'TR415', '9415', 'reden_beeindiging', 'standaard', 'bericht',
        'Op deze start is al een definitieve stop gemeld.'
    UNION ALL SELECT 'TR056', '9056', 'identificatie', 'standaard', 'bericht',
        'Deze afzender stuurde al eerder een bericht van deze soort met dezelfde identificatie en een andere inhoud; het eerst ontvangen bericht telt.'
    UNION ALL SELECT 'TR333', '9333', 'declaratienummer', 'standaard', 'bericht',
        'Het declaratienummer stond al in een eerder ontvangen bericht van deze aanbieder.'
    UNION ALL SELECT 'TR342', '0001', 'totaal_ingediend_cent', 'standaard', 'bericht',
        'Het ingediende totaal in het antwoord is niet dat van de declaratie.'
    UNION ALL SELECT 'TR358', '0001', 'totaal_ingediend_cent', 'standaard', 'bericht',
        'Het totaalbedrag in de kop is niet de som van de regels (debet min credit).'
    UNION ALL SELECT 'TR135', '8848', 'dagtekening', 'standaard', 'bericht',
        'De dagtekening lag bij ontvangst in de toekomst.'
)
SELECT * FROM regels

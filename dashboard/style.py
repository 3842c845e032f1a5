"""Colours, fonts and the style sheet: the one place where the house style is set."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palet:
    """Colours of one theme, by meaning."""

    achtergrond: str
    vlak: str
    lijn: str
    tekst: str
    stil: str
    realisatie: str
    vorig: str
    begroting: str
    nadeel: str
    voordeel: str
    accent: str
    reeks: tuple[str, str, str, str, str]
    tekst_op_reeks: tuple[str, str, str, str, str]


LICHT = Palet(
    achtergrond="#FFFFFF",
    vlak="#F5F7FA",
    lijn="#D5DAE2",
    tekst="#1B2A41",
    stil="#4F5B6E",
    realisatie="#1B2A41",
    vorig="#8A94A6",
    begroting="#5B6678",
    nadeel="#B3471D",
    voordeel="#0B6E4F",
    accent="#1F5FA8",
    reeks=("#DCE8F5", "#B0CCE8", "#7AA9D6", "#3875B3", "#1A4E8A"),
    tekst_op_reeks=("#1B2A41", "#1B2A41", "#1B2A41", "#FFFFFF", "#FFFFFF"),
)
DONKER = Palet(
    achtergrond="#14181F",
    vlak="#1D232D",
    lijn="#3A4352",
    tekst="#E8ECF2",
    stil="#AEB7C5",
    realisatie="#E8ECF2",
    vorig="#7F8A9C",
    begroting="#A7B0BF",
    nadeel="#F0875A",
    voordeel="#4CC29A",
    accent="#6FAEF0",
    reeks=("#1E3350", "#2A4E7C", "#3A6FAE", "#6FA3DC", "#B9D6F5"),
    tekst_op_reeks=("#E8ECF2", "#E8ECF2", "#FFFFFF", "#14181F", "#14181F"),
)
LETTER = '"Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif'


def palette(soort: str | None) -> Palet:
    """Palette of a theme type as Streamlit names it: 'dark', else light."""
    return DONKER if soort == "dark" else LICHT


def _both(naam: str) -> str:
    return f"light-dark({getattr(LICHT, naam)}, {getattr(DONKER, naam)})"


VARIABELEN = "".join(
    f"--si-{naam}: {_both(naam)};"
    for naam in (
        "vlak",
        "lijn",
        "tekst",
        "stil",
        "realisatie",
        "vorig",
        "begroting",
        "nadeel",
        "voordeel",
        "accent",
    )
)

DRUK_SCHAAL, DRUK_BREED = 0.76, 1378
"""On a sheet of A4 on its side the page is drawn so small that it is this wide: as on a screen."""

CSS = (
    "<style>.stApp {"
    + VARIABELEN
    + "font-variant-numeric: tabular-nums;}"
    + """
[data-testid="stLayoutWrapper"]:has(> .st-key-kop) {position: sticky; top: 0; z-index: 90;}
body:has([data-testid="stTopNav"]) [data-testid="stLayoutWrapper"]:has(> .st-key-kop) {top: 3.25rem;}
[data-testid="stHeader"] {height: 3.25rem; min-height: 3.25rem;}
.stApp [data-testid="stMainBlockContainer"] {padding-top: 3.4rem;}
.st-key-kop {background: light-dark(#FFFFFF, #14181F);
  border-bottom: 1px solid var(--si-lijn); padding: .1rem 0 .3rem;}
.si-kop {display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline; color: var(--si-tekst);}
.si-kop strong {font-weight: 650;}
.si-kop span {color: var(--si-stil); font-size: .875rem;}
.si-kop .si-merk {border: 1px solid var(--si-begroting); border-radius: 4px; padding: 0 .4rem;}
[class*="st-key-tegel-"] {position: relative; height: 100%;}
[class*="st-key-tegel-"], [class*="st-key-vast-"] {padding-top: .6rem; padding-bottom: .6rem;}
.st-key-kaart-nieuws {padding-top: .35rem; padding-bottom: .35rem;}
[class*="st-key-tegel-"] > :has([data-testid="stPageLink"]) {margin-top: auto;}
[class*="st-key-tegel-"]:hover {border-color: var(--si-accent);}
[class*="st-key-tegel-"]:focus-within {outline: 2px solid var(--si-accent); outline-offset: 2px;}
[class*="st-key-tegel-"] [data-testid="stPageLink"] {position: static;}
[class*="st-key-tegel-"] [data-testid="stPageLink"] div {position: static;}
[data-testid="stPageLink"] a {padding-left: 0; padding-right: 0; margin: 0;}
[data-testid="stPageLink"] a p, [data-testid="stPageLink"] a span {color: var(--si-accent);
  font-size: .875rem;}
[class*="st-key-tegel-"] [data-testid="stPageLink"] a {position: static;}
[class*="st-key-tegel-"] [data-testid="stPageLink"] a::after {content: ""; position: absolute; inset: 0;
  z-index: 1;}
.si-tegel {color: var(--si-tekst); font-size: .875rem; line-height: 1.35;}
.si-tegel h2 {font-size: .875rem; font-weight: 600; margin: 0 0 .15rem; padding: 0; line-height: 1.3;}
.si-waarde {font-size: 1.65rem; font-weight: 650; line-height: 1.2; white-space: nowrap;}
.si-klein {font-size: 1.05rem; white-space: normal;}
.si-zeker {color: var(--si-stil); font-size: .8125rem; margin-top: .15rem;}
.si-tegel dl.si-regels {margin: .25rem 0 0; padding: 0; font-size: .8125rem;}
.si-regels > div {display: flex; justify-content: space-between; gap: 0 .6rem;}
.si-tegel .si-regels dt {color: var(--si-stil); font-weight: 400; margin: 0; font-size: .8125rem;}
.si-tegel .si-regels dd {margin: 0; text-align: right; white-space: nowrap; font-size: .8125rem;}
.si-tegel .si-regels dd.si-verschil {white-space: normal;}
.si-regels > .si-heleregel {display: block;}
.si-tegel .si-heleregel dt, .si-tegel .si-heleregel dd {display: inline; white-space: normal;}
.si-tegel p.si-delen {margin: .25rem 0 0; padding-top: .2rem; border-top: 1px solid var(--si-lijn);
  color: var(--si-stil); font-size: .8125rem;}
.si-delen b {color: var(--si-tekst); font-weight: 400;}
.si-nadeel {color: var(--si-nadeel); font-weight: 600;}
.si-voordeel {color: var(--si-voordeel); font-weight: 600;}
.si-kern {display: flex; flex-wrap: wrap; align-items: flex-start; gap: .2rem .8rem;}
.si-vonk {flex: 1 1 7.2rem; max-width: 12rem; margin-left: auto;}
.si-staafjes {display: flex; gap: 2px; height: 26px; border-bottom: 1px solid var(--si-vorig);}
.si-vonk i {flex: 1; position: relative; height: 100%;}
.si-vonk b {position: absolute; left: 0; right: 0; bottom: 0; background: var(--si-realisatie);}
.si-vonk b.voorlopig {border: 1px solid var(--si-realisatie); background: repeating-linear-gradient(135deg,
  transparent 0 2px, var(--si-realisatie) 2px 3px);}
.si-vonk b.weg {background: none; border: 1px dashed var(--si-vorig);}
.si-vonkvoet {color: var(--si-stil); font-size: .75rem; text-align: right; white-space: nowrap;}
.si-begrip {position: relative; z-index: 2; cursor: help; color: var(--si-accent); font-weight: 400;}
.si-begrip > b {display: inline-block; width: 1.05rem; height: 1.05rem; border: 1px solid; border-radius: 50%;
  font-size: .7rem; line-height: 1rem; text-align: center; font-weight: 600;}
.si-begrip .si-uitleg {display: none; position: absolute; right: -.5rem; top: 1.5em; width: 17rem;
  z-index: 95;
  background: light-dark(#FFFFFF, #1D232D); color: var(--si-tekst); border: 1px solid var(--si-begroting);
  border-radius: 6px; padding: .6rem .7rem;
  font-size: .8125rem; line-height: 1.4; text-align: left;}
.si-begrip:hover .si-uitleg, .si-begrip:focus .si-uitleg, .si-begrip:focus-within .si-uitleg {display: block;}
.si-begrip .si-uitleg::before {content: ""; position: absolute; left: 0; right: 0; top: -.6em; height: .6em;}
.si-begrip .si-uitleg a, .si-links a {color: var(--si-accent); text-decoration: underline;}
.si-lees {margin: .5rem 0; color: var(--si-tekst); max-width: 46rem;}
.stApp dl.si-feiten {display: grid; grid-template-columns: auto 1fr; gap: .25rem .8rem; margin: 0; padding: 0;
  font-size: .875rem;}
.stApp .si-feiten dt, .stApp .si-feiten dd {margin: 0; padding: 0; font-size: .875rem;}
.si-feiten dt {color: var(--si-stil); font-weight: 600;}
.si-feiten dd {margin: 0; color: var(--si-tekst); overflow-wrap: anywhere;}
.stApp ol.si-spoor, .stApp .si-spoor ul {list-style: none; margin: 0; padding: 0;}
.stApp ol.si-spoor {display: flex; flex-wrap: wrap; gap: .6rem 1.6rem; color: var(--si-tekst);
  font-size: .875rem;}
.stApp ol.si-spoor > li {position: relative; margin: 0; padding: 0; flex: 1 1 7rem; min-width: 0;}
.stApp .si-spoor li li {margin: 0; padding: .05rem 0; overflow-wrap: anywhere; font-size: .875rem;}
.si-spoor > li + li::before {content: "→"; position: absolute; left: -1.2rem; color: var(--si-stil);}
.stApp .si-spoor h3 {margin: 0; padding: 0 0 .2rem; font-size: .875rem; font-weight: 600;
  color: var(--si-stil);}
.si-titel {margin: 0; padding: 0; color: var(--si-tekst); font-size: 1.1rem; font-weight: 600;
  line-height: 1.3;}
.si-heel .si-begrip {margin-left: .35rem;}
.si-heel {white-space: nowrap;}
.si-heel .si-uitleg {white-space: normal;}
.si-onder {margin: .1rem 0 0; color: var(--si-stil); font-size: .875rem;}
.si-tabel {overflow: auto; max-height: 32rem;}
.si-tabel thead th {position: sticky; top: 0; background: light-dark(#FFFFFF, #14181F);}
.si-tabel table {border-collapse: collapse; width: 100%; font-size: .875rem; color: var(--si-tekst);}
.si-tabel th, .si-tabel td {border-bottom: 1px solid var(--si-lijn); padding: .35rem .6rem; text-align: left;
  vertical-align: top;}
.si-tabel th {font-weight: 600; color: var(--si-stil); white-space: nowrap;}
.si-tabel .getal {text-align: right; white-space: nowrap;}
.si-tabel .kort {white-space: nowrap;}
.si-tabel .zin {min-width: 16rem;}
.si-legenda {display: flex; flex-wrap: wrap; gap: .2rem 1rem; color: var(--si-stil); font-size: .8125rem;}
.si-legenda i {display: inline-block; width: .9rem; height: .9rem; margin-right: .35rem;
  vertical-align: -.1rem; border: 1px solid var(--si-begroting);}
.si-legenda .si-arceer {background: repeating-linear-gradient(135deg, transparent 0 3px,
  var(--si-vorig) 3px 4px);}
.si-leeg {color: var(--si-stil); border: 1px dashed var(--si-begroting); border-radius: 6px; padding: 1rem;
  font-size: .9375rem;}
.si-bezig {color: var(--si-stil); font-size: .875rem; overflow-wrap: anywhere;}
.si-doen {margin: .2rem 0 0; color: var(--si-tekst); font-size: .875rem;}
.si-leeg code {overflow-wrap: anywhere;}
[data-testid="InputInstructions"] {display: none;}
[data-testid="stBaseButton-primary"]:not(:disabled) {color: light-dark(#FFFFFF, #14181F);}
[class*="st-key-signaal-"] {border-top: 1px solid var(--si-lijn); padding-top: .45rem;}
.si-signaal p {margin: 0; color: var(--si-tekst);}
.si-signaal p.si-onder {color: var(--si-stil); margin-top: .1rem;}
.si-voet {color: var(--si-stil); font-size: .8125rem;}
@media (max-width: 640px) {[data-testid="stLayoutWrapper"]:has(> .st-key-kop) {position: static;}
  .st-key-doorstroom_als, .si-kop .si-versie {display: none;}
  .si-waarde {font-size: 1.45rem;}}
@media (min-width: 1000px) {[data-testid="stMainBlockContainer"] {padding-left: 2rem; padding-right: 2rem;}}
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p {color: var(--si-stil); opacity: 1;}
[data-testid="stLayoutWrapper"]:has(> .st-key-druk) {display: none;}
[data-testid="stElementContainer"]:has(.si-selectie) {display: none;}
[class*="st-key-werk-"] > :has([data-testid="stPageLink"]) {margin-left: auto;}
[class*="st-key-maten-"] {container-type: inline-size;}
[class*="st-key-smal-"] {display: none;}
@container (max-width: 30rem) {[class*="st-key-smal-"] {display: flex;}
  [class*="st-key-breed-"] {display: none;}}
.st-key-paginakop h1 {padding: .1rem 0; font-size: 1.7rem; line-height: 1.25;}
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] {gap: .75rem;}
[class*="st-key-werk-"] [data-testid="stButtonGroup"] button {padding: .2rem .65rem; min-height: 2rem;}
[class*="st-key-tegel-"] [data-testid="stPageLink"] a, .st-key-kaart-nieuws button {padding: 0;
  min-height: 1.75rem;}
.st-key-delen button {min-height: 2.25rem; padding-top: 0; padding-bottom: 0;}
[class*="st-key-werk-"] [data-testid="stDownloadButton"] button {padding: .2rem .3rem; min-height: 2rem;}
.si-uitklap {font-size: .875rem; color: var(--si-stil);}
.si-uitklap summary {cursor: pointer; color: var(--si-accent);}
.si-uitklap ul {margin: .3rem 0 0; padding-left: 1.1rem;}
.st-key-kaart-nieuws > [data-testid="stElementContainer"]:first-child {flex: 1 1 20rem;}
.st-key-kaart-nieuws .si-titel {display: inline; font-size: 1rem;}
.st-key-kaart-nieuws .si-onder {display: inline; margin-left: .6rem;}
.st-key-paginakop > [data-testid="stElementContainer"] {flex: 1 1 20rem;}
.si-deel p {margin: 0 0 .4rem; font-size: .875rem; color: var(--si-tekst);}
.si-deel code {display: block; overflow-wrap: anywhere; font-size: .8125rem; padding: .4rem;
  background: var(--si-vlak); color: var(--si-tekst); user-select: all;}
.stApp .si-deel button {margin-top: .5rem; padding: .35rem .8rem; border: 1px solid var(--si-begroting);
  border-radius: 6px; background: transparent; color: var(--si-tekst); font: inherit; cursor: pointer;}
.si-deel button:focus-visible {outline: 2px solid var(--si-accent); outline-offset: 2px;}
.si-klaar {margin-left: .6rem; color: var(--si-stil); font-size: .875rem;}
.si-weergaven {margin: 0; padding-left: 1.1rem; font-size: .875rem; color: var(--si-stil);}
.si-weergaven a {color: var(--si-accent); text-decoration: underline;}
.stApp .si-boom ul {list-style: none; margin: 0; padding: 0;}
.stApp .si-boom li {margin: 0; padding: .18rem 0; position: relative; display: flex; align-items: center;}
.si-boom ul ul {flex: 1; min-width: 0; position: relative;}
.stApp .si-boom ul ul {padding-left: 2rem;}
.si-knoop {position: relative; flex: 0 0 11rem; border: 1px solid var(--si-lijn); border-radius: 6px;
  padding: .3rem .6rem; color: var(--si-tekst); font-size: .875rem; display: grid; gap: 0 .8rem;}
.si-knoop a {color: var(--si-accent);}
.si-knoop small {color: var(--si-stil); font-size: .8125rem;}
.si-hoeveel, .si-bedrag, .si-groei {white-space: nowrap;}
.si-groei {color: var(--si-stil);}
.si-bedrag {font-weight: 600;}
.si-maat {display: block; height: .5rem; align-self: center; background: currentColor; border-radius: 2px;
  min-width: 1px;}
.si-boom ul ul ul > li > .si-knoop {flex: 1; align-items: baseline;
  grid-template-columns: 10.5rem minmax(12rem, 1.4fr) 4.2rem 7rem minmax(3rem, 1fr);}
.si-boom ul ul ul .si-groei, .si-boom ul ul ul .si-bedrag {text-align: right;}
.si-boom ul ul ul .si-hoeveel {white-space: normal;}
.si-noot {grid-column: 2 / -1;}
.si-boom ul ul > li::before, .si-knoop:not(:last-child)::after {content: ""; position: absolute; top: 50%;
  width: 1rem; border-top: 1px solid var(--si-vorig);}
.si-boom ul ul > li::before {left: -1rem;}
.si-knoop:not(:last-child)::after {left: 100%;}
.si-boom ul ul > li:not(:only-child)::after {content: ""; position: absolute; left: -1rem; top: 0; bottom: 0;
  border-left: 1px solid var(--si-vorig);}
.si-boom ul ul > li:first-child::after {top: 50%;}
.si-boom ul ul > li:last-child::after {bottom: 50%;}
@media (max-width: 1000px) {.stApp .si-boom li {display: block;}
  .stApp .si-boom ul ul {padding-left: .9rem; border-left: 1px solid var(--si-vorig); margin-left: .4rem;}
  .si-boom li::before, .stApp .si-boom li::after, .stApp .si-knoop::after {display: none;}
  .stApp .si-boom .si-knoop {grid-template-columns: 1fr auto !important;}
  .stApp .si-boom .si-knoop .si-bedrag {grid-column: 2; grid-row: 1; text-align: right;}
  .stApp .si-boom .si-knoop .si-groei {text-align: right;}
  .si-boom .si-maat, .si-boom .si-noot {grid-column: 1 / -1; justify-self: start;}}
@page {size: A4 landscape; margin: 10mm 10mm 12mm;}
@media print {
  [data-testid="stHeader"], [data-testid="stToolbar"], .st-key-filters, .st-key-delen,
  [data-testid="stDownloadButton"], [data-testid="stButtonGroup"], [data-testid="stPageLink"],
  [data-testid="stPopover"], [data-testid="stFileUploader"], [data-testid="stStatusWidget"],
  [class*="st-key-werk-"], .st-key-kop [data-testid="stColumn"]:has([data-testid="stSelectbox"], button),
  .st-key-chips, .stButton {display: none !important;}
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-werk-"]) {display: none;}
  .stApp {zoom: @zoom;}
  .stApp, .stMain, [data-testid="stAppViewContainer"], [data-testid="stMainBlockContainer"] {
    position: static !important; overflow: visible !important; height: auto !important;
    padding: 0 !important;}
  .stMain, [data-testid="stMainBlockContainer"], [data-testid="stAppViewContainer"],
  [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] {display: block !important;}
  [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] > * {margin-bottom: .6rem;}
  [class*="st-key-kaart-"], [class*="st-key-tegel-"], [class*="st-key-vast-"], .st-key-tegels,
  [data-testid="stHorizontalBlock"]:has([data-testid="stPlotlyChart"]), .si-tabel tr {break-inside: avoid;}
  [data-testid="stHorizontalBlock"]:has(.si-tabel tbody tr:nth-child(16)) {break-inside: auto;}
  .st-key-kop, .st-key-paginakop, .si-titel {break-after: avoid;}
  .si-tabel thead {display: table-header-group;}
  [class*="st-key-kaart-"]:has(.si-tabel tbody tr:nth-child(16)) {break-inside: auto;}
  body:not(.si-groot) [data-testid="stHorizontalBlock"] {display: flex !important;
    flex-wrap: nowrap !important; align-items: stretch;}
  [data-testid="stVerticalBlock"]:has(.si-tabel), [data-testid="stLayoutWrapper"]:has(.si-tabel) {
    height: auto !important;}
  body:not(.si-groot) [data-testid="stColumn"] {min-width: 0 !important;}
  body.si-groot [data-testid="stColumn"]:has([data-testid="stPlotlyChart"]) {flex: 1 1 100% !important;
    width: 100% !important;}
  [data-testid="stElementContainer"]:has(.si-selectie) {display: block;}
  .si-selectie {margin: 0; color: var(--si-stil);}
  .si-tabel {max-height: none; overflow: visible;}
  .si-begrip {display: none;}
  [data-testid="stLayoutWrapper"]:has(> .st-key-kop) {position: static;}}
</style>""".replace("@zoom", str(DRUK_SCHAAL))
)


def make_voet(tekst: str) -> str:
    """Style that prints a line and the page number at the foot of each sheet."""
    veilig = tekst.replace("\\", " ").replace('"', " ").replace("<", " ").replace("\n", " ")
    letter = f"font: 8pt {LETTER.replace(chr(34), chr(39))}; color: {LICHT.stil};"
    return (
        f'<style>@page {{@bottom-left {{content: "{veilig}"; {letter}}}'
        f' @bottom-right {{content: counter(page) " van " counter(pages); {letter}}}}}</style>'
    )

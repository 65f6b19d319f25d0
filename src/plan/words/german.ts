/** German words. */
import type {Words} from './topics.ts';

export const GERMAN: Words = {
  language: 'German',
  numbers: 'eins?; zwei; drei; vier; f(?:ü|ue)nf; sechs; sieben; acht; neun; zehn',
  roles: {
    contacts: String.raw`kontakte?; ansprechpartner; eskalation\p{L}*; rufbereitschaft; bereitschaft; zust(?:ä|ae)ndigkeiten`,
    triggers: String.raw`{rollback},? (?:wenn|falls|bei)$; ^ausl(?:ö|oe)ser$; ^ausl(?:ö|oe)sekriterien$; wann (?:wird )?(?:zur(?:ü|ue)ckgerollt|{rollback});
      (?:kriterien|ausl(?:ö|oe)ser|bedingungen) f(?:ü|ue)r (?:den |das |einen |ein )?{rollback};
      roll-?\s?back-?(?:kriterien|ausl(?:ö|oe)ser|entscheidung|bedingungen); abbruchkriterien`,
    prepare: String.raw`vorbereitung(?:en)?; voraussetzungen; vorbedingungen; vor (?:dem|der) \p{L}+; vorab\p{L}*;
      vorpr(?:ü|ue)fung(?:en)?; vorarbeiten`,
    criteria: 'erfolgskriterien; abnahmekriterien; akzeptanzkriterien',
    rollback: `abbruch; ^fall-?back; ^plan b; wenn es schief ?geht; falls es schief ?geht; wiederherstellungsplan; r(?:ü|ue)ck(?:bau|fall|weg|abwicklung|rollung)\\p{L}*; r(?:ü|ue)ckkehr; r(?:ü|ue)ckweg; wenn etwas schief ?geht; falls etwas schief ?geht; im fehlerfall; bei (?:problemen|fehlern?); {rollback}(?:-?(?:plan|verfahren|schritte|prozedur))?; r(?:ü|ue)ckfallplan; r(?:ü|ue)ckfallverfahren;
      r(?:ü|ue)ckbauplan; notfallplan`,
    reference: `referenz(?:en)?; dokumentation; anhang; anh(?:ä|ae)nge; n(?:ü|ue)tzliche befehle; fehlerbehebung;
      fehlersuche; einleitung; (?:ü|ue)berblick; (?:ü|ue)bersicht; glossar; inhaltsverzeichnis;
      hintergrund; vorlagen?; architektur; (?:ä|ae)nderungshistorie`,
    notes: `notizen; anmerkungen; bemerkungen; hinweise; freigabe; unterschriften?; protokoll; abnahme;
      nachbereitung`,
    monitor: String.raw`(?:ü|ue)berwachung; (?:ü|ue)berwachen; beobachtung; beobachten;
      erste (?:\d+ )?(?:stunden?|tage?|minuten|woche); ersten (?:\d+ )?(?:stunden?|tage?|minuten)`,
    validate: 'leistungsvalidierung',
    verify: String.raw`(?:ü|ue)berpr(?:ü|ue)fung(?:en)?; pr(?:ü|ue)fung(?:en)?; pr(?:ü|ue)fen; (?:ü|ue)berpr(?:ü|ue)fen;
      verifizier(?:ung|en); validierung; rauchtests?; funktionstests?; tests?; nach (?:dem|der) \p{L}+;
      kontrolle`,
    deploy: `bereitstellung; ausrollen; einf(?:ü|ue)hrung; inbetriebnahme; umstellung; umschaltung; installation;
      installieren; aktualisierung; durchf(?:ü|ue)hrung; ver(?:ö|oe)ffentlichung; ablauf; schritte;
      wartung`,
  },
  topics: {
    phase: 'phase; stufe; welle; szenario; abschnitt',
    moment: 'vor; nach; bis; ab',
    degree: 'schneller?; schnelles; vollst(?:ä|ae)ndige[rs]?; teilweise[rs]?; automatische[rs]?; manuelle[rs]?',
    doing: `installieren; anwenden; starten; stoppen; anhalten; neu starten; aktualisieren; erstellen; anlegen; konfigurieren; aktivieren; deaktivieren; umschalten; einspielen; ausrollen`,
    option: 'option; variante; alternative; weg; methode; szenario',
    recommended: 'empfohlen; bevorzugt',
    or: 'oder; alternativ',
    part: 'schritt; phase; teil; stufe; aufgabe',
    optional: `optional; falls (?:n(?:ö|oe)tig|erforderlich|zutreffend|vorhanden|gew(?:ü|ue)nscht);
      wenn (?:n(?:ö|oe)tig|erforderlich); bei bedarf`,
    'any-of': 'ein(?:e[rs]?)? (?:der|von|dieser); mindestens eine?; folgende[srnm]?; diese; zutrifft',
    later: String.raw`nach (?:\d+|eine[rmn]?|zwei|drei) (?:tag(?:en)?|woche[n]?|monat(?:en)?); (?:\d+|eine[n]?|zwei|drei) (?:tage?|wochen?|monate?) sp(?:ä|ae)ter; am (?:n(?:ä|ae)chsten|folgenden) tag`,
    changed: String.raw`ge(?:ä|ae)ndert\p{L}*; (?:ä|ae)nder(?:te|ungen?)\p{L}*; aktualisiert; neue[rns]?`,
    unchanged: 'unver(?:ä|ae)ndert; nicht ge(?:ä|ae)ndert; keine (?:ä|ae)nderung(?:en)?',
    pending: 'ausstehend(?:e[rn]?)?; offene?; nicht angewendet; anstehend(?:e[rn]?)?',
    present: 'vorhanden; existiert; existieren',
    absent: 'fehlt; fehlen; nicht vorhanden; existiert nicht; existieren nicht',
    running: 'l(?:ä|ae)uft; aktiv; gestartet',
    stopped: 'gestoppt; steht; inaktiv; l(?:ä|ae)uft nicht; nicht aktiv; beendet',
    dependencies: 'abh(?:ä|ae)ngigkeit(?:en)?; pakete?; bibliotheken',
    migrations: 'migration(?:en)?; schema(?:(?:ä|ae)nderung(?:en)?)?',
    configuration: 'konfiguration; umgebungsvariablen?; einstellungen',
    condition: 'falls; wenn; nur wenn; nur falls; sofern; bei',
    gate: `entscheidungspunkt; kontrollpunkt; haltepunkt; freigabepunkt; nur fortfahren,? wenn;
      nicht fortfahren,? (?:bis|wenn|bevor); point of no return`,
    answer: 'status; ergebnis; entscheidung; schweregrad; auswirkung; risiko',
    verdict: 'ja; nein; bestanden; fehlgeschlagen; ok; nicht ok; erledigt; entf(?:ä|ae)llt; freigegeben; abgelehnt',
    owner: 'verantwortlich(?:er|e)?; zust(?:ä|ae)ndig(?:er|e)?; durchgef(?:ü|ue)hrt von; wer; bearbeiter(?:in)?',
    person: `leiter(?:in)?; leitung; ingenieur(?:in)?; administrator(?:in)?; entwickler(?:in)?; rufbereitschaft;
      betrieb; vertretung; koordinator(?:in)?`,
    duration: '(?:erwartete |gesch(?:ä|ae)tzte )?dauer; zeitbedarf; gesamtdauer',
    command: 'befehle?; ausf(?:ü|ue)hren',
    blank: 'name; datum; uhrzeit; telefon; unterschrift; version; wert; umgebung',
    'column-step': 'schritte?; aktion(?:en)?; aufgaben?; t(?:ä|ae)tigkeit(?:en)?; beschreibung; pr(?:ü|ue)fung; was',
    'column-command': 'befehle?; kommando',
    'column-expected': 'erwartet(?:es ergebnis)?; erwartung; soll',
    'column-status': 'status; erledigt; ergebnis; ist',
    'column-time': 'zeit; uhrzeit; dauer; wann',
    'column-metric': 'metrik(?:en)?; kennzahl(?:en)?; messgr(?:ö|oe)(?:ß|ss)e',
    'column-target': 'ziel(?:wert)?; sollwert; grenzwert; erwartet',
    'column-alert': 'alarm; warnung; warnschwelle',
    'column-trigger': String.raw`roll-?\s?back; r(?:ü|ue)ck(?:fall|bau|weg|rollung)\p{L}*; kritisch; abbruch`,
    'column-contact': 'kontakt; telefon; e-?mail; name; person; erreichbarkeit',
    'column-signature': 'unterschrift; freigabe',
    message: 'vorlage; nachricht; benachrichtigung; ank(?:ü|ue)ndigung; betreff; mitteilung',
    prepared: `getestet; dokumentiert; gepr(?:ü|ue)ft; verf(?:ü|ue)gbar; vorbereitet; bereit; freigegeben; benannt;
      vorhanden`,
    'rollback-aside': `{rollback}-?(?:vorbereitung|test|tests|(?:ü|ue)bung|protokoll|mitteilung);
      vorbereitung (?:des |der |f(?:ü|ue)r den )?{rollback}s?; (?:test|probe) (?:des |der )?{rollback}s?`,
    'rollback-after': 'nach (?:dem|der) {rollback}; (?:ü|ue)berpr(?:ü|ue)fung (?:des |der )?{rollback}s?',
    rollback: String.raw`(?:roll-?\s?back|r(?:ü|ue)ckrollung|r(?:ü|ue)ckfall|r(?:ü|ue)ckbau|zur(?:ü|ue)ckrollen|r(?:ü|ue)cksetzen|zur(?:ü|ue)cksetzen|wiederherstellung)`,
    container: 'containern?; pods?',
    'column-case':
      'f(?:a|ä)lle?; wenn; falls; lage; situation(?:en)?; fehler(?:meldung(?:en)?)?; probleme?; symptome?; st[öo]rung(?:en)?',
    'way-back': String.raw`{rollback}; zur(?:ü|ue)ck\p{L}*; (?:die|das|den|der|dem|zum|zur|auf) (?:alten?|vorherigen?|letzten?) \p{L}+; wiederherstell\p{L}*`,
    undo: String.raw`(?:[\p{L}\p{N}.-]+\s){0,5}?(?:r(?:ü|ue)ckg(?:ä|ae)ngig zu machen|zur(?:ü|ue)ck\p{L}*)`,
    'trouble-lead': 'hoppla; probleme?; fehler; etwas kaputt; schiefgegangen',
    place: String.raw`\p{L}*servern?; rechnern?; \p{L}*knoten; hosts?; containern?; maschinen?; primary; replikat`,
    here: `au(?:ß|ss)en; arbeitsplatz(?:rechner)?; arbeitsstation; lokal(?:en rechner)?; laptop; eigenen rechner;
      neuen terminal`,
    look: '(?:ü|ue)berpr(?:ü|ue)fen; pr(?:ü|ue)fen; beobachten; (?:ü|ue)berwachen; kontrollieren',
    'all-of-it':
      'alles (?:folgende|weitere|hier); alle (?:folgenden |weiteren )?(?:befehle|schritte|kommandos); (?:die|diese) (?:folgenden )?(?:befehle|schritte); ab hier',
    'this-document': 'diese[srm]? (?:dokument(?:s|es)?|anleitung|checkliste|runbook)',
    at: 'auf; in; im; am; vom; von; an',
    wait: 'warten; warte; abwarten',
    expected: '(?:erwartet(?:e[rns]?)?|soll)(?: (?:ergebnis|ausgabe|wert|status|version|antwort))?',
    'expected-what': 'ergebnis; ausgabe; antwort; status; wert; version',
    should: 'soll(?:te|ten|en)?; muss; m(?:ü|ue)ssen; darf; d(?:ü|ue)rfen',
    show: 'zeigen; liefern; ergeben; sein; enthalten; ausgeben; melden; antworten(?: mit)?; zur(?:ü|ue)ckgeben; lauten; haben; anzeigen; stehen; sinken auf',
    'show-last':
      'zeigen; liefern; ergeben; sein; enthalten; ausgeben; melden; antworten; zur(?:ü|ue)ckgeben; lauten; anzeigen; erscheinen; stehen; betragen; liegen',
    not: 'nicht; keine[nrs]?; kein',
    'look-for': 'achten auf; suchen nach',
    nothing: 'leer; keine ausgabe; nichts; leere ausgabe; leere menge; keine zeilen',
    zero: 'keine',
    usual: 'erwartet; zul(?:ä|ae)ssig; akzeptabel; normal; soll; (?:ü|ue)blich; abweichung; erlaubt; grenzwert',
    goal: 'ziel(?:wert)?',
    'at-most':
      'h(?:ö|oe)chstens; maximal; nicht mehr als; bis zu; max\\.?; kleiner (?:oder )?gleich; nicht (?:ü|ue)ber',
    'at-least': 'mindestens; wenigstens; nicht weniger als; gr(?:ö|oe)(?:ß|ss)er (?:oder )?gleich; nicht unter',
    below:
      'weniger als; kleiner als; niedriger als; k(?:ü|ue)rzer als; unter; unterhalb(?: von)?; innerhalb(?: von)?; binnen',
    above:
      'mehr als; gr(?:ö|oe)(?:ß|ss)er als; h(?:ö|oe)her als; l(?:ä|ae)nger als; (?:ü|ue)ber; oberhalb(?: von)?; (?:ü|ue)bersteigt; (?:ü|ue)berschreitet',
    exactly: 'genau; gleich; exakt; sinkt auf',
    between: 'zwischen',
    and: 'und',
    'or-more': 'oder (?:h(?:ö|oe)her|mehr|besser|neuer|l(?:ä|ae)nger|gr(?:ö|oe)(?:ß|ss)er|sp(?:ä|ae)ter)',
    'or-less': 'oder (?:weniger|niedriger|kleiner|k(?:ü|ue)rzer)',
    sustained: 'f(?:ü|ue)r; (?:ü|ue)ber; w(?:ä|ae)hrend; anhaltend(?: f(?:ü|ue)r)?; l(?:ä|ae)nger als',
    span: 'in; innerhalb(?: von)?; w(?:ä|ae)hrend; (?:ü|ue)ber; pro; binnen',
    recent: 'erste[nrs]?; letzte[nrs]?; ersten; letzten; der ersten; den ersten; der letzten; den letzten',
    consecutive: 'aufeinanderfolgende[nrs]?; hintereinander; in folge; nacheinander',
    per: 'pro; je',
    article: 'der; die; das; den; dem; eine?[mnrs]?',
    'since-deploy': String.raw`nach (?:dem |der )?(?:deploy\p{L}*|ausroll\p{L}*|auslieferung|release|umschaltung|umstellung|start|freigabe|einspielen)`,
    twofold: String.raw`verdoppel\p{L}*; (?:das )?doppelte; doppelt so (?:hoch|lang|viel)\p{L}*; zweifach\p{L}*`,
    threefold: String.raw`verdreifach\p{L}*; (?:das )?dreifache; dreimal so \p{L}+`,
    halved: String.raw`halbier\p{L}*; (?:die )?h(?:ä|ae)lfte`,
    'go-on-if': String.raw`(?:weiter|fortfahren|fortsetzen|weitermachen)(?: [\p{L}-]+){0,2},? (?:wenn|sobald|falls)`,
    'no-rollback': `kein(?:en|e)? (?:sofortige[rn]? )?(?:grund f(?:ü|ue)r (?:den |einen |ein )?)?(?:{rollback}|ausl(?:ö|oe)ser|abbruch); nicht (?:zur(?:ü|ue)ckrollen|zur(?:ü|ue)cksetzen|abbrechen); (?:zur(?:ü|ue)ckrollen|rollback|abbruch) nicht`,
    'alert-if': '(?:alarm|warnen|melden|eskalieren)(?: [\\p{L}-]+){0,3},? (?:wenn|falls|bei)',
    'rollback-if': '(?:{rollback}|abbrechen|abbruch)(?: [\\p{L}-]+){0,4},? (?:wenn|falls|bei|sobald)',
    alerting: 'alarme?; alarmierung; eskalation\\p{L}*',
    fail: '(?:fehlschlagen|scheitern|(?:abgelehnt|verweigert) werden)',
    passing: '(?:gr(?:ü|ue)n|bestanden|erfolgreich|ok)',
    actual: '(?:ist|tats(?:ä|ae)chlich|gemessen)',
    'none-of': '(?:keine?[nr]?|kein)(?=\\s)',
    'not-seen': 'nicht (?:beobachtet|(?:ü|ue)berschritten|gesehen)',
    sampled: 'anfragen; messungen; messwerte',
    baseline: '(?:der )?basis(?:wert)?; normal(?:wert)?; (?:ü|ue)blich; ausgangswert; vorher',
    rise: 'anstieg; zunahme; verschlechterung; langsamer; h(?:ö|oe)her; steigt um; steigen um; w(?:ä|ae)chst um',
    drop: 'abfall; r(?:ü|ue)ckgang; abnahme; einbruch; niedriger; sinkt um; sinken um; f(?:ä|ae)llt um; fallen um; bricht um',
    stable: 'stabil; konstant; gleichbleibend',
    filler:
      'erwartet(?:e[rns]?)?; soll(?:te|ten)?; muss; sein; ist; sind; bleibt; der; die; das; den; dem; des; ein(?:e[rnms]?)?; falls; wenn; alarm; normal; stabil; durchschnitt(?:lich)?; mittel(?:wert)?; maximal; ziel; aktuell; pr(?:ü|ue)fen; dass; auf; in; im; von; vom; f(?:ü|ue)r; mit; und; oder; an; am; bei; zum; zur; wert',
    reported: 'beschwerden?; reklamationen?; meldungen; st(?:ö|oe)rungsmeldungen; anrufe',
    trouble: 'fehler; ausf(?:ä|ae)lle; abst(?:ü|ue)rze; zeit(?:ü|ue)berschreitungen',
    countable:
      'fehler; beschwerden; warteschlangen?; verbindungen; neustarts; nachrichten; sitzungen; sperren; durchsatz; bandbreite; verz(?:ö|oe)gerung',
    opening: '(?:(?:der|den|die|das) )?erste[nrs]?',
    every: 'jede[nrs]?; alle',
    hourly: 'st(?:ü|ue)ndlich',
    daily: 't(?:ä|ae)glich',
    weekly: 'w(?:ö|oe)chentlich',
    second: 'sekunden?; sek',
    minute: 'minuten?; min',
    hour: 'stunden?; std',
    day: 'tagen?; tage?',
    week: 'wochen?',
  },
  metrics: {
    'error rate': 'fehler(?:rate|quote)n?; anteil (?:der )?fehler',
    'response time': 'antwortzeit(?:en)?; latenz(?:en)?; reaktionszeit(?:en)?',
    memory: '(?:arbeits)?speicher(?:verbrauch|bedarf|nutzung|auslastung)?',
    'cpu usage': '(?:cpu|prozessor)-?(?:last|auslastung|nutzung|verbrauch)',
    'database connections': 'datenbank-?verbindungen; db-?verbindungen',
    complaints: String.raw`.*(?<!\p{L})(?:beschwerden?|reklamationen?)(?!\p{L}).*`,
  },
  decimalComma: true,
};

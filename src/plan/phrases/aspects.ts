/** What a rule or a signal is about, in the words of several languages. */

/**
 * What a rule or a signal is about, in the words of several languages. A rule is never fed by a signal of another
 * aspect: connections that fail are not connections in use, however alike the two lines read.
 */
export type Aspect =
  | 'errors'
  | 'memory'
  | 'processor'
  | 'disk'
  | 'connections'
  | 'query'
  | 'lag'
  | 'success'
  | 'uptime'
  | 'duration'
  | 'latency';

/**
 * By how much a word says: "database connection failures" are failures, "replica query time" is a lag of nothing.
 * Pieces of regular expressions, matched without regard to case at the beginnings of words. To add a language, add its
 * words to each line.
 */
const WORDS: readonly (readonly [Aspect, string])[] = [
  [
    'errors',
    'errors?|failures?|failed|fail|exceptions?|tracebacks?|crash\\w*|5xx|4xx|timeouts?|fallos?|errores|fehler\\w*|erreurs?|ausfälle',
  ],
  ['success', 'success\\w*|successful|éxito|erfolg\\w*'],
  ['uptime', 'uptime|availability|disponibilidad|verfügbarkeit|disponibilité'],
  ['lag', 'replication|replica|replicas|standby|lag|retraso|replicación|réplicas?|replikation\\w*|verzögerung'],
  ['connections', 'connections?|pool|conexiones|conexión|verbindung\\w*|connexions?'],
  ['query', 'quer(?:y|ies)|statements?|sql|consultas?|abfrage\\w*|requêtes? sql'],
  ['memory', 'memory|mem|rss|heap|ram|memoria|speicher\\w*|arbeitsspeicher\\w*|mémoire'],
  ['processor', 'cpus?|processors?|procesador|cpu-\\w+|prozessor\\w*|processeur'],
  ['disk', 'disks?|storage|file ?system|disco|almacenamiento|festplatte\\w*|plattenplatz|disque'],
  [
    'latency',
    'latenc(?:y|ies)|response|responses|respond\\w*|ttfb|p9\\d|p50|latencia|respuesta|antwortzeit\\w*|latenz\\w*|latence',
  ],
  ['duration', 'takes?|took|duration|completes?|finish\\w*|tarda|duración|dauert?|durée'],
];

const ASPECTS = WORDS.map(
  ([aspect, words]) => [aspect, new RegExp(`(?<![\\p{L}\\d])(?:${words})(?![\\p{L}\\d])`, 'giu')] as const,
);

/** The first aspect that the words speak of; undefined when they speak of none. */
export function aspectIn(words: string): Aspect | undefined {
  return ASPECTS.find(([, pattern]) => words.search(pattern) !== -1)?.[0];
}

/** What the words name beside the aspect: `booking` in "booking response time". As `wordsOf` gives them. */
export function namesIn(words: string, aspect: Aspect | undefined): string[] {
  const rest = ASPECTS.filter(([one]) => one === aspect || HOW.has(one)).reduce(
    (left, [, pattern]) => left.replace(pattern, ' '),
    words,
  );
  const ofDatabases = aspect === 'connections' || aspect === 'query' || aspect === 'lag';
  return wordsOf(rest).filter(word => !FILLERS.has(word) && !(ofDatabases && DATABASES.has(word)));
}

/** That it is a time says how it is measured, not what. */
const HOW: ReadonlySet<Aspect> = new Set(['latency', 'duration']);

/** Words that many services have in their names: alone they tell nothing. */
export function isGeneric(word: string): boolean {
  return GENERIC.has(word);
}

/** All words of a name, `storeMessage` and `store_message` alike. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
    .map(word => word.replace(/(?<=\p{L}{3})s$/u, ''));
}

/** Words that tell no signal from another: how it is measured, and that it is ours. */
const FILLERS: ReadonlySet<string> = new Set(
  wordsOf(
    'time rate usage use used utilization utilisation level load count number percent percentage share space free left ' +
      'consumption footprint growth growing grows increase increasing leak leaks detected stable normal active open ' +
      'in of on to per for from the and no is are average mean total overall current log logs minute hour ' +
      'server application app service system host machine production backend requests process real ' +
      'uso tasa tiempo espacio de la el los en base libre promedio servidor sistema producción ' +
      'auslastung verbrauch quote anzahl zeit der die das',
  ),
);

/** Whose connections, queries and replicas these are goes without saying; whose memory, not. */
const DATABASES: ReadonlySet<string> = new Set(wordsOf('database db postgres postgresql pg sql datos datenbank base'));

const GENERIC: ReadonlySet<string> = new Set(
  wordsOf('api apis http https endpoint endpoints web website page site rest url'),
);

/** Labels and titles of things that are had or done instead of each other: of several of one row one is meant. */
/** Names of products and the like, by what they are. In a label beside other words they are only spoken of. */
const NAMED: readonly RegExp[] = [
  /\b(?:docker(?: compose)?|podman|bare[ -]metal|kubernetes|helm|manifests?)\b/i,
  /\b(?:systemd|supervisord?|pm2|init\.d|upstart)\b/i,
  /\b(?:linux|mac(?:os)?|windows|ubuntu|debian|centos|rhel|red hat|fedora|alpine)\b/i,
  /\b(?:aws|azure|gcp|google cloud)\b/i,
  /\b(?:npm|yarn|pnpm|bun|pip|poetry)\b/i,
  /\b(?:small|large|big|single[- ]node|cluster|kleine?s?|gro(?:ß|ss)es?|peque\p{L}+|grandes?)(?![\p{L}])/iu,
  /\b(?:first|initial|every later|later|subsequent|following) (?:installation|deployment|deploy|time|run)s?\b/i,
  /\b(?:no-?go|go)\b/i,
  /\b(?:blue|green)\b/i,
  /^(?:[\d.]+\s*)?(?:rolling|all at once|big bang|recreate|in[- ]place|side by side|one by one|gradual(?:ly)?|in one go|nach und nach|auf einmal|schrittweise|de una vez|gradual)(?: (?:update|upgrade|restart|deployment))?$/i,
];

/** What the whole of a title or label begins with. */
const BEGUN: readonly RegExp[] = [
  begins(String.raw`(?:with|without|mit|ohne|con|sin|avec|sans|com|sem|senza|met|zonder)\s`),
  begins(
    String.raw`(?:for|f[üu]r|para|pour|per|voor)\s+(?!each|every|all|both|now|later|this|that|these|jede|alle|beide|cada|tod[oa]s|chaque|tous|ogni|tutt)\p{L}`,
  ),
  begins(
    String.raw`(?:one|an? single|single|several|many|multiple|(?:a )?few(?:er)?|more|less|over|under|up to|at (?:most|least)|exactly|ein(?:e|en|er)?|mehrere|viele|bis|mehr als|weniger als|[üu]ber|uno?|una|varios|varias|hasta|m[áa]s de|menos de|un seul|plusieurs|plus de|moins de)\s+(?!by\s|more|last|thing)[\p{L}\d]`,
  ),
  begins(
    String.raw`(?:(?:when |if )?(?:you )?(?:com(?:e|ing)|upgrad(?:e|ing)|updat(?:e|ing)|migrat(?:e|ing)) )?from (?:v?\d|version|release)|(?:since|before|until|up to|as of|prior to|older than|newer than|von|ab|bis|vor|seit|[äa]lter als|desde|hasta|antes de|depuis|avant|da) (?:v\d|versions?|releases?|versi[óo]n)`,
  ),
  begins(String.raw`(?:modo|mode|modus|variante?|flavou?r|profile?|perfil|manera|forma|v[íi]a|by way of)\s+[\p{L}\d]`),
  /^(?:[\d.]+\s*)?(?:(?:from|via|using|with|in|through|by|on|over) (?:the )?(?:gui|cli|command line|console|shell|terminal|dashboard|browser|web (?:ui|interface)|mouse|hand)|the \p{L}+ way)$/iu,
  /^(?:[\d.]+\s*)?(?:\p{L}+\s){1,2}(?:mode|modus|variante?|flavou?r|manner)$/iu,
];

/** Behind a number. */
function begins(words: string): RegExp {
  return new RegExp(String.raw`^(?:[\d.]+\s*)?(?:${words})`, 'iu');
}

/** "With a schema change", "For a replica": a title of a case, whether its counterpart stands there or not. */
export function isCase(title: string): boolean {
  return rowIn(BEGUN, title) !== undefined;
}

/** Which row of things a title names one of; undefined where it names none. */
export function rowOfTitle(title: string): number | undefined {
  return rowIn([...NAMED, ...BEGUN], title);
}

/** The same of a line over commands, of few words; more words say what is to be done as well. */
export function rowOfLabel(label: string): number | undefined {
  const text = label.replace(/[\s:：*]+$/, '');
  if (/[,;.?!]\s/.test(text) || text.split(/\s+/).length > WORDS_MAX) return undefined;
  const bare = text.replace(/^(?:on|via|using|use|auf|mit|con|usando|avec)\s+/i, '');
  const named = NAMED.findIndex(pattern => bare.replace(pattern, '').trim() === '');
  const begun = rowIn(BEGUN, text);
  if (named !== -1) return named;
  return begun === undefined ? undefined : NAMED.length + begun;
}

const WORDS_MAX = 6;

function rowIn(rows: readonly RegExp[], text: string): number | undefined {
  const row = rows.findIndex(pattern => pattern.test(text));
  return row === -1 ? undefined : row;
}

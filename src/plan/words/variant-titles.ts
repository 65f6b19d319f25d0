/** Recognises titles and labels of variants ("Docker", "For a replica"). Of several from one row, only one is meant. */
import {everyPhrase, phrase, piece, topicPattern} from './vocabulary.ts';
import type {WordPattern} from './word-pattern.ts';

/** Products, sizes and the like, one row for each sort. In a label with other words they are only mentioned. */
const NAMED: readonly (RegExp | WordPattern)[] = [
  /\b(?:docker(?: compose)?|podman|bare[ -]metal|kubernetes|helm|manifests?)\b/i,
  /\b(?:systemd|supervisord?|pm2|init\.d|upstart)\b/i,
  /\b(?:linux|mac(?:os)?|windows|ubuntu|debian|centos|rhel|red hat|fedora|alpine)\b/i,
  /\b(?:aws|azure|gcp|google cloud)\b/i,
  /\b(?:npm|yarn|pnpm|bun|pip|poetry)\b/i,
  topicPattern('size'),
  topicPattern('first-time'),
  topicPattern('go-or-not'),
  topicPattern('colour'),
  begins(piece`${'pace'}$`),
];

/** How titles and labels of cases begin. */
const BEGUN: readonly WordPattern[] = [
  begins(piece`${'with-without'}\s`),
  begins(piece`${'for'}\s+(?!${'each'})\p{L}`),
  begins(piece`${'how-many'}\s+(?!${'not-so-many'})[\p{L}\d]`),
  begins(piece`${'from-version'}`),
  begins(piece`${'mode'}\s+[\p{L}\d]`),
  begins(piece`${'by-hand-or-tool'}$`),
  begins(piece`(?:\p{L}+\s){1,2}${'mode'}$`),
];

/** A number may stand before it. */
function begins(words: {source: string}): WordPattern {
  return phrase`^(?:[\d.]+\s*)?(?:${words})`;
}

/** A title of a case: "With a schema change", "For a replica". Its counterpart need not be in the document. */
export function isCase(title: string): boolean {
  return rowIn(BEGUN, title) !== undefined;
}

/** The row from which a title names something; undefined where it names nothing. */
export function rowOfTitle(title: string): number | undefined {
  return rowIn([...NAMED, ...BEGUN], title);
}

/** The same for a line above commands, if it has few words: more words also say what to do. */
export function rowOfLabel(label: string): number | undefined {
  const text = label.replace(/(?<![\s:：*])[\s:：*]+$/, '');
  if (/[,;.?!]\s/.test(text) || text.split(/\s+/).length > WORDS_MAX) return undefined;
  const bare = text.replace(BY_MEANS_OF, '');
  const named = NAMED.findIndex(pattern => bare.replace(pattern, '').trim() === '');
  const begun = rowIn(BEGUN, text);
  if (named !== -1) return named;
  return begun === undefined ? undefined : NAMED.length + begun;
}

const WORDS_MAX = 6;
const BY_MEANS_OF = phrase`^${'by-means-of'}\s+`;

function rowIn(rows: readonly (RegExp | WordPattern)[], text: string): number | undefined {
  const row = rows.findIndex(pattern => pattern.test(text));
  return row === -1 ? undefined : row;
}

const OPTION = phrase`^(?:[\d.]+\s+)?${'option'}\s+(?:\d+|[A-Z]|[IV]{1,3})\>`;

/** "Option A", "Path 2: …", "Opción B". */
export function isOptionTitle(title: string): boolean {
  return OPTION.test(title);
}

/** Whether the titles name the same environment, or none: "Staging" and "Production" differ, and so do "DR" and neither. */
export function areOneEnvironment(one: readonly string[], other: readonly string[]): boolean {
  return environmentsIn(one) === environmentsIn(other);
}

function environmentsIn(titles: readonly string[]): string {
  const named = titles.flatMap(title => title.toLowerCase().match(ENVIRONMENT) ?? []);
  return [...new Set(named)].toSorted().join(' ');
}

const ENVIRONMENT = everyPhrase`\<(?:${'stage-name'}|${'live-stage'}|dr|pra|disaster[ -]recovery)\>`;

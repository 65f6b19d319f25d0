/** Values for what a document leaves open: anything that is of the right kind, and the same wherever it stands. */
import type {Doing} from '../../plan/parse-plan.ts';
import type {Plan} from '../../plan/plan.ts';

/** `v1.3.0` and `v1.4.0`, as the document names them: the deploy brings the new one, the rollback the old one. */
export function versionsOf(course: readonly Doing[], source: readonly string[]): {old: string; new: string} {
  const named = (phase: Doing['phase']) =>
    course.flatMap(doing => (doing.phase === phase ? doing.words.flatMap(versionIn) : []));
  const brought = named('deploy');
  const back = named('rollback').filter(version => !brought.includes(version));
  const next = brought.at(-1) ?? source.slice(0, HEAD_LINES).flatMap(versionIn)[0] ?? 'v1.1.0';
  return {new: next, old: back[0] ?? before(next)};
}

const HEAD_LINES = 12;

function versionIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\w./-])v?\d{1,4}\.\d{1,3}(?:\.\d{1,4})?(?:-[a-z]+\.?\d*)?(?![\w./-])/g)].map(
    ([version]) => version,
  );
}

/** The last number that is not 0, one less. */
function before(version: string): string {
  const parts = version.split(/(?<=\d)(?=\D)|(?<=\D)(?=\d)/);
  const at = parts.findLastIndex(part => /^\d+$/.test(part) && Number(part) > 0);
  return at === -1 ? `${version}-old` : parts.with(at, String(Number(parts[at]) - 1)).join('');
}

/** By the placeholder's text; captures come from the run. Each destination is a host of its own. */
export function valuesOf(plan: Plan, course: readonly Doing[]): Record<string, string> {
  const destinations = new Set(course.map(({place}) => place));
  const versions = versionsOf(course, plan.source);
  const values: Record<string, string> = {};
  for (const {text, bound, capture, lines} of plan.placeholders) {
    if (bound || capture === true) continue;
    if (destinations.has(text) || /@/.test(text)) {
      values[text] = destinationFor(text);
      continue;
    }
    const inRollback = course.some(
      ({phase, command}) => phase === 'rollback' && command.text.includes(text) && lines.includes(command.line),
    );
    values[text] = valueFor(text, inRollback ? versions.old : versions.new, versions.old);
  }
  return values;
}

/** `deploy@<web-host>` is `deploy@web-host.rehearsal.test`: a value with an account says where a host is. */
function destinationFor(text: string): string {
  // `shop@new.example.com` is a name as good as any, and other lines may write it without its account.
  if (/^[\w.@-]+$/.test(text) && !/your|\bhost\b|\bserver\b|\bip\b/i.test(text)) return text;
  const [, account, host = text] = /^(.*)@(.*)$/.exec(text) ?? [];
  const name = `${slug(host.toLowerCase())}.rehearsal.test`;
  return account === undefined ? `deploy@${name}` : `${slug(account.toLowerCase())}@${name}`;
}

/** The first kind whose words are in the name counts. */
function valueFor(text: string, version: string, old: string): string {
  const name = text.replace(/^[<[{«%@_$#]+|[>\]}»%@_]+$/g, '');
  const path = /^(?:~|\.{1,2})?(\/path\/to(?:\/.*)?)$/.exec(name)?.[1];
  if (path !== undefined) return path.replace(/^\/path\/to/, '/srv').replace(/^\/srv$/, '/srv/app');
  if (DATED.test(name)) return dated(name);
  const plain = name.toLowerCase().replaceAll(/[\s_.]+/g, '-');
  const kind = KINDS.find(([pattern]) => pattern.test(plain));
  if (kind === undefined) return slug(plain);
  const [, value] = kind;
  return value === 'version' ? (/prev|old|last|before|current/.test(plain) ? old : version) : value;
}

const HOST = 'app.rehearsal.test';

const DATED = /^(?:YYYY|JJJJ|AAAA|HH:?MM|\d{4}-MM)/;

/** No clock is asked: two places with one placeholder must get one value. */
function dated(form: string): string {
  return form
    .replace(/YYYY|JJJJ|AAAA/, '2025')
    .replace(/MM/, '01')
    .replace(/DD|TT|JJ/, '15')
    .replace(/HH/, '08')
    .replace(/MM/, '30')
    .replace(/SS/, '00');
}

const KINDS: readonly (readonly [pattern: RegExp, value: string])[] = [
  [/domain|\burl\b|hostname|\bhost\b|server|\bip\b|address|node|example-(?:com|org|net)$|\bvps\b/, HOST],
  [/version|release|\btag\b|x-y|\bver\b|image/, 'version'],
  [/commit|\bsha\b|hash/, 'HEAD'],
  [/branch/, 'main'],
  [/revision|\bid\b|number|count|replicas|\bnr\b|percent|weight/, '1'],
  [/port/, '8080'],
  [/mail/, 'ops@rehearsal.test'],
  [/password|secret|token|\bkey\b|credential/, 'rehearsal'],
  [/user|account|login/, 'deploy'],
  [/time|date|stamp/, '20250115'],
  [/database|\bdb\b/, 'app'],
  [/dir|path|folder/, '/srv/app'],
  [/file|archive|dump/, 'file.txt'],
];

function slug(name: string): string {
  const text = name.replaceAll(/[^a-z0-9-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return text === '' ? 'value' : text;
}

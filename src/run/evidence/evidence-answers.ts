/** What the looks for evidence have printed, read: whether it is so, in one sentence and a few rows. */
import type {ConditionSubject} from '../../plan/plan.ts';
import type {Incoming} from '../../plan/script.ts';
import {plural} from '../../text/figures.ts';
import {cut, oneLine, tame} from '../../text/width.ts';
import {shortCommit} from '../requests/version-facts.ts';
import type {Evidence, MigrationLook} from './evidence.ts';
import {ALL_GROUPS, ROWS_MAX} from './look-texts.ts';

export type Answer = Pick<Evidence, 'answer' | 'text' | 'lines'> & {from?: string; to?: string};

/** What stood behind a heading `= name rest`, and the rows below it. */
type Printed = ReadonlyMap<string, {rest: string; rows: readonly string[]}>;

const ROW_WIDTH = 160;

export function printedIn(output: string): Printed {
  const found = new Map<string, {rest: string; rows: string[]}>();
  let rows: string[] = [];
  for (const line of output.split('\n')) {
    const [, name, rest = ''] = /^= (\S+) ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      rows = [];
      found.set(name, {rest: oneLine(rest), rows});
    } else if (line.trim() !== '') rows.push(shown(line));
  }
  return found;
}

function shown(line: string): string {
  return cut(tame(oneLine(line.replaceAll('\t', ' '))), ROW_WIDTH);
}

export type Head = {commit: string; name: string; base?: string};

export function headIn(printed: Printed): Head | undefined {
  const [commit = '', name = ''] = printed.get('head')?.rest.split(' ') ?? [];
  const base = printed.get('base')?.rest;
  if (!HASH.test(commit)) return undefined;
  return {commit, name, ...(base === undefined ? {} : {base})};
}

const HASH = /^[0-9a-f]{40,64}$/;

/** A branch before a tag, and of a tag the commit that it names. */
export function commitIn(output: string): string | undefined {
  const lines = output.split('\n').map(line => line.trim().split(/\s+/));
  const named = (pattern: RegExp) => lines.find(([, name = '']) => pattern.test(name))?.[0];
  const found = named(/^refs\/heads\//) ?? named(/\^\{\}$/) ?? lines[0]?.[0];
  return found !== undefined && HASH.test(found) ? found : undefined;
}

export function incomingName(incoming: Incoming): string {
  if (incoming.kind === 'local') return incoming.ref;
  const {remote, ref} = incoming;
  return [remote ?? 'its upstream', ref].filter(part => part !== undefined).join(' ');
}

/** Whether what a condition names has changed from one version to the other. */
export function changedAnswer(
  subject: Extract<ConditionSubject, {kind: 'changed'}>,
  {from, to}: {from: string; to: string},
  printed: Printed,
): Answer {
  const what = [...subject.paths, ...subject.groups].join(', ');
  const versions = `${shortCommit(from)} and ${shortCommit(to)}`;
  const own = printed.get('asked');
  if (own === undefined || (own.rest === '' && own.rows.length === 0))
    return {answer: 'unknown', text: `git tracks no ${what} there`, lines: [], from, to};
  const isChanged = own.rows.length > 0;
  const verb = subject.groups.length > 0 || subject.paths.length > 1 ? 'have' : 'has';
  if (from === to) {
    const text = `${what} ${verb} not changed: ${shortCommit(from)} is still in place`;
    return {answer: subject.negated ? 'yes' : 'no', text, lines: [], from, to};
  }
  const text = isChanged
    ? `${what} ${verb} changed between ${versions}`
    : `${what} ${verb} not changed between ${versions}`;
  return {answer: isChanged === subject.negated ? 'no' : 'yes', text, lines: limited(own.rows), from, to};
}

function limited(rows: readonly string[]): readonly string[] {
  return rows.length > ROWS_MAX ? [...rows.slice(0, ROWS_MAX), 'and more'] : rows;
}

/** The rows of what comes: commits, then files by what they are for. */
function comingRows(printed: Printed): readonly string[] {
  const commits = printed.get('commits');
  if (commits === undefined) return [];
  const more = Number(commits.rest) - commits.rows.length;
  return [
    ...commits.rows,
    ...(more > 0 ? [`and ${more} more`] : []),
    ...ALL_GROUPS.flatMap(group => {
      const rows = printed.get(group)?.rows ?? [];
      return rows.length === 0 ? [`${group}: unchanged`] : limited(rows).map(row => `${group}: ${row}`);
    }),
  ];
}

/** What replaces the running version. `printed`: absent where no place holds both commits. */
export function goesLiveAnswer(head: Head, to: string, incoming: Incoming, printed: Printed | undefined): Answer {
  const running = named(head);
  const from = head.commit;
  const source = incomingName(incoming);
  if (from === to)
    return {answer: 'no', text: `nothing new: ${running} is in place, and ${source} names it too`, lines: [], from, to};
  const text = `${running} is in place; ${source} brings ${shortCommit(to)}: ${distance(printed)}`;
  return {answer: 'yes', text, lines: printed === undefined ? [] : comingRows(printed), from, to};
}

function distance(printed: Printed | undefined): string {
  if (printed === undefined) return 'its commits are not fetched yet, so that they cannot be listed';
  const [come, go] = ['commits', 'back'].map(name => Number(printed.get(name)?.rest ?? 0));
  const parts = [
    ...(come === 0 ? [] : [plural(come ?? 0, 'commit')]),
    ...(go === 0 ? [] : [`${plural(go ?? 0, 'commit')} taken back`]),
  ];
  return parts.join(', ');
}

/** Whether what is there now is what was to come. */
export function wentLiveAnswer(head: Head, to: string, incoming: Incoming, printed: Printed | undefined): Answer {
  const source = incomingName(incoming);
  const isIt = head.commit === to;
  const text = isIt
    ? `${named(head)} is in place, which ${source} names`
    : `${named(head)} is in place, but ${source} names ${shortCommit(to)}`;
  return {answer: isIt ? 'yes' : 'no', text, lines: printed === undefined ? [] : comingRows(printed), to: head.commit};
}

export function named({commit, name}: Head): string {
  const short = shortCommit(commit);
  return name === '' || name.includes(short) ? short : `${short} (${name})`;
}

export function existsAnswer(subject: Extract<ConditionSubject, {kind: 'exists'}>, printed: Printed): Answer {
  const isThere = printed.has('there');
  const text = `${subject.path} is ${isThere ? 'there' : 'not there'}`;
  return {answer: isThere === subject.negated ? 'no' : 'yes', text, lines: printed.get('there')?.rows ?? []};
}

export function runsAnswer(subject: Extract<ConditionSubject, {kind: 'runs'}>, unit: string, printed: Printed): Answer {
  const state = printed.get('state')?.rest ?? '';
  const runs = state === 'active' ? true : /^(?:inactive|failed)$/.test(state) ? false : undefined;
  const text = state === '' ? `nothing says whether ${unit} runs` : `${unit} is ${state}`;
  return {answer: runs === undefined ? 'unknown' : runs === subject.negated ? 'no' : 'yes', text, lines: []};
}

/** What the tool itself says; without an answer of its own the files alone prove nothing of what is applied. */
export function pendingAnswer(negated: boolean, look: MigrationLook, output: string): Answer {
  const rows = output.split('\n').filter(line => line.trim() !== '');
  const open = rows.filter(line => new RegExp(look.open).test(line));
  const isKnown =
    open.length > 0 || (look.applied !== undefined && rows.some(line => new RegExp(look.applied ?? '').test(line)));
  if (!isKnown) return {answer: 'unknown', text: `${look.command} does not say`, lines: limited(rows.map(shown))};
  const isPending = open.length > 0;
  const text = isPending
    ? `${plural(open.length, 'line')} of ${look.command} say that something is to be applied`
    : `${look.command} names nothing that is to be applied`;
  return {answer: isPending === negated ? 'no' : 'yes', text, lines: limited(open.map(shown))};
}

/** Migrations that come with a version; whether they are applied is not seen. */
export function migrationFilesAnswer({from, to}: {from: string; to: string}, printed: Printed): Answer {
  const rows = printed.get('asked')?.rows ?? [];
  const versions = `${shortCommit(from)} and ${shortCommit(to)}`;
  const text =
    rows.length === 0
      ? `no migration differs between ${versions}; whether older ones are applied was not seen`
      : `${plural(rows.length, 'file')} of migrations differ between ${versions}; whether they are applied was not seen`;
  return {answer: 'unknown', text, lines: limited(rows), from, to};
}

/** Shared by all parts of the page of `tminus check`: headings, line numbers, kinds of steps, open names. */
import type {Bindings, Plan, Rule, StepKind} from '../../plan/plan.ts';
import type {Severity} from '../../plan/problem.ts';
import type {UsualTimes} from '../../run/history/usual-text.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import type {Paint, Tone} from '../../text/paint.ts';
import {displayWidth, rightCell, shorten, wrap} from '../../text/width.ts';

/** The input of all parts of the page. `next`: commands to paste, each with its purpose. */
export type Page = {
  plan: Plan;
  bindings?: Bindings | undefined;
  width: number;
  paint: Paint;
  file: string;
  next: readonly {command: string; why: string}[];
  /** What people have confirmed. */
  reviewing: Pick<RunState, 'review'>;
  /** Why a run would not start at all, in one line. */
  refused?: string | undefined;
  /** What earlier runs against the same target took. */
  history?: UsualTimes | undefined;
};

/** `PROBLEMS ─────── 2 errors`: a line across the page with a name and a short text. */
export function partHeading({width, paint}: Pick<Page, 'width' | 'paint'>, name: string, said = ''): string {
  const aside = shorten(said, Math.max(0, width - displayWidth(name) - 8));
  const rule = '─'.repeat(Math.max(2, width - displayWidth(name) - 2 - (aside === '' ? 0 : displayWidth(aside) + 1)));
  return `${paint.strong(name)} ${paint.faint(rule)} ${paint.faint(aside)}`.trimEnd();
}

export const LINE_WIDTH = 5;

/** `   12  text`: a text after its line number. */
export function numbered({paint}: Pick<Page, 'paint'>, line: number, text: string): string {
  return `${paint.faint(rightCell(String(line), LINE_WIDTH))}  ${text}`.trimEnd();
}

/** `line 12`, `lines 12, 40` */
export function linesText(lines: readonly number[]): string {
  return `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`;
}

/** `word`: the word in the counts of the summary. */
export const KINDS: Readonly<Record<StepKind, {word: string; tone: Tone}>> = {
  manual: {word: 'to tick', tone: 'faint'},
  input: {word: 'to fill in', tone: 'faint'},
  choice: {word: 'to choose', tone: 'warn'},
  rule: {word: 'rule', tone: 'info'},
  shell: {word: 'shell', tone: 'code'},
  ssh: {word: 'ssh', tone: 'code'},
  sql: {word: 'sql', tone: 'code'},
  http: {word: 'http', tone: 'code'},
  tail: {word: 'tail', tone: 'code'},
};

type Known = {plan: Plan; bindings?: Bindings | undefined};

/** The name of a database that the bindings do not name. */
export const DATABASE = 'a database';

/** Names without a value. Names that the run captures by itself are not among them. */
export function openNames({plan, bindings}: Known): readonly string[] {
  const placeholders = plan.placeholders.filter(({bound, capture}) => !bound && capture !== true);
  return [...placeholders.map(({text}) => text), ...(openQueries({plan, bindings}).length > 0 ? [DATABASE] : [])];
}

/** Whether nothing measures the rule and no person reports it. */
export function isBlind({person, signal}: Rule): boolean {
  return !person && signal === undefined;
}

/** Lines of the queries that have no database. */
export function openQueries({plan, bindings}: Known): readonly number[] {
  if (bindings === undefined || Object.keys(bindings.databases).length > 0) return [];
  return plan.steps.filter(({action}) => action.kind === 'sql').map(({line}) => line);
}

/** Facts with ` · ` between them, in rows of at most `width` columns. Only a fact longer than a row is broken. */
export function factRows(facts: readonly string[], width = Number.POSITIVE_INFINITY): readonly string[] {
  const rows: string[] = [];
  for (const fact of facts) {
    const longer = `${rows.at(-1)} · ${fact}`;
    if (rows.length > 0 && displayWidth(longer) <= width) rows[rows.length - 1] = longer;
    else rows.push(...wrap(fact, width));
  }
  return rows;
}

/** `2 errors, 9 warnings, 1 note` */
export function problemCounts({problems}: Plan): string {
  const count = (severity: Severity) => problems.filter(problem => problem.severity === severity).length;
  const counts = [
    [count('error'), 'error'],
    [count('warning'), 'warning'],
    [count('info'), 'note'],
  ] as const;
  const said = counts.filter(([number]) => number > 0).map(([number, word]) => plural(number, word));
  return said.length === 0 ? 'no problems' : said.join(', ');
}

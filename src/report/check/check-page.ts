/** The page of `tminus check`, put together from its parts. The part about open names is in this file. */
import type {Bindings, Plan, Rule} from '../../plan/plan.ts';
import type {UsualTimes} from '../../run/history/usual-text.ts';
import {isAutomatic} from '../../run/operations.ts';
import {toAscii} from '../../text/ascii.ts';
import {commandText} from '../../text/command-text.ts';
import {plural} from '../../text/figures.ts';
import {paintIn} from '../../text/paint.ts';
import {cut, displayWidth, shorten, widest, wrap} from '../../text/width.ts';
import {problemLines} from './check-problems.ts';
import {assumedLines, leftToReview, type Reviewing, reopenedLines} from './check-review.ts';
import {ruleLines} from './check-rules.ts';
import {rollbackLines, sectionLines} from './check-steps.ts';
import {nextLines, summaryLines, verdictLine} from './check-summary.ts';
import {DATABASE, isBlind, linesText, openNames, openQueries, type Page, partHeading} from './page-elements.ts';

/**
 * `rows`: of the terminal; undefined where there is none. `program`: how the program was called. `given`: the bindings
 * file as it was named with -b.
 */
export type CheckPageOptions = {
  width: number;
  colour: boolean;
  ascii: boolean;
  file: string;
  rows?: number | undefined;
  bindings?: Bindings;
  program?: string;
  given?: string | undefined;
  /** This check already proves hosts, databases and logs (`--connect`). */
  connects?: boolean;
  /** `--procedure`, as it was given. */
  procedure?: string | undefined;
  /** What people have confirmed. */
  reviewing?: Reviewing;
  /** Why a run would not start at all, in one line. */
  refused?: string | undefined;
  /** What earlier runs against the same target took. */
  history?: UsualTimes | undefined;
};

/** The page that `tminus check` prints: first a summary of one screen, then the plan and all problems. */
export function checkPage(plan: Plan, options: CheckPageOptions): string {
  const {width, colour, ascii, file, bindings, rows, reviewing = {}, refused, history} = options;
  const next = nextCommands(plan, options);
  const page: Page = {plan, bindings, width, paint: paintIn(colour), file, next, reviewing, refused, history};
  const summary = [verdictLine(page), '', ...summaryLines(page)];
  const parts = [
    titleLines(page),
    [...summary, ...nextLines(page)],
    reopenedLines(page),
    assumedLines(page),
    sectionLines(page),
    rollbackLines(page),
    ruleLines(page),
    openLines(page),
    problemLines(page),
  ];
  const lines = parts.filter(part => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]));
  // On a long page the summary has scrolled away, so it is repeated at the end.
  const isLong = rows !== undefined && lines.length > rows;
  const end = isLong ? [partHeading(page, 'IN SHORT', file), ...summary, ...nextLines(page)] : nextLines(page);
  const text = `${[...lines, '', ...end].map(line => cut(line, width)).join('\n')}\n`;
  return ascii ? toAscii(text) : text;
}

function titleLines({plan, width, paint, file}: Page): readonly string[] {
  const subtitle = plan.subtitle === undefined ? [] : wrap(plan.subtitle, width).map(line => paint.faint(line));
  return [...wrap(plan.title === '' ? file : plan.title, width).map(line => paint.strong(line)), ...subtitle];
}

/** Names and databases without a value, and ties of rules that were guessed. */
function openLines(page: Page): readonly string[] {
  const {plan} = page;
  const rows = [
    ...plan.placeholders.filter(({bound}) => !bound).map(placeholderRow),
    ...databaseRows(page),
    ...guessedRows(plan),
  ];
  if (rows.length === 0) return [];
  const nameWidth = Math.min(widest(rows.map(({name}) => name)), Math.floor(page.width / 2));
  return [
    partHeading(page, 'NOT BOUND', plural(openNames(page).length, 'name')),
    ...rows.map(row => rowLine(page, row, nameWidth)),
  ];
}

/** `mark`: `open`: a person must fill it in; `later`: the run finds it; `guess`: a person should check it. */
type OpenRow = {name: string; said: string; mark: 'open' | 'later' | 'guess'};

function placeholderRow({text, lines, capture}: Plan['placeholders'][number]): OpenRow {
  const where = linesText(lines);
  return capture === true
    ? {name: text, said: `captured during the run · ${where}`, mark: 'later'}
    : {name: text, said: where, mark: 'open'};
}

function databaseRows(page: Page): readonly OpenRow[] {
  const lines = openQueries(page);
  return lines.length === 0 ? [] : [{name: DATABASE, said: `for the queries of ${linesText(lines)}`, mark: 'open'}];
}

/** Ties of rules to signals that were guessed: a wrong one would judge the wrong signal. */
function guessedRows({rules}: Plan): readonly OpenRow[] {
  return rules.flatMap(({tie, line, signal, text}: Rule): readonly OpenRow[] =>
    tie?.by === 'guess'
      ? [{name: `line ${line} ← ${signal}`, said: `guessed for "${text}": ${tie.because}`, mark: 'guess'}]
      : [],
  );
}

function rowLine({paint, width}: Page, {name, said, mark}: OpenRow, nameWidth: number): string {
  const fitted = shorten(name, nameWidth);
  const sign = mark === 'open' ? paint.warn('○') : paint.faint(mark === 'later' ? '◇' : '?');
  const gap = ' '.repeat(Math.max(0, nameWidth - displayWidth(fitted)));
  return `  ${sign} ${paint.code(fitted)}${gap}  ${paint.faint(shorten(said, width - nameWidth - 6))}`;
}

type Next = Page['next'];

/** The bindings file that T-Minus looks for beside the checklist. */
const BESIDE = 'tminus.yaml';

/** The commands to type next, the most useful first. `run` is always among them. */
function nextCommands(plan: Plan, options: CheckPageOptions): Next {
  const {file, bindings, program = 'tminus', given, connects = false, procedure, reviewing = {}} = options;
  const more = [
    ...(given === undefined ? [] : ['-b', given]),
    ...(procedure === undefined ? [] : ['--procedure', procedure]),
  ];
  const bound = given === undefined ? [] : ['-b', given];
  const command = (name: string, ...flags: string[]) =>
    commandText(program, [name, file, ...(name === 'init' ? bound : more), ...flags]);
  const wrong = plan.problems.filter(({severity, code}) => severity === 'error' && code.endsWith('-binding'));
  const hasFile = bindings?.file !== undefined;
  const isOpen = openNames({plan, bindings}).length > 0;
  const run = {command: command('run'), why: 'opens the console'};
  const isReviewed = leftToReview(plan, reviewing) === undefined;
  const review = isReviewed ? [] : [{command: command('review'), why: 'confirms what may run'}];
  if (wrong.length > 0) return [{command: command('check'), why: 'once the bindings are corrected'}, run];
  if (hasFile && isOpen) {
    const why = 'works already: steps can be ticked by hand';
    return [
      {command: command('check'), why: `once ${given ?? BESIDE} has the values that are open`},
      ...review,
      {...run, why},
    ];
  }
  const init = {command: command('init'), why: `writes ${BESIDE}, to be filled in`};
  if (isOpen || (!hasFile && !plan.steps.some(isAutomatic))) {
    const why = 'works already: steps can be ticked by hand';
    return [init, ...review, {...run, why}];
  }
  const connect = {command: command('check', '--connect'), why: 'proves hosts, databases, logs and the rollback'};
  // With a bindings file, what it leaves out was left out on purpose.
  const tie =
    !hasFile && plan.rules.some(isBlind) ? [{...init, why: `writes ${BESIDE}, for what nothing measures`}] : [];
  return [...tie, ...review, ...(connects ? [] : [connect]), run];
}

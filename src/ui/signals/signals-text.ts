/** All signals in one table, baseline beside now, and the verdicts of all rules below it. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {Standing} from '../../run/outcome.ts';
import {readingsOf} from '../../run/rules/signal-readings.ts';
import type {RunState} from '../../run/state.ts';
import {type SignalRow, signalRows} from '../../run/wording/signal-rows.ts';
import type {VerdictLine} from '../../run/wording/verdict-lines.ts';
import {plural} from '../../text/figures.ts';
import {age, took} from '../../text/times.ts';
import {cut, displayWidth, fitTo, wrap} from '../../text/width.ts';
import {figure, quantity} from '../charts/chart-scale.ts';
import {silenceOf, silenceWords} from '../charts/signal-health.ts';
import {sparkline} from '../charts/sparkline.ts';
import {asOf, isUnseen, liveVerdicts, standingLook, TROUBLE, unwatched} from '../rules/live-verdicts.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {TextWriter} from '../widgets/themed-text.ts';

/** `lostAt`: since when no engine measures. */
type SignalsOf = {plan: Plan; state: RunState; now: number; writer: TextWriter; lostAt?: number | undefined};

export function signalsLines(facts: SignalsOf): string[] {
  const {plan, state, now, writer, lostAt} = facts;
  const rows = signalRows(plan, state, now);
  const verdicts = unwatched(liveVerdicts(plan, state), lostAt);
  const table = rows.length === 0 ? [] : [headRow(writer), ...rows.flatMap(row => signalRow(row, verdicts, facts)), ''];
  const counted = verdicts.filter(({assessment}) => assessment.standing.kind !== 'blind').length;
  const heading = `verdicts of ${plural(verdicts.length, 'rule')}, ${verdicts.length - counted} not measured`;
  return [
    ...(rows.length === 0 ? [writer.write('muted', 'Nothing is measured: no probe is bound.'), ''] : table),
    writer.rule(verdicts.length === 0 ? 'no rules in this checklist' : heading),
    ...verdictRows(verdicts, writer),
    ...sourceRows(rows, writer),
  ];
}

/** Where each signal comes from, in the words of the bindings. */
function sourceRows(rows: readonly SignalRow[], writer: TextWriter): string[] {
  const known = rows.filter(({source}) => source !== undefined);
  if (known.length === 0) return [];
  const width = Math.min(NAME_WIDTH_MAX, Math.max(...known.map(({name}) => displayWidth(name))));
  const lines = known.map(({name, source}) => {
    const place = source?.on === undefined ? '' : ` on ${source.on}`;
    const pace = source?.everyMs === undefined ? '' : ` every ${took(source.everyMs)}`;
    const text = cut(
      writer.plain(`${source?.what ?? ''}${place}${pace}`),
      writer.width - width - GAP,
      writer.glyphs.ellipsis,
    );
    return `${writer.write('text', fitTo(writer.plain(name), width, writer.glyphs.ellipsis))}${' '.repeat(GAP)}${writer.write('muted', text)}`;
  });
  return ['', writer.rule('where the readings come from'), ...lines];
}

type Column = {
  head: string;
  width: number;
  right: boolean;
  /** The order in which columns are left out where there is no room: the highest number first. */
  spare: number;
  cell(row: SignalRow, facts: SignalsOf): {text: string; token: ThemeToken};
};

const NAME_WIDTH_MAX = 22;
const NAME_WIDTH_MIN = 10;
const TREND_WIDTH = 8;
const TREND_MS = 300_000;
const GAP = 2;

const COLUMNS: readonly Column[] = [
  {head: 'now', width: 9, right: true, spare: 0, cell: ({now, unit}) => ({text: shown(now, unit), token: 'title'})},
  {head: 'change', width: 7, right: true, spare: 2, cell: changeCell},
  {
    head: 'baseline',
    width: 9,
    right: true,
    spare: 1,
    cell: ({baseline, unit}) => ({text: shown(baseline?.value, unit), token: 'muted'}),
  },
  {
    head: 'expected',
    width: 9,
    right: true,
    spare: 3,
    cell: ({expected}) => ({text: expectedText(expected), token: 'text'}),
  },
  {head: 'trend', width: TREND_WIDTH, right: false, spare: 4, cell: trendCell},
  {head: 'read', width: 5, right: true, spare: 5, cell: ageCell},
  {head: 'from', width: 30, right: false, spare: 6, cell: ({source}) => ({text: source?.what ?? '', token: 'muted'})},
];

/** The name gets the columns that are left. Where it would be too short, columns are left out, the least important first. */
function columnsFor(writer: TextWriter): {name: number; columns: readonly Column[]} {
  const {width} = writer;
  const signs = signWidth(writer);
  for (let spare = COLUMNS.length; spare > 0; spare--) {
    const columns = COLUMNS.filter(column => column.spare < spare);
    const name = width - signs - columns.reduce((sum, column) => sum + column.width + GAP, 0);
    if (name >= NAME_WIDTH_MIN) return {name: Math.min(NAME_WIDTH_MAX, name), columns};
  }
  return {name: Math.max(1, width - signs), columns: []};
}

/** In ASCII a sign may be two characters wide. */
function signWidth({glyphs}: TextWriter): number {
  return glyphs.ascii ? 3 : 2;
}

function headRow(writer: TextWriter): string {
  const {name, columns} = columnsFor(writer);
  const heads = columns.map(({head, width, right}) => placed(head, width, right, writer)).join(' '.repeat(GAP));
  return writer.write(
    'muted',
    `${' '.repeat(signWidth(writer))}${fitTo('signal', name, '')}${' '.repeat(GAP)}${heads}`.trimEnd(),
  );
}

function signalRow(row: SignalRow, verdicts: readonly VerdictLine[], facts: SignalsOf): string[] {
  const {plan, state, now, writer, lostAt} = facts;
  const {name: nameWidth, columns} = columnsFor(writer);
  const silence = silenceOf(plan, state, row.name, now, lostAt);
  const {sign, token} = signOf(row.name, verdicts, silence !== undefined, writer);
  const cells = columns.map(column => {
    const {text, token: own} = column.cell(row, facts);
    return writer.write(silence === undefined ? own : 'muted', placed(text, column.width, column.right, writer));
  });
  const name = fitTo(writer.plain(row.name), nameWidth, writer.glyphs.ellipsis);
  const line = [
    `${writer.write(token, sign)}${' '.repeat(signWidth(writer) - displayWidth(sign))}${writer.write(token === 'muted' ? 'muted' : 'text', name)}`,
    ...cells,
  ];
  const why = silence === undefined ? [] : wrap(writer.plain(silenceWords(silence)), Math.max(1, writer.width - 4));
  return [line.join(' '.repeat(GAP)), ...why.map(text => writer.write('warn', `    ${text}`))];
}

const WORST: readonly Standing['kind'][] = [...TROUBLE, 'ok', 'warming', 'disarmed', 'blind'];

/** The worst standing of the rules on the signal. A signal that is no longer read is never green. */
function signOf(name: string, verdicts: readonly VerdictLine[], silent: boolean, {glyphs}: TextWriter) {
  const kinds = verdicts.filter(({rule}) => rule.signal === name).map(({assessment}) => assessment.standing.kind);
  const worst = WORST.find(kind => kinds.includes(kind));
  if (silent && (worst === undefined || worst === 'ok')) return {sign: glyphs.unknown, token: 'muted' as const};
  return worst === undefined ? {sign: '', token: 'text' as const} : standingLook(worst, glyphs);
}

function changeCell({change}: SignalRow, {writer: {glyphs}}: SignalsOf): {text: string; token: ThemeToken} {
  if (change === undefined || Math.abs(change) < 1) return {text: change === undefined ? '' : 'same', token: 'muted'};
  const arrow = change < 0 ? glyphs.arrowDown : glyphs.arrowUp;
  return {text: `${arrow} ${figure(Math.round(Math.abs(change)))} %`, token: change < 0 ? 'good' : 'warn'};
}

function expectedText(expected: SignalRow['expected']): string {
  if (expected === undefined) return '';
  const {op = '', value, isBad} = expected;
  return `${isBad ? 'not ' : ''}${op}${figure(value)}`;
}

function trendCell({name}: SignalRow, {state, now, writer}: SignalsOf): {text: string; token: ThemeToken} {
  const samples = readingsOf(state, name)?.samples ?? [];
  const spark = {fromMs: now - TREND_MS, now, width: TREND_WIDTH};
  return {text: samples.length === 0 ? '' : sparkline(samples, spark, writer.glyphs), token: 'chart.line'};
}

function ageCell({lastAt}: SignalRow, {now}: SignalsOf): {text: string; token: ThemeToken} {
  return {text: lastAt === undefined ? 'never' : age(now - lastAt), token: 'muted'};
}

function shown(value: number | undefined, unit: SignalRow['unit']): string {
  if (value === undefined) return '';
  return quantity(value, unit ?? 'count');
}

function placed(text: string, width: number, right: boolean, {glyphs, plain}: TextWriter): string {
  // A sparkline is drawn with signs of its own, which the ASCII set has already.
  const clean = glyphs.ascii ? plain(text) : text;
  const fitted = fitTo(clean, width, glyphs.ellipsis);
  return right && displayWidth(clean) < width ? clean.padStart(width + clean.length - displayWidth(clean)) : fitted;
}

/** Keeps the given order, with blind rules last. Details are on the same row where they fit, else below a rule in trouble. */
function verdictRows(verdicts: readonly VerdictLine[], writer: TextWriter): string[] {
  const blind = verdicts.filter(({assessment}) => assessment.standing.kind === 'blind');
  const others = verdicts.filter(({assessment}) => assessment.standing.kind !== 'blind');
  return [...others.flatMap(line => ruleRows(line, writer)), ...blindRows(blind, writer)];
}

/** The words that say that the tie was guessed. */
const GUESS = 'a guess';

function ruleRows(line: VerdictLine, writer: TextWriter): string[] {
  const {assessment, text, details = [], guess, rule} = line;
  const {kind} = assessment.standing;
  const isOld = (kind === 'ok' || kind === 'warming') && isUnseen(line);
  const {sign, token} = standingLook(isOld ? 'blind' : kind, writer.glyphs);
  const head = writer.plain(`${sign.padEnd(2)} ${isOld ? `${text} ${asOf(line)}`.trim() : text}`);
  const role = `${rule.role}, line ${rule.line}`;
  const said = [...(guess === undefined ? [] : [GUESS]), ...details, role];
  const row = writer.write(token, cut(head, writer.width, writer.glyphs.ellipsis));
  const isTrouble = TROUBLE.includes(assessment.standing.kind);
  const beside = fittingBeside(isTrouble ? [role] : said, writer.width - displayWidth(head) - GAP, writer);
  const first = beside === '' ? row : `${row}  ${writer.write('muted', beside)}`;
  if (!isTrouble && guess === undefined && line.failing === undefined && line.staleMs === undefined) return [first];
  const rest = details.filter(detail => !beside.includes(writer.plain(detail)));
  const below = wrap(writer.plain(rest.join(` ${writer.glyphs.separator} `)), writer.width - GAP - 1);
  return [first, ...below.map(text => writer.write('muted', `   ${text}`))];
}

function fittingBeside(parts: readonly string[], room: number, writer: TextWriter): string {
  let row = '';
  for (const part of parts) {
    const next = writer.plain(row === '' ? part : `${row} ${writer.glyphs.separator} ${part}`);
    if (displayWidth(next) > room) continue;
    row = next;
  }
  return row;
}

const BIND_HINT =
  'In the bindings file, a probe under probes: and an entry { match: "…", probe: NAME } under rules: tie a rule to what measures it.';

/** Blind rules are never green. The last rows say how to bind them to a probe. */
function blindRows(lines: readonly VerdictLine[], writer: TextWriter): string[] {
  if (lines.length === 0) return [];
  return [
    '',
    writer.rule(`${plural(lines.length, 'rule')} that nothing measures`),
    ...lines.map(({rule}) => {
      const place = `line ${rule.line}`;
      const text = cut(
        writer.plain(`${writer.glyphs.unknown}  ${rule.text}`),
        writer.width - displayWidth(place) - GAP,
        writer.glyphs.ellipsis,
      );
      return `${writer.write('standing.blind', text)}  ${writer.write('muted', place)}`;
    }),
    ...wrap(BIND_HINT, writer.width).map(text => writer.write('muted', text)),
  ];
}

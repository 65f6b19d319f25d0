/** The row below the panels: verdicts of the rules, the most urgent first, and who drives. */
import {Box} from 'ink';
import {useMemo} from 'react';
import {useStore} from 'zustand';
import {type Console, personOf} from '../../run/console.ts';
import type {LeaseState} from '../../run/events/ledger-events.ts';
import type {Assessment} from '../../run/outcome.ts';
import type {RunState} from '../../run/state.ts';
import {measuredText, STANDING_WORDS} from '../../run/wording/standing-words.ts';
import {nameOf as ruleName, type VerdictLine} from '../../run/wording/verdict-lines.ts';
import {boundQuantity, plural} from '../../text/figures.ts';
import {cut, displayWidth, fitTo} from '../../text/width.ts';
import {asOf, isDown, isUnseen, liveVerdicts, TROUBLE, unwatched} from '../rules/live-verdicts.ts';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import type {Lost} from '../view/view-state.ts';
import {Row} from '../widgets/panel.tsx';
import {plainFor, type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {cutWhole} from './alert-bar.ts';

type RulesRowProps = {session: Session; columns: number; glyphs: Glyphs; theme: Theme; lost: Lost | null};

/** Verdicts at the left; at the right how far the team's ledger is behind, if it is, and who drives. */
export function RulesRow({session, columns, glyphs, theme, lost}: RulesRowProps) {
  const {plan, run, consoleId} = session;
  const state = useStore(run);
  const {consoles, driver, ledgerBehind, seq, closed} = state;
  // Without an engine nobody drives anything.
  const isLost = lost !== null;
  const who = useMemo(
    () => (isLost ? '' : whoText({consoles, driver}, consoleId, glyphs)),
    [consoles, driver, consoleId, glyphs, isLost],
  );
  const behind = ledgerBehind && seq - ledgerBehind.copied;
  const lease = closed === null ? state.lease?.status : undefined;
  const ledger = [leaseText(lease), behind === undefined ? '' : `ledger ${behind} behind`].filter(Boolean).join('  ');
  const row = useMemo(() => {
    const lines = unwatched(liveVerdicts(plan, state), lost?.at);
    const writer = textWriter(theme, glyphs, columns);
    const rest = columns - displayWidth(ledger) - (ledger === '' ? 2 : 4);
    // Who drives takes what the verdicts leave, and a part of the row at least.
    const spare = rest - displayWidth(verdictRow(lines, rest, writer).trimEnd()) - 1;
    const shown = cut(who, Math.max(Math.floor(columns / 4), spare), glyphs.ellipsis);
    const verdicts = verdictRow(lines, rest - displayWidth(shown), writer);
    return `${verdicts}${ledger === '' ? '' : `  ${theme.paint('warn', ledger)}`}  ${theme.paint('muted', shown)}`;
  }, [plan, state, lost, theme, glyphs, columns, ledger, who]);
  return (
    <Box flexShrink={0} height={1}>
      <Row text={row} />
    </Box>
  );
}

function leaseText(status: LeaseState['status'] | undefined): string {
  if (status === undefined || status === 'held') return '';
  return status === 'lost' ? 'lease LOST' : 'lease not sure';
}

/** `you drive · bo observes`, `you observe · ana drives`. */
export function whoText(
  {consoles, driver}: Pick<RunState, 'consoles' | 'driver'>,
  own: string,
  glyphs: Glyphs,
): string {
  const all = Object.values(consoles);
  const name = (id: string) => (id === own ? 'you' : nameOf(consoles[id], id));
  const verb = (id: string, plural: string) => (id === own ? plural : `${plural}s`);
  const watching = all
    .filter(({id}) => id !== driver)
    .map(({id}) => ({id, text: `${name(id)} ${verb(id, 'observe')}`}));
  const driving = driver === null ? 'nobody drives' : `${name(driver)} ${verb(driver, 'drive')}`;
  // The reader's own role comes first, because the rest may be cut.
  const mine = watching.filter(({id}) => id === own);
  const parts = [
    ...mine.map(({text}) => text),
    driving,
    ...watching.filter(one => !mine.includes(one)).map(({text}) => text),
  ];
  return plainFor(parts.join(` ${glyphs.separator} `), glyphs);
}

function nameOf(console: Console | undefined, id: string): string {
  return console === undefined ? id : personOf(console);
}

/** ` P95 store_message 612 ms ok <850 · error rate 0.0 % ok … · 4 rules not measured +3 more`, `width` columns. */
export function verdictRow(lines: readonly VerdictLine[], width: number, writer: TextWriter): string {
  if (lines.length === 0)
    return fitTo(writer.write('muted', ' no rules in this checklist'), width, writer.glyphs.ellipsis);
  const separator = writer.write('muted', ` ${writer.glyphs.separator} `);
  let row = '';
  let shown = 0;
  for (const [index, {text, short, count}] of wordsOf(lines, writer).entries()) {
    const left = lines.length - shown - count;
    const more = left === 0 ? 0 : displayWidth(moreText(left, writer));
    const fits = (said: string) => displayWidth(row) + displayWidth(said) + 1 + more <= width;
    const next = `${row}${index === 0 ? ` ${fits(text) ? text : (short ?? text)}` : `${separator}${text}`}`;
    const isWhole = displayWidth(next) + more <= width;
    if (!isWhole && index > 0) break;
    row = isWhole ? next : cutWhole(next, Math.max(1, width - more), writer);
    shown += count;
  }
  const left = lines.length - shown;
  return fitTo(left === 0 ? row : row + moreText(left, writer), width, writer.glyphs.ellipsis);
}

/** `short`: its name, value and bound alone, for where the whole does not fit. */
type Words = {text: string; short?: string; count: number};

/**
 * Verdicts on measurements first, triggers before the others; then what persons report. Rules without a verdict are
 * only counted, by reason.
 */
function wordsOf(lines: readonly VerdictLine[], writer: TextWriter): Words[] {
  // Several rules may say the same about one metric; the rollback trigger comes first.
  const trouble = lines
    .filter(line => rank(line) >= 0)
    .sort((a, b) => rank(a) - rank(b) || Number(isTrigger(b)) - Number(isTrigger(a)));
  const quiet = lines.filter(({assessment: {standing}}) => standing.kind === 'ok' || standing.kind === 'warming');
  const calm = quiet
    .filter(({cutAt}) => cutAt === undefined)
    .sort((a, b) => Number(isTrigger(b)) - Number(isTrigger(a)));
  const [measured, reported] = [calm.filter(({rule}) => !rule.person), calm.filter(({rule}) => rule.person)];
  return [
    ...once([...trouble, ...measured].map(line => verdict(line, writer))).map((words, index) =>
      index === 0 ? {...words, ...shortOf(trouble[0], writer)} : words,
    ),
    ...cutOff(quiet, writer),
    ...once(reported.map(line => verdict(line, writer))),
    ...counted(lines, 'disarmed', writer),
    ...counted(lines, 'blind', writer),
  ];
}

/** `? 7 rules stand still, as of 14:02:31: link to vps lost`: of each host whose link is lost. */
function cutOff(quiet: readonly VerdictLine[], writer: TextWriter): Words[] {
  const hosts = new Set(quiet.flatMap(({cutAt}) => cutAt ?? []));
  return [...hosts].map(host => {
    const own = quiet.filter(({cutAt}) => cutAt === host);
    const readAt = Math.max(0, ...own.flatMap(({readAt}) => readAt ?? []));
    const old = readAt === 0 ? '' : `, ${asOf({readAt})}`;
    const words = `${plural(own.length, 'rule')} ${own.length === 1 ? 'stands' : 'stand'} still${old}: link to ${host} lost`;
    return {text: writer.write('standing.blind', `${writer.glyphs.unknown} ${words}`), count: own.length};
  });
}

/** `▲ database connection failures 96 in 60 s TRIPPED >0`: of a rule in trouble value and bound are never cut. */
function shortOf(line: VerdictLine | undefined, writer: TextWriter): {short?: string} {
  if (line === undefined || line.assessment.value === undefined) return {};
  const {rule, assessment} = line;
  const {kind} = assessment.standing;
  const {token, isAlert} = LOOKS[kind];
  const bound = `${rule.op}${boundQuantity(rule.value, rule.unit)}`;
  const text = `${ruleName(line)} ${measuredText(rule, line.assessment.value, line.measuredIn)} ${STANDING_WORDS[kind]} ${bound}`;
  return {short: writer.write(token, isAlert ? `${writer.glyphs.alert} ${text}` : text)};
}

function once(texts: readonly string[]): Words[] {
  return [...new Set(texts)].map(text => ({text, count: texts.filter(other => other === text).length}));
}

function isTrigger({rule}: VerdictLine): boolean {
  return rule.role === 'trigger';
}

/** Position in `TROUBLE`; below 0 where the rule is in no trouble. */
function rank({assessment}: VerdictLine): number {
  return TROUBLE.indexOf(assessment.standing.kind);
}

function counted(all: readonly VerdictLine[], kind: 'disarmed' | 'blind', writer: TextWriter): Words[] {
  const lines = all.filter(({assessment}) => assessment.standing.kind === kind);
  const [first] = lines;
  if (first === undefined) return [];
  if (lines.length === 1) return [{text: verdict(first, writer), count: 1}];
  const why = kind === 'disarmed' && first.assessment.because !== '' ? `: ${first.assessment.because}` : '';
  return [
    {text: writer.write('standing.blind', `${lines.length} rules ${STANDING_WORDS[kind]}${why}`), count: lines.length},
  ];
}

function verdict(line: VerdictLine, writer: TextWriter): string {
  const {assessment, brief: text} = line;
  // Nobody knows how a signal is that is no longer read.
  const {kind} = assessment.standing;
  if ((kind === 'ok' || kind === 'warming') && isUnseen(line))
    return writer.write('standing.blind', `${writer.glyphs.unknown} ${[text, asOf(line)].join(' ').trim()}`);
  if (isDown(line)) return writer.write('bad', `${writer.glyphs.alert} ${text}`);
  const {token, isAlert} = LOOKS[kind];
  return writer.write(token, isAlert ? `${writer.glyphs.alert} ${text}` : text);
}

function moreText(count: number, writer: TextWriter): string {
  return writer.write('muted', ` +${count} more`);
}

/** A sign beside the words, so that trouble is easy to find without colour. */
const LOOKS: Readonly<Record<Assessment['standing']['kind'], {token: ThemeToken; isAlert?: true}>> = {
  tripped: {token: 'standing.tripped', isAlert: true},
  breached: {token: 'standing.breached', isAlert: true},
  grey: {token: 'standing.grey'},
  ok: {token: 'standing.ok'},
  warming: {token: 'standing.warming'},
  blind: {token: 'standing.blind'},
  disarmed: {token: 'standing.blind'},
};

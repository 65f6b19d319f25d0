/** One row of verdicts, the most urgent first; what does not fit is counted, never cut in the middle. */
import {useMemo} from 'react';
import {useStore} from 'zustand';
import type {Assessment} from '../../run/outcome.ts';
import type {VerdictLine} from '../../run/wording/verdict-lines.ts';
import {displayWidth, fitTo} from '../../text/width.ts';
import {liveVerdicts} from '../rules/live-verdicts.ts';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {Row} from '../widgets/panel.tsx';
import {type Pen, penFor} from '../widgets/pen.ts';

export type RulesLineProps = {session: Session; width: number; theme: Theme; glyphs: Glyphs};

export function RulesLine({session, width, theme, glyphs}: RulesLineProps) {
  const state = useStore(session.run);
  const {plan} = session;
  const text = useMemo(
    () => verdictRow(liveVerdicts(plan, state), width, penFor(theme, glyphs, width)),
    [plan, state, width, theme, glyphs],
  );
  return <Row text={text} />;
}

/** ` P95 store_message 612 ms ok <850 n=143 · error rate 0.0 % ok … · 4 blind +3 more`, exactly `width` columns. */
export function verdictRow(lines: readonly VerdictLine[], width: number, pen: Pen): string {
  if (lines.length === 0) return fitTo(pen.write('muted', ' no rules in this checklist'), width, pen.glyphs.ellipsis);
  const separator = pen.write('muted', ` ${pen.glyphs.separator} `);
  let row = '';
  let shown = 0;
  for (const [index, {text, count}] of wordsOf(lines, pen).entries()) {
    const next = `${row}${index === 0 ? ' ' : separator}${text}`;
    const left = lines.length - shown - count;
    const more = left === 0 ? 0 : displayWidth(moreText(left, pen));
    if (displayWidth(next) + more > width && index > 0) break;
    row = next;
    shown += count;
  }
  const left = lines.length - shown;
  return fitTo(left === 0 ? row : row + moreText(left, pen), width, pen.glyphs.ellipsis);
}

type Words = {text: string; count: number};

/** Verdicts on measurements first, at their head what may call for a rollback; then on what persons report; rules without a verdict are counted by why. */
function wordsOf(lines: readonly VerdictLine[], pen: Pen): Words[] {
  // Several rules may say the same of one metric; the one that calls for a rollback stands before them.
  const trouble = lines
    .filter(({assessment}) => isTrouble(assessment.standing))
    .sort((a, b) => rank(a) - rank(b) || Number(isTrigger(b)) - Number(isTrigger(a)));
  const calm = lines
    .filter(({assessment: {standing}}) => standing.kind === 'ok' || standing.kind === 'warming')
    .sort((a, b) => Number(isTrigger(b)) - Number(isTrigger(a)));
  const [measured, reported] = [calm.filter(({rule}) => !rule.person), calm.filter(({rule}) => rule.person)];
  return [
    ...once([...trouble, ...measured, ...reported].map(line => verdict(line, pen))),
    ...counted(lines, 'disarmed', pen),
    ...counted(lines, 'blind', pen),
  ];
}

function once(texts: readonly string[]): Words[] {
  return [...new Set(texts)].map(text => ({text, count: texts.filter(other => other === text).length}));
}

const RANKS: readonly Assessment['standing']['kind'][] = ['tripped', 'breached', 'grey'];

function isTrigger({rule}: VerdictLine): boolean {
  return rule.role === 'trigger';
}

function rank({assessment}: VerdictLine): number {
  return RANKS.indexOf(assessment.standing.kind);
}

function isTrouble({kind}: Assessment['standing']): boolean {
  return kind === 'tripped' || kind === 'breached' || kind === 'grey';
}

function counted(all: readonly VerdictLine[], kind: 'disarmed' | 'blind', pen: Pen): Words[] {
  const lines = all.filter(({assessment}) => assessment.standing.kind === kind);
  const [first] = lines;
  if (first === undefined) return [];
  if (lines.length === 1) return [{text: verdict(first, pen), count: 1}];
  const why = kind === 'disarmed' && first.assessment.because !== '' ? `: ${first.assessment.because}` : '';
  return [{text: pen.write('standing.blind', `${lines.length} rules ${kind}${why}`), count: lines.length}];
}

function verdict({assessment, text, staleMs, failing}: VerdictLine, pen: Pen): string {
  const isUnseen = assessment.standing.kind === 'ok' && (staleMs !== undefined || failing !== undefined);
  // What is not read any more may be as good as it was, or not: nobody knows.
  if (isUnseen) return pen.write('standing.blind', `${pen.glyphs.unknown} ${text}`);
  const {token, sign} = lookOf(assessment.standing, pen.glyphs);
  return pen.write(token, sign === '' ? text : `${sign} ${text}`);
}

function moreText(count: number, pen: Pen): string {
  return pen.write('muted', ` +${count} more`);
}

// The words say it already; signs make what is wrong findable without colour.
function lookOf(standing: Assessment['standing'], glyphs: Glyphs): {token: ThemeToken; sign: string} {
  switch (standing.kind) {
    case 'tripped':
      return {token: 'standing.tripped', sign: glyphs.alert};
    case 'breached':
      return {token: 'standing.breached', sign: glyphs.alert};
    case 'grey':
      return {token: 'standing.grey', sign: ''};
    case 'ok':
      return {token: 'standing.ok', sign: ''};
    case 'warming':
      return {token: 'standing.warming', sign: ''};
    case 'blind':
    case 'disarmed':
      return {token: 'standing.blind', sign: ''};
  }
}

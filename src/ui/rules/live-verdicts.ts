/** The verdicts of a state, computed once for all panels, and the sign and colour of each standing. */
import type {Plan} from '../../plan/plan.ts';
import type {Standing} from '../../run/outcome.ts';
import type {RunState} from '../../run/state.ts';
import {type VerdictLine, verdictLines} from '../../run/wording/verdict-lines.ts';
import {localClock} from '../../text/times.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';

const known = new WeakMap<
  RunState,
  {plan: Plan; lines: readonly VerdictLine[]; byRule: ReadonlyMap<string, VerdictLine>}
>();

function verdictsOf(plan: Plan, state: RunState) {
  const before = known.get(state);
  if (before?.plan === plan) return before;
  const lines = verdictLines(plan, state);
  const verdicts = {plan, lines, byRule: new Map(lines.map(line => [line.rule.id, line]))};
  known.set(state, verdicts);
  return verdicts;
}

/** The verdicts, the most urgent first. */
export function liveVerdicts(plan: Plan, state: RunState): readonly VerdictLine[] {
  return verdictsOf(plan, state).lines;
}

export function liveVerdict(plan: Plan, state: RunState, ruleId: string): VerdictLine | undefined {
  return verdictsOf(plan, state).byRule.get(ruleId);
}

/** The same without an engine since `lostAt`: nothing is measured, and what was well is known as of then. */
export function unwatched(lines: readonly VerdictLine[], lostAt: number | undefined): readonly VerdictLine[] {
  if (lostAt === undefined) return lines;
  return lines.map(line => (isUnseen(line) ? line : {...line, staleMs: 0, readAt: lostAt}));
}

/** Failures of one source that last longer than this are no passing ones. */
const FAILING_MS_MAX = 30_000;

/** Whether its value is an old one. While some measurements fail and others do not, it is known all the time. */
export function isUnseen({staleMs, cutAt, failing}: Pick<VerdictLine, 'staleMs' | 'cutAt' | 'failing'>): boolean {
  return staleMs !== undefined || cutAt !== undefined || (failing !== undefined && failing.forMs > FAILING_MS_MAX);
}

/** `as of 14:02:31`; empty for a value that is known now, and for one that was never read. */
export function asOf({readAt}: Pick<VerdictLine, 'readAt'>): string {
  return readAt === undefined ? '' : `as of ${localClock(readAt)}`;
}

/** Nothing measured answers, and no step restarts it: the service is down, as far as can be seen. */
export function isDown({cutAt, failing, assessment: {standing}}: VerdictLine): boolean {
  return standing.kind === 'warming' && cutAt === undefined && failing !== undefined && failing.settling !== true;
}

/** The standings that mean trouble, the worst first. */
export const TROUBLE: readonly Standing['kind'][] = ['tripped', 'breached', 'grey'];

/** The sign of a standing, which is clear without colour too, and its colour. */
export function standingLook(kind: Standing['kind'], glyphs: Glyphs): {sign: string; token: ThemeToken} {
  switch (kind) {
    case 'tripped':
      return {sign: glyphs.ascii ? '!!' : glyphs.failed, token: 'standing.tripped'};
    case 'breached':
      return {sign: glyphs.ascii ? '!' : glyphs.failed, token: 'standing.breached'};
    case 'grey':
      return {sign: '~', token: 'standing.grey'};
    case 'ok':
      return {sign: glyphs.ascii ? 'ok' : glyphs.passed, token: 'standing.ok'};
    case 'warming':
      return {sign: glyphs.pending, token: 'standing.warming'};
    case 'blind':
      return {sign: glyphs.unknown, token: 'standing.blind'};
    case 'disarmed':
      return {sign: glyphs.dash, token: 'muted'};
  }
}

/** How long a document takes, deploy and rollback, and until when a rollback still fits. */
import type {MetaEntry, Plan, Section, Step} from '../../plan/plan.ts';
import {missionTime, stretchText} from '../../text/times.ts';
import type {Finding} from './finding.ts';

/** Milliseconds. `decideByMs` after the deploy began; `windowFrom`: the words of the document that say the window. */
export type Forecast = {
  deployMs: number;
  rollbackMs: number;
  windowMs?: number;
  windowLine?: number;
  windowFrom?: string;
  decideByMs?: number;
};

const BY_HAND_MS = 60_000;
const BY_ENGINE_MS = 2000;

/** `usualMs`: by step id, what steps usually take. */
export function forecastOf(plan: Plan, usualMs: Readonly<Record<string, number>>): Forecast {
  const back = new Set(plan.rollback?.steps ?? []);
  const others = new Set((plan.rollbacks ?? []).flatMap(({steps}) => steps));
  const running = plan.sections.filter(({use}) => use === 'run');
  const deployMs = running.reduce((sum, section) => {
    const steps = plan.steps.filter(({id, section: own}) => own === section.id && !back.has(id) && !others.has(id));
    return sum + Math.max(msOf(steps, usualMs), leastOf(section, plan.sections));
  }, 0);
  const rollbackMs = msOf(
    plan.steps.filter(({id}) => back.has(id)),
    usualMs,
  );
  const window = windowOf(plan);
  if (window === undefined) return {deployMs, rollbackMs};
  return {deployMs, rollbackMs, ...window, decideByMs: Math.max(0, window.windowMs - rollbackMs)};
}

/** Only the longest of several ways counts, because it is not known which one is taken. */
function msOf(steps: readonly Step[], usualMs: Readonly<Record<string, number>>): number {
  const plain = steps.filter(({arm}) => arm === undefined).reduce((sum, step) => sum + stepMs(step, usualMs), 0);
  const inArms = Map.groupBy(
    steps.filter(({arm}) => arm !== undefined),
    ({arm}) => arm?.choice ?? '',
  );
  const chosen = [...inArms.values()].map(own => {
    const arms = [...Map.groupBy(own, ({arm}) => arm?.arm ?? '').values()];
    return Math.max(...arms.map(arm => arm.reduce((sum, step) => sum + stepMs(step, usualMs), 0)));
  });
  return chosen.reduce((sum, ms) => sum + ms, plain);
}

function stepMs({id, action, estimate, waitMs}: Step, usualMs: Readonly<Record<string, number>>): number {
  const stated = estimate === undefined ? waitMs : (estimate.minMs + estimate.maxMs) / 2;
  const usual = usualMs[id];
  if (usual !== undefined) return Math.max(usual, waitMs ?? 0);
  if (stated !== undefined) return stated;
  return action.kind === 'manual' || action.kind === 'input' ? BY_HAND_MS : BY_ENGINE_MS;
}

/** What a title says counts where no section below it says more. */
function leastOf({id, estimate}: Section, sections: readonly Section[]): number {
  const isDivided = sections.some(({parent, estimate: below}) => parent === id && below !== undefined);
  return estimate === undefined || isDivided ? 0 : estimate.minMs;
}

function windowOf({
  meta,
  expectedDuration,
  source,
}: Plan): Required<Pick<Forecast, 'windowMs' | 'windowFrom' | 'windowLine'>> | undefined {
  const entry = meta.find(({key, blank}) => !blank && WINDOW.test(key));
  const between = entry === undefined ? undefined : clockSpan(entry);
  if (entry !== undefined && between !== undefined)
    return {windowMs: between, windowFrom: `${entry.key}: ${entry.value}`, windowLine: entry.line};
  if (expectedDuration === undefined) return undefined;
  const line = meta.find(({key}) => DURATION.test(key))?.line ?? source.findIndex(text => DURATION.test(text)) + 1;
  return {windowMs: expectedDuration.maxMs, windowFrom: (source[line - 1] ?? '').trim(), windowLine: Math.max(1, line)};
}

const DURATION = /durat|dur[ée]e|dauer|duraci|duraç/i;
const WINDOW = /window|fenster|fen[êe]tre|ventana|janela|okno/i;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** `22:00 - 23:30`, over midnight as well. */
function clockSpan({value}: MetaEntry): number | undefined {
  const [from, to] = [...value.matchAll(/(\d{1,2})[:h](\d{2})/g)].map(
    ([, hours, minutes]) => (Number(hours) * 60 + Number(minutes)) * MINUTE_MS,
  );
  if (from === undefined || to === undefined || from === to) return undefined;
  return (to - from + DAY_MS) % DAY_MS;
}

/** Usual durations are no proof: a note each. */
export function timeFindings(plan: Plan, forecast: Forecast): Finding[] {
  const {deployMs, rollbackMs, windowMs, windowLine = 1, windowFrom = '', decideByMs = 0} = forecast;
  const note = (line: number, title: string, evidence: string, mend: string): Finding => ({
    kind: 'takes-too-long',
    weight: 'note',
    line,
    title,
    evidence: [evidence],
    mend,
    basis: 'told',
  });
  const {rollback} = plan;
  const estimate = rollback?.estimate;
  return [
    ...(rollback !== null && estimate !== undefined && rollbackMs > estimate.maxMs
      ? [
          note(
            rollback.line,
            `the rollback usually takes about ${stretchText(rollbackMs)}, and the document allows ${stretchText(estimate.maxMs)}`,
            `line ${rollback.line}: ${(plan.source[rollback.line - 1] ?? '').trim()}`,
            `Write about ${stretchText(rollbackMs)} in line ${rollback.line}, or make the rollback shorter.`,
          ),
        ]
      : []),
    ...(windowMs !== undefined && deployMs > decideByMs
      ? [
          note(
            windowLine,
            deployMs > windowMs
              ? `the deploy usually takes about ${stretchText(deployMs)}: longer than its window`
              : `a rollback at the end of the deploy no longer fits into the window: decide by ${missionTime(decideByMs)}`,
            windowFrom,
            `Write into the document: decide about the rollback by ${missionTime(decideByMs)}.`,
          ),
        ]
      : []),
  ];
}

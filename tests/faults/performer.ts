/** The engine's own way from a step of a document to its verdict, in this process and against a real world. */
import {openWorld} from '../../src/actions/open-world.ts';
import type {World} from '../../src/actions/world.ts';
import {createPerformer, type EffectParts} from '../../src/engine/perform-effects.ts';
import type {Bindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {Plan, Step} from '../../src/plan/plan.ts';
import type {Report} from '../../src/run/event.ts';
import {initialState} from '../../src/run/evolve.ts';
import {judge} from '../../src/run/judging/judge.ts';
import type {Outcome, Verdict} from '../../src/run/outcome.ts';
import {bindings, hostAt} from '../helpers/real-world.ts';
import type {SharedHost} from './shared.ts';

export type Claim = {verdict: Verdict; outcome: Outcome; printed: string};

export type Performer = {
  world: World;
  /** Performs the step to its one report, and judges that. */
  perform(step: Step, signal?: AbortSignal): Promise<Claim>;
};

type Options = {
  directory: string;
  bindings?: Partial<Bindings>;
  lostAfterMs?: number;
  /** Instead of the real one. */
  world?: World;
};

let opened = 0;

export async function withPerformer<T>(options: Options, work: (performer: Performer) => Promise<T>): Promise<T> {
  const {directory, lostAfterMs = 120_000} = options;
  const world =
    options.world ??
    openWorld({
      bindings: bindings(options.bindings),
      directory,
      onLink: () => {},
      lostAfterMs,
      jobsDirectory: `${directory}/.jobs`,
    });
  opened += 1;
  const runId = `faults-${process.pid}-${opened}`;
  let attempts = 0;
  try {
    return await work({
      world,
      perform(step, signal) {
        attempts += 1;
        return performed({world, step, runId, attempt: attempts}, signal);
      },
    });
  } finally {
    await world.close();
  }
}

type Performed = {world: World; step: Step; runId: string; attempt: number};

async function performed({world, step, runId, attempt}: Performed, signal?: AbortSignal): Promise<Claim> {
  const {promise, resolve} = Promise.withResolvers<Report>();
  const printed: (Buffer | string)[] = [];
  const plan = {...noPlan, steps: [step]};
  const parts = {
    plan,
    world,
    spool: {write: (_: string, chunk: Buffer | string) => printed.push(chunk), settle: () => {}},
    state: () => ({...initialState, run: {...initialState.run, id: runId}}),
    lookup: () => () => undefined,
    // A step that waits for its link comes to an end later.
    report: (report: Report) => report.type !== 'step-waits' && resolve(report),
    redact: <T>(value: T) => value,
  } as unknown as EffectParts;
  const effects = createPerformer(parts);
  effects.perform({type: 'perform', stepId: step.id, attempt, lane: 'main', rollback: false});
  const cancel = {type: 'cancel', stepId: step.id, attempt, deadlineMs: 10_000} as const;
  signal?.addEventListener('abort', () => effects.perform(cancel));
  const report = await promise;
  if (report.type !== 'step-reported') throw new Error(report.type);
  return {verdict: judge(step, report.outcome), outcome: report.outcome, printed: printed.join('')};
}

const noPlan: Plan = parsePlan('# None\n', bindings(), {env: {}});

/** What stands in the bindings for a host that faults share. */
export function hostBindings({configFile, directory}: SharedHost): Partial<Bindings> {
  return {hosts: {vps: {...hostAt('box', configFile), matches: ['user@your-vps-ip'], directory}}};
}

/** The steps of fences, each in a section of its own, on the host or here; read as any document is. */
export function stepsOf(
  fences: readonly string[],
  more: Partial<Bindings> = {},
  on: 'host' | 'here' = 'host',
): readonly Step[] {
  const parts = fences.map((fence, index) => {
    const first = on === 'host' ? 'ssh user@your-vps-ip\n' : '';
    return `### Step ${index + 1}\n\`\`\`bash\n${first}${fence}\n\`\`\`\n`;
  });
  const plan = parsePlan(`# Faults\n## Deployment\n${parts.join('\n')}`, bindings(more), {env: {}});
  if (plan.steps.length !== fences.length)
    throw new Error(`${fences.length} fences were read as ${plan.steps.length} steps`);
  return plan.steps;
}

/** So many at once, in order. */
export async function together<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  const take = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({length: atOnce}, take));
  return results;
}

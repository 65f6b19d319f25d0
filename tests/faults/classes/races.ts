/** Two people at once, each sure to be the one who drives: wishes that exclude each other, sent in the same moment. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {Connection} from '../../../src/attach/client.ts';
import type {Intent, Recorded} from '../../../src/run/event.ts';
import {eventually} from '../../helpers/eventually.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {openAttended} from '../attended.ts';
import {examineRun} from '../ledger.ts';
import {simulateRaces} from '../simulated-runs.ts';
import {onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

const RACES = 6;
const ROUNDS = 12;
const ROUND_MS = 250;

type Random = ReturnType<typeof seededRandom>;
type Asked = {name: string; tag: string; intent: Intent; refusal: string | undefined};

export const racingDrivers: FaultClass = {
  name: 'two drivers racing',
  real: () =>
    Array.from({length: RACES}, (_, seed) => ({
      name: `seed ${seed}`,
      run: () => onStage(stage => race(stage, seededRandom(600 + seed))),
    })),
  simulate: simulateRaces,
};

async function race(stage: Stage, random: Random): Promise<Result> {
  stage.pace(0.2);
  const {join} = await openAttended(stage);
  const [ana, bo] = [await join('ana'), await join('bo')];
  await eventually('readiness', () => ana.store.getState().readiness?.ready === true);
  const asked: Promise<Asked>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, connection] of [
      ['ana', ana],
      ['bo', bo],
    ] as const) {
      if (random.below(3) === 0)
        asked.push(
          ask(name, connection, {type: 'pass-baton', to: connection.consoleId, takeOver: random.below(2) === 0}, ''),
        );
      asked.push(ask(name, connection, ...wish(random, `${name}-${round}`)));
    }
    await sleep(random.below(ROUND_MS));
  }
  const answered = await Promise.all(asked);
  await settled(stage, ana);
  const events = await stage.operator.journal();
  ana.close();
  bo.close();
  const found = examineRun(await stage.operator.runDirectory(), events, stage.ledger(), true);
  return {
    injected: answered.length,
    problems: [
      ...found.filter(({what}) => !isRepeatedByWish(what, events)),
      ...heldToAnswers(events, answered),
      ...heldToBaton(events),
    ],
  };
}

async function ask(name: string, connection: Connection, intent: Intent, tag: string): Promise<Asked> {
  return {name, tag, intent, refusal: await connection.send(intent)};
}

/** The tag stands in what the wish would write into the journal. */
export function wish(
  random: Random,
  tag: string,
  stepIds: readonly string[] = ['L3', 'L6', 'L12', 'L16'],
): [Intent, string] {
  const stepId = random.pick(stepIds);
  const intents: readonly Intent[] = [
    {type: 'run-step', stepId, override: `because ${tag}.`},
    {type: 'run-step', stepId, override: `because ${tag}.`},
    {type: 'skip', stepId, reason: `because ${tag}.`},
    {type: 'tick', stepId, reason: `because ${tag}.`},
    {type: 'note', text: `because ${tag}.`},
    {type: 'hold', on: true, because: `because ${tag}.`},
    {type: 'hold', on: false, because: `because ${tag}.`},
    {type: 'cancel', stepId},
    {type: 'complain', text: `because ${tag}.`},
  ];
  return [random.pick(intents), `because ${tag}.`];
}

/** Steps still running come to their end. */
async function settled(stage: Stage, {store}: Connection): Promise<void> {
  await eventually('the steps to end', () =>
    Object.values(store.getState().steps).every(({status}) => status !== 'running'),
  );
  await stage.operator.journal();
}

/** A person may run a step again that was cancelled or had passed over: that is a second attempt, asked for. */
function isRepeatedByWish(what: string, events: readonly Recorded[]): boolean {
  const [, mark, times] = /^(\w+) ran (\d+) times$/.exec(what) ?? [];
  if (mark === undefined) return false;
  const attempts = events.filter(
    event => event.type === 'step-started' && (event.commands ?? []).includes(`sh mark.sh ${mark}`),
  );
  return attempts.length >= Number(times);
}

/** What was refused has left no trace; what was not has left one, by who asked. */
function heldToAnswers(events: readonly Recorded[], asked: readonly Asked[]): readonly Problem[] {
  return asked.flatMap(({name, tag, intent, refusal}): Problem[] => {
    if (tag === '' || intent.type === 'cancel' || (intent.type === 'run-step' && refusal === undefined)) return [];
    const traces = events.filter(event => JSON.stringify(event).includes(tag));
    if (refusal !== undefined && traces.length > 0)
      return [{kind: 'wrong', what: `refused (${refusal}) and done: ${JSON.stringify(traces[0])}`}];
    if (refusal === undefined && traces.length === 0)
      return [{kind: 'lost', what: `granted and not done: ${JSON.stringify(intent)}`}];
    const [first] = traces;
    return first === undefined || first.by.startsWith(name)
      ? []
      : [{kind: 'wrong', what: `${name} asked, ${first.by} did: ${JSON.stringify(first)}`}];
  });
}

export const BY_DRIVER: readonly Recorded['type'][] = [
  'step-started',
  'step-skipped',
  'step-ticked',
  'note-added',
  'complaint-counted',
  'step-cancelling',
];

/** Whoever changed the world had the baton then. */
function heldToBaton(events: readonly Recorded[]): readonly Problem[] {
  let driver = '';
  return events.flatMap((event): Problem[] => {
    if (event.type === 'baton-passed') driver = event.name ?? '';
    if (!BY_DRIVER.includes(event.type) || event.by === 'engine' || event.by === driver) return [];
    return [{kind: 'wrong', what: `${event.by} acted while ${driver} drove: ${JSON.stringify(event)}`}];
  });
}

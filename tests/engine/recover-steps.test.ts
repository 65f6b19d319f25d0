import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {type Elsewhere, recoverSteps} from '../../src/engine/recover-steps.ts';
import {createRedactor} from '../../src/journal/secrets/redact.ts';
import {createSpool} from '../../src/journal/spool/spool.ts';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {Report} from '../../src/run/event.ts';
import {initialState} from '../../src/run/evolve.ts';
import type {RunState} from '../../src/run/state.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

const checklist = `# R
## Deployment
### Script
\`\`\`bash
make
\`\`\`
### Statement
\`\`\`sql
insert into releases values (1);
\`\`\`
### Check
\`\`\`bash
curl https://api.example.net/health
\`\`\`
`;
const plan = parsePlan(Buffer.from(checklist), emptyBindings, {env: {}});
const idOf = (title: string) => plan.steps.find(step => step.title.includes(title))?.id ?? title;

const NOW = 100_000;

async function takenUp(
  state: Partial<RunState>,
  printed = '',
  groups: readonly string[] = [],
  elsewhere?: Elsewhere,
  of = plan,
) {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'spool'));
  const spool = createSpool(directory, createRedactor([]));
  spool.write('output', printed);
  const reports: Report[] = [];
  const done: unknown[] = [];
  const performer = {
    perform: (effect: unknown) => void done.push(effect),
    resumeStep: (...what: readonly unknown[]) => void done.push(what),
  };
  const isGroup = (host: string) => groups.includes(host);
  const whole = {...initialState, ...state};
  const left = {plan: of, state: whole, spool, performer, countdownMs: 3000, now: NOW, isGroup, elsewhere};
  const events = recoverSteps(left, report => reports.push(report));
  spool.close();
  return {events, reports, done};
}

const running = {status: 'running', attempt: 2, startedAt: 40_000, by: 'ana', outputFrom: 0} as const;

test('a script is watched on, with how long ago it was begun', async () => {
  const {done, reports} = await takenUp({steps: {[idOf('Script')]: running}});
  expect(done).toEqual([[idOf('Script'), 2, false, {agoMs: 60_000, seen: false}]]);
  expect(reports).toEqual([]);
});

test('what had printed something had begun', async () => {
  const {done} = await takenUp({steps: {[idOf('Script')]: running}}, 'heading\n$ make\n');
  expect(done).toEqual([[idOf('Script'), 2, false, {agoMs: 60_000, seen: true}]]);
});

test('of a step that waited for its link nobody can say any more that it has not begun', async () => {
  const {events} = await takenUp({steps: {[idOf('Script')]: {...running, awaitsLink: 'vps'}}});
  expect(events).toContainEqual({
    type: 'step-awaits-link',
    stepId: idOf('Script'),
    attempt: 2,
    host: 'vps',
    sent: true,
  });
});

test('a step that was told to end is told so again', async () => {
  const {done} = await takenUp({steps: {[idOf('Script')]: {...running, cancelling: true}}});
  expect(done[1]).toMatchObject({type: 'cancel', stepId: idOf('Script'), attempt: 2});
});

test('what may have changed something and cannot be asked is unknown; what only asks is asked again', async () => {
  const {done, reports} = await takenUp({steps: {[idOf('Statement')]: running, [idOf('Check')]: running}});
  expect(reports).toMatchObject([{type: 'step-reported', stepId: idOf('Statement'), outcome: {kind: 'lost'}}]);
  expect(done).toMatchObject([[idOf('Check'), 2, false, {}]]);
});

test('from another machine: its own commands are unknown, those on hosts are found; where nobody looked, nothing is begun', async () => {
  const text = `# R
## Deployment
### Here
\`\`\`bash
make
\`\`\`
### There
\`\`\`bash
ssh deploy@web
make install
\`\`\`
### Tell
\`\`\`bash {host=web}
make tell
curl -X POST https://api.example.net/told
\`\`\`
`;
  const own = parsePlan(Buffer.from(text), emptyBindings, {env: {}});
  const ids = own.steps.map(({id}) => id);
  const steps = Object.fromEntries(ids.map(id => [id, {...running, outputFrom: 40}]));
  const host = own.steps.flatMap(({action}) =>
    action.kind === 'script' && action.context.place.kind === 'host' ? [action.context.place.host] : [],
  )[0];
  const inFlight = ids.map(stepId => ({stepId, attempt: 2}));
  const from = {host: 'box', unknown: [], inFlight, isFirst: true};
  const {reports, done} = await takenUp({steps}, '', [], from, own);
  expect(reports).toMatchObject([
    {outcome: {kind: 'lost', detail: expect.stringContaining('it ran on box')}},
    {outcome: {kind: 'lost', detail: expect.stringContaining('whether its requests were sent')}},
  ]);
  expect(done).toEqual([[ids[1], 2, false, {agoMs: 60_000, seen: false, linesKept: {}}]]);
  const untold = await takenUp({steps}, '', [], {...from, unknown: [host ?? '']}, own);
  expect(untold.done).toEqual([[ids[1], 2, false, {agoMs: 60_000, seen: true, linesKept: {}}]]);
  // The engine that took it over was killed as well.
  const later = {...from, unknown: [host ?? ''], isFirst: false};
  const again = await takenUp({steps}, '', [], later, own);
  expect(again.reports).toEqual(reports);
  expect(again.done).toEqual([[ids[1], 2, false, {agoMs: 60_000, seen: true}]]);
  // What it had begun itself is as after any other end of an engine.
  const ownTry = await takenUp({steps}, '', [], {...later, inFlight: [{stepId: ids[1] ?? '', attempt: 1}]}, own);
  expect(ownTry.reports).toEqual([]);
  expect(ownTry.done).toHaveLength(3);
  expect(ownTry.done[1]).toEqual([ids[1], 2, false, {agoMs: 60_000, seen: false}]);
});

test('who asked for a rollback has the countdown from its beginning', async () => {
  const {events} = await takenUp({
    rollback: {status: 'counting', requestedAt: 1, because: 'asked for by ana', startsAt: 41_000},
  });
  expect(events).toContainEqual({type: 'rollback-requested', because: 'asked for by ana', startsAt: NOW + 3000});
});

test('a rollback that waited for a step to end goes on at once, and the step has its time again', async () => {
  const stopping = {status: 'stopping', because: 'ana', since: 1, proofFrom: 1, deadlineAt: 2, force: 'must'} as const;
  const {events} = await takenUp({rollback: stopping, steps: {[idOf('Script')]: running}});
  expect(events.slice(-2)).toEqual([
    {type: 'rollback-requested', because: 'ana', force: 'must', startsAt: NOW},
    {type: 'phase-changed', phase: 'stopping', because: 'ana'},
  ]);
});

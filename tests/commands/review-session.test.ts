import {expect, test} from 'vitest';
import {CommandError} from '../../src/commands/command-error.ts';
import {openReviewSession} from '../../src/commands/review-session.ts';
import type {ReviewState} from '../../src/plan/doubt.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../src/plan/plan.ts';
import {readingOf} from '../../src/run/review.ts';

const plan = parsePlan(
  '# Release\n\n## Deployment\n\n```bash\necho one\n# OR\necho two\n```\n\n## Rollback\n\n```bash\necho back\n```\n',
  emptyBindings,
);
const [deploy, rollback] = plan.sections;
if (deploy === undefined || rollback === undefined) throw new Error('the document has two sections');
const AT = Date.UTC(2026, 0, 5, 13, 0, 0);

function opened(keep: (review: ReviewState) => void, changed: () => string | undefined = () => undefined) {
  const person = {user: 'root', name: 'ana'};
  return openReviewSession({
    plan,
    reviewing: {},
    checklist: '/srv/deploy.md',
    person,
    program: 'tminus',
    keep,
    hosts: [],
    place: () => 'nothing to place',
    placed: () => undefined,
    reread: () => ({plan, reviewing: {}}),
    changed,
    next: 'tminus run deploy.md',
    now: () => AT,
  });
}

function confirm(sectionId: string) {
  return {type: 'confirm-section', sectionId, reading: readingOf(plan, sectionId)?.reading ?? ''} as const;
}

test('a section that is confirmed is kept at once, with who and when', async () => {
  const kept: ReviewState[] = [];
  const {session} = opened(review => kept.push(review));
  expect(session.run.getState()).toMatchObject({driver: session.consoleId, run: {gated: true}});
  expect(await session.send(confirm(deploy.id))).toBeUndefined();
  expect(session.run.getState().review?.confirmed).toEqual({[deploy.id]: {by: 'ana (root)', at: AT}});
  expect(kept).toHaveLength(1);
  expect(kept[0]?.confirmed).toEqual(session.run.getState().review?.confirmed);
  expect(Object.values(kept[0]?.settled ?? {})).toMatchObject([{by: 'ana (root)', at: AT}]);
});

test('taking it back takes it out of the file again', async () => {
  const kept: ReviewState[] = [];
  const {session} = opened(review => kept.push(review));
  await session.send(confirm(deploy.id));
  await session.send(confirm(rollback.id));
  await session.send({type: 'reopen-section', sectionId: deploy.id});
  expect(Object.keys(kept.at(-1)?.confirmed ?? {})).toEqual([rollback.id]);
});

test('nothing but a review can be asked for: no step runs, no rollback begins', async () => {
  const kept: ReviewState[] = [];
  const {session} = opened(review => kept.push(review));
  const [step] = plan.steps;
  const before = session.run.getState();
  for (const intent of [
    {type: 'run-step', stepId: step?.id ?? '', assumed: true},
    {type: 'run-on', on: true},
    {type: 'tick', stepId: step?.id ?? ''},
    {type: 'roll-back', force: 'now'},
    {type: 'finish', because: 'done', abort: false},
  ] as const) {
    expect(await session.send(intent)).toMatch(/^a review runs nothing/);
  }
  expect(session.run.getState()).toBe(before);
  expect(kept).toEqual([]);
});

test('what the rules of a review refuse is refused here as well', async () => {
  const {session} = opened(() => {});
  expect(await session.send({type: 'confirm-section', sectionId: deploy.id, reading: 'other'})).toMatch(
    /reads differently now/,
  );
  expect(await session.send({type: 'reopen-section', sectionId: deploy.id})).toBe(
    'nothing in this section is confirmed',
  );
});

test('an answer that cannot be kept is not taken, and the session says why', async () => {
  let isFull = true;
  const {session, trouble} = opened(() => {
    if (isFull) throw new CommandError(2, 'cannot write deploy.review.yaml: no space left on device');
  });
  expect(await session.send(confirm(deploy.id))).toMatch(/no space left/);
  expect(session.run.getState().review?.confirmed ?? {}).toEqual({});
  expect(session.trouble.getState().text).toMatch(/no space left/);
  expect(trouble()?.exitCode).toBe(2);
  isFull = false;
  expect(await session.send(confirm(deploy.id))).toBeUndefined();
  expect([session.trouble.getState().text, trouble()]).toEqual([null, undefined]);
});

test('many answers to one key are kept as one change, as far as none is refused', async () => {
  const kept: ReviewState[] = [];
  const {session} = opened(review => kept.push(review));
  const unknown = {type: 'confirm-section', sectionId: 'nowhere', reading: ''} as const;
  expect(await session.sendAll?.([confirm(deploy.id), confirm(rollback.id), unknown])).toEqual({
    accepted: 2,
    refused: 'there is no section nowhere',
  });
  expect(kept).toHaveLength(1);
  expect(Object.keys(kept[0]?.confirmed ?? {})).toEqual([deploy.id, rollback.id]);
});

test('a file that was changed meanwhile takes no answer until it was read again', async () => {
  const kept: ReviewState[] = [];
  let changed: string | undefined = 'deploy.md';
  const review = opened(
    state => kept.push(state),
    () => changed,
  );
  const {session} = review;
  review.lookAtFiles();
  const told = 'deploy.md was changed by another program: Ctrl-L reads it again';
  expect(session.trouble.getState().text).toBe(told);
  expect(await session.send(confirm(deploy.id))).toBe(told);
  expect(kept).toEqual([]);
  changed = undefined;
  expect(session.placing?.reread()).toBeUndefined();
  expect(session.trouble.getState().text).toBeNull();
  expect(await session.send(confirm(deploy.id))).toBeUndefined();
  expect([kept.length, review.trouble()]).toEqual([1, undefined]);
});

test('an answer that is taken back opens no section again that nobody had confirmed', async () => {
  const {session} = opened(() => {});
  const [doubt] = plan.proposal?.doubts ?? [];
  const {id = '', section = ''} = doubt ?? {};
  await session.send({type: 'settle-doubt', doubtId: id, how: 'so it is'});
  await session.send({type: 'reopen-section', sectionId: section, doubtIds: [id]});
  expect(session.run.getState().review).toMatchObject({settled: {}, reopened: {}});
  await session.send(confirm(section));
  await session.send({type: 'reopen-section', sectionId: section});
  expect(session.run.getState().review?.reopened).toEqual({[section]: {because: 'taken back'}});
});

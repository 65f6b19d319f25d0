/** What is confirmed in a run is kept in its directory and beside the checklist. */
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openReviewWriter} from '../../src/engine/review-writer.ts';
import {parseReviews} from '../../src/plan/parse-plan.ts';
import type {Plan} from '../../src/plan/plan.ts';
import type {Event, Recorded} from '../../src/run/event.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';
import {Run, smallPlan} from '../run/build.ts';

const READING = '0123456789abcdef';
const plan: Plan = {
  ...smallPlan(),
  proposal: {doubts: [], readings: [{section: 'deploy', asks: true, text: READING, reading: READING, reads: ['$ x']}]},
};

const confirmed: Event = {
  type: 'section-confirmed',
  sectionId: 'deploy',
  title: 'deploy',
  use: 'run',
  reading: READING,
};
const recorded = (event: Event, by = 'ana'): Recorded => ({...event, seq: 9, at: 1_000_000, by});

async function keeperIn(file: (home: string) => string) {
  const home = await temporaryDirectory();
  const runDirectory = join(home, 'run');
  mkdirSync(runDirectory);
  const told: string[] = [];
  const run = new Run(plan, {gated: true});
  const path = file(home);
  const writer = openReviewWriter({
    ...{plan, reviews: [], runDirectory, file: path, checklist: join(home, 'deploy.md')},
    state: () => run.state,
    tell: text => told.push(text),
  });
  const say = async (event: Event, by?: string) => {
    run.given(event);
    writer.take([recorded(event, by)]);
    await writer.settled();
  };
  return {home, path, own: join(runDirectory, 'review.yaml'), told, say};
}

test('in both places, in one step, once a person has confirmed something', async () => {
  const {home, path, own, told, say} = await keeperIn(home => join(home, 'deploy.review.yaml'));
  await say(confirmed);
  const text = readFileSync(path, 'utf8');
  expect(readFileSync(own, 'utf8')).toBe(text);
  expect(parseReviews(text, path)).toMatchObject({reviews: [{sections: [{title: 'deploy', by: 'ana'}]}]});
  expect(readdirSync(home)).toEqual(['deploy.review.yaml', 'run']);
  expect(told).toEqual([]);
});

test('not what was confirmed before the run, nor what the engine opens again', async () => {
  const {path, own, say} = await keeperIn(home => join(home, 'deploy.review.yaml'));
  await say({...confirmed, reviewed: {by: 'bo', at: '2026-11-01T09:00:00Z'}});
  await say(
    {type: 'section-reopened', sectionId: 'deploy', title: 'deploy', because: 'its text has changed'},
    'engine',
  );
  await say({type: 'note-added', text: 'hello'});
  expect(existsSync(path) || existsSync(own)).toBe(false);
});

test('what cannot be written beside the checklist is in the run, and the run says so once', async () => {
  const {path, own, told, say} = await keeperIn(home => join(home, 'nowhere', 'deploy.review.yaml'));
  await say(confirmed);
  await say({type: 'use-changed', sectionId: 'verify', title: 'verify', use: 'watch'});
  expect(told).toEqual([expect.stringContaining(`could not be written to ${path}`)]);
  expect(told[0]).toContain(`this run keeps it in ${own}`);
  expect(readFileSync(own, 'utf8')).toContain('deploy');
});

test('what somebody else has written meanwhile is left as it is', async () => {
  const {path, own, told, say} = await keeperIn(home => join(home, 'deploy.review.yaml'));
  await say(confirmed);
  writeFileSync(path, 'by another run');
  await say({type: 'use-changed', sectionId: 'verify', title: 'verify', use: 'watch'});
  expect(readFileSync(path, 'utf8')).toBe('by another run');
  expect(existsSync(own)).toBe(true);
  expect(told).toEqual([expect.stringContaining('it was changed by somebody else')]);
});

test('the place of a section, under its title, for the next run', async () => {
  const {path, say} = await keeperIn(home => join(home, 'deploy.review.yaml'));
  await say({type: 'place-set', sectionId: 'deploy', title: 'deploy', place: 'web'});
  expect(parseReviews(readFileSync(path, 'utf8'), path)).toMatchObject({reviews: [{places: {deploy: 'web'}}]});
});

/** Documents that were once read in a way that would have harmed production: what runs of each once it was accepted. */
import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';
import {playPlan} from '../../run/play-plan.ts';

const folder = new URL('../../fixtures/misread/', import.meta.url);
const read = (name: string) => parsePlan(readFileSync(new URL(name, folder)), emptyBindings);

/** `stops`: what a person has to answer first. */
const EXPECTED: Readonly<Record<string, {runs: readonly string[]; stops?: readonly RegExp[]}>> = {
  'automated-and-manual-upgrade.md': {runs: ['./auto-upgrade.sh']},
  'backup-deleted-by-deploy.md': {
    runs: ['cp /opt/app/bin/app /opt/app/bin/app.backup', 'rm -rf /opt/app/bin', 'cp -r /tmp/new/bin /opt/app/'],
  },
  'bullets-beside-fence-lost.md': {
    runs: ['./freeze.sh', './ship.sh', './drift.sh'],
  },
  'cd-then-relative-backup.md': {runs: ['./dump.sh > backup_$(date +%Y%m%d).dump', './deploy.sh']},
  'common-errors-not-english.md': {runs: []},
  'console-output-as-command.md': {
    runs: [],
    stops: [/rollback not confirmed: line 20/, /line 14 .*reads like something that was printed/],
  },
  'days-before-portuguese.md': {runs: ['./entregar.sh']},
  'emergency-variant-deploys-twice.md': {runs: ['shipit release']},
  'endless-unknown-program.md': {runs: [], stops: [/line 7 .*never ended by itself/, /line 13 .*waited for a person/]},
  'false-placeholder-jmespath.md': {
    runs: ["aws rds describe-db-snapshots --query 'Snapshots[*].[Name,Created,State]' --output table"],
  },
  'heading-ops-becomes-rollback.md': {runs: ['./ship.sh']},
  'invented-memory-bound.md': {runs: ['./deploy.sh']},
  'later-prepare-gates-earlier.md': {runs: ['./backup.sh', './upgrade.sh']},
  'on-failure-list-german.md': {runs: []},
  'or-comment-portuguese.md': {runs: ['./copia.sh']},
  'rollback-under-troubleshooting.md': {runs: ['./deploy.sh']},
  'script-does-list.md': {runs: ['./upgrade.sh']},
  'several-runbooks-one-file.md': {runs: ['./ship.sh']},
  'sibling-alternatives-rollback-when.md': {runs: ['./deploy.sh']},
  'sibling-alternatives-rollback.md': {runs: ['./deploy.sh']},
  'triggers-list-bold-portuguese.md': {runs: ['./entregar.sh']},
  'unset-variable-runs.md': {runs: [], stops: [/OLD_RELEASES is used/]},
  'useful-tools-not-english.md': {runs: ['./entregar.sh']},
  // The list tells of the pipeline; that is asked, and nothing is a trigger of the rollback.
  'word-triggers-is-not-rollback-trigger.md': {
    runs: [],
    stops: [/line 6 is not settled: this item was read into no step/],
  },
  'xxx-placeholder.md': {runs: [], stops: [/unbound xxx/]},
};

test('every document of the folder has an expectation', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(EXPECTED).sort());
});

test.each(Object.entries(EXPECTED))('%s', (name, {runs, stops = []}) => {
  const plan = read(name);
  expect(playPlan(plan, {}).lines).toEqual([]);
  const {lines, stoppedAt} = playPlan(plan, {accepted: true, goesOn: true});
  expect(lines.map(line => plan.source[line - 1]?.trim())).toEqual(runs);
  expect(stoppedAt).toEqual(stops.map(stop => expect.stringMatching(stop)));
});

test('bullets beside a block are things to do', () => {
  const titles = read('bullets-beside-fence-lost.md').steps.map(({title}) => title);
  expect(titles).toEqual([
    'Freeze: Stop the sync',
    'Tell the team channel.',
    'Ship',
    'Look for drift',
    'Change the passwords that were shown.',
    'Book the review meeting.',
    'Rollback',
  ]);
});

test('what a script does is told, and not done once more', () => {
  expect(read('script-does-list.md').steps.map(({title}) => title)).toEqual(['Deploy']);
});

test('of two ways back R runs one', () => {
  for (const name of ['sibling-alternatives-rollback.md', 'sibling-alternatives-rollback-when.md']) {
    expect(read(name).rollback?.steps).toEqual(['L13']);
  }
});

import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openDryWorld} from '../../src/actions/dry-run.ts';
import {
  alternatives,
  bindings,
  box,
  commands,
  directoryProof,
  expectKind,
  hostAt,
  performed,
  script,
} from '../helpers/real-world.ts';

const world = openDryWorld({
  bindings: bindings({hosts: {vps: hostAt('deploy@203.0.113.7')}}),
  directory: '/srv',
  onLink: () => {},
});

test('a dry run prints what would run where, in order, and runs nothing', async () => {
  const mark = join('/tmp', `tminus-dry-${process.pid}`);
  const captures = [{expression: '$(date +%Y)', name: 'YYYY'}];
  const {outcome, printed} = await performed(
    world,
    script(
      [
        commands({text: `touch ${mark}.$(date +%Y)`, captures}),
        alternatives([{text: 'git checkout v1', requires: [directoryProof('.git')]}], ['cp -r b a']),
      ],
      {
        place: box,
        directory: '/srv/app',
      },
    ),
  );
  expect(printed).toBe(`would run on vps (deploy@203.0.113.7), in /srv/app:
  $ touch ${mark}.$(date +%Y)
  # first: arm 1
  $ git checkout v1  # refused if: directory .git missing
  # else: arm 2
  $ cp -r b a
`);
  expect(expectKind(outcome, 'exited')).toMatchObject({code: 0, captures: {YYYY: 'YYYY'}});
  expect(existsSync(`${mark}.${new Date().getFullYear()}`)).toBe(false);
});

test('a dry run sends no request and asks no database', async () => {
  const http = {
    kind: 'http',
    requests: [{line: 1, method: 'GET', url: 'http://127.0.0.1:1/', headers: {}, insecure: false}],
    timeoutMs: 1,
  } as const;
  expect(await performed(world, http)).toMatchObject({
    outcome: {kind: 'answered'},
    printed: 'would request:\n  GET http://127.0.0.1:1/\n',
  });
  const sql = {kind: 'sql', database: '', statements: [{line: 1, text: 'drop table x'}], timeoutMs: 1} as const;
  expect(await performed(world, sql)).toMatchObject({
    outcome: {kind: 'returned', tables: []},
    printed: 'would query the default database:\n  drop table x\n',
  });
});

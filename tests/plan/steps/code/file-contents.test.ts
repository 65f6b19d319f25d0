/** Blocks below the name of a file: what a person writes into it, and commands that must not be taken for that. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

const kindsBelow = (lead: string, ...body: readonly string[]) =>
  planOf('# A', '', '## Deploy', '', lead, '', '```bash', ...body, '```').steps.map(({action}) => action.kind);

test.each([
  ['Save this as `/usr/local/bin/rotate`:', ['#!/bin/sh', 'rm -f /tmp/key']],
  ['The new `rotate.sh`:', ['#!/bin/sh', 'rm -f /tmp/key']],
  ['Write into `/etc/default/shop`:', ['JAVA_OPTS=-Xmx1g -Xms1g', '# nightly', 'PORT=80']],
  ['Append to `/etc/profile.d/shop.sh`:', ['export PATH=$PATH:/opt/shop']],
  ['Add to `shop.service`:', ['ExecStart=/usr/bin/env node shop.js']],
])('below "%s" a person writes %j into the file', (lead, body) => {
  expect(kindsBelow(lead, ...body)).toEqual(['manual']);
});

test.each([
  ['Write the dump to `/backup/shop/db.dump`:', ['PGPASSWORD=x pg_dump shop']],
  ['Add the paths of `prod.env` and migrate:', ['export STAGE=prod', 'STAGE=prod bundle exec rake db:migrate']],
  ['Deploy with the settings in `prod.env`:', ['#!/bin/bash', './deploy.sh']],
])('below "%s" the commands %j are run', (lead, body) => {
  expect(kindsBelow(lead, ...body)).toEqual(['script']);
});

test('of a long file it is told how much more there is', () => {
  const body = ['#!/bin/sh', ...Array.from({length: 44}, (_, index) => `echo ${index}`)];
  const [step] = planOf('# A', '', '## Deploy', '', 'Save this as `all.sh`:', '', '```bash', ...body, '```').steps;
  expect(step?.instructions).toHaveLength(41);
  expect(step?.instructions.at(-1)).toBe('… and 5 more lines, up to line 52');
});

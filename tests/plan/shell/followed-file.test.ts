import {expect, test} from 'vitest';
import {followedSource} from '../../../src/plan/shell/followed-file.ts';

test.each([
  ['tail -f /var/log/x/error.log', {source: 'error', file: '/var/log/x/error.log'}],
  ['tail -n 50 -f a.log', {source: 'a', file: 'a.log'}],
  ['tail -f a.log | grep E', {source: 'a'}],
  ['tail -f a.log > b', {source: 'a'}],
  ['journalctl -u api.service -f', {source: 'api'}],
  ['kubectl logs -f deploy/web -n shop', {source: 'web'}],
  ['docker compose logs -f web', {source: 'web'}],
  ['pm2 logs orders --lines 50', {source: 'orders'}],
])('%s', (command, expected) => {
  expect(followedSource(command)).toEqual(expected);
});

/** A block below words that lead on from a command shows what it prints: "`curl …/health` should say". */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

const expected = (...lines: readonly string[]) =>
  planOf('# Kiosk', '', '## Deploy', '', ...lines).steps.map(({title, expectations}) => [
    title.split(' ')[0],
    ...expectations.map(({text}) => text),
  ]);

const BLOCK = ['', '```', '{"status":"ok","queue":0}', '```'];

test.each([
  '- [ ] `curl -s localhost:8080/health` should say',
  '- [ ] `curl -s localhost:8080/health` must print:',
  '- [ ] `curl -s localhost:8080/health` antwortet dann',
  '- [ ] `curl -s localhost:8080/health` tiene que responder:',
  '- [ ] `curl -s localhost:8080/health` powinno zwrócić',
])('%s', item => {
  expect(expected(item, ...BLOCK)).toEqual([['curl', '{"status":"ok","queue":0}']]);
});

test.each([
  ['- [ ] `curl -s localhost:8080/health` must answer. The file then holds this.', BLOCK],
  ['- [ ] `curl -s localhost:8080/health`', ['', 'The settings look like this:', ...BLOCK]],
  ['- [ ] Edit `/etc/kiosk.json` to hold', BLOCK],
])('is none: %s', (item, block) => {
  expect(expected(item, ...block).flat()).not.toContain('{"status":"ok","queue":0}');
});

test('a block of commands there is run', () => {
  const {steps} = planOf(
    '# Kiosk',
    '',
    '## Deploy',
    '',
    '- [ ] `make build` and then',
    '',
    '```bash',
    'make ship',
    '```',
  );
  expect(steps.filter(({action}) => action.kind === 'script')).toHaveLength(2);
});

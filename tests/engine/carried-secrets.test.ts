import {expect, test} from 'vitest';
import {carrySecrets} from '../../src/engine/carried-secrets.ts';
import {createRedactor} from '../../src/journal/secrets/redact.ts';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {Outcome} from '../../src/run/outcome.ts';
import type {ScriptRequest} from '../../src/run/request.ts';

const checklist = '# R\n## Deployment\n### One\n```bash\nexport X=1\n```\n### Two\n```bash\necho $X\n```\n';
const plan = parsePlan(Buffer.from(checklist), emptyBindings, {env: {}});
const [one = '', two = ''] = plan.steps.map(({id}) => id);

function carried() {
  const redactor = createRedactor(['hunter22']);
  return carrySecrets(plan, value => redactor.data(value));
}

const ended = (exports: Record<string, string>): Outcome => ({
  ...{kind: 'exited', code: 0, durationMs: 0, commands: [], output: ''},
  exports,
});

const request = (exports: Record<string, string>): ScriptRequest => ({
  ...{kind: 'script', jobId: 'j', place: {kind: 'local'}, lane: 'main', stages: []},
  exports,
});

test('a secret that one code block exports reaches the next with its value', () => {
  const secrets = carried();
  secrets.keep(one, ended({API_TOKEN: 'abc', PLAIN: 'x', URL: 'u:hunter22'}));
  const state = {API_TOKEN: '[redacted]', PLAIN: 'x', URL: 'u:[redacted]'};
  expect(secrets.restore(two, request(state))).toMatchObject({
    exports: {API_TOKEN: 'abc', PLAIN: 'x', URL: 'u:hunter22'},
  });
});

test('after a crash no command is begun with a mark in place of a value', () => {
  expect(carried().restore(two, request({API_TOKEN: '[redacted]'}))).toContain('API_TOKEN was exported');
});

test('what was begun before the crash is watched on, and not begun again', () => {
  const taken = {...request({API_TOKEN: '[redacted]'}), takenUp: {agoMs: 5, seen: false}};
  expect(carried().restore(two, taken)).toMatchObject({exports: {}, takenUp: {agoMs: 5, seen: true}});
});

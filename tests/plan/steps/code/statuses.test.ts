/** The HTTP status that a text names beside a request, in every language and place. */
import {describe, expect, test} from 'vitest';
import {requestsOf} from '../../../../src/plan/plan.ts';
import {planOf} from '../../../helpers/plan-view.ts';

const CURL = 'curl -s https://shop.example.org/';

function codesOf(...lines: string[]) {
  const plan = planOf('# Deploy', '', '## Check', '', ...lines);
  const step = plan.steps.find(one => one.action.kind === 'http');
  if (step === undefined) throw new Error('no request');
  const all = [...step.expectations, ...requestsOf(step).flatMap(({expectations}) => expectations)];
  return [...new Set(all.flatMap(({check}) => (check?.kind === 'status' ? check.codes : [])))];
}

describe.each([
  'the maintenance page on the outside has to return a 503',
  'we expect a 503 here',
  'a 503 has to come back',
  '503 is what you want to see',
  'depuis le poste, la page de maintenance doit répondre 503',
  'on attend un 503',
  'le serveur renvoie alors un code 503',
  'die Wartungsseite muss mit 503 antworten',
  'muss 503 liefern',
  'gibt 503 zurück',
  'la página de mantenimiento debe responder 503',
  'se espera un 503',
  'debe contestar con 503',
  'a página de manutenção deve responder 503',
  'espera-se um 503',
  'deve vir um 503',
])('%s', said => {
  const text = `${said[0]?.toUpperCase()}${said.slice(1)}`;
  test.each([
    ['before the command', [`- [ ] 2.2 ${text}: \`${CURL}\``]],
    ['behind the command', [`- [ ] \`${CURL}\`, ${said}`]],
    ['above the block of an item', [`- [ ] ${text}:`, '  ```bash', `  ${CURL}`, '  ```']],
    ['below the block of an item', ['- [ ] Page', '  ```bash', `  ${CURL}`, '  ```', `  ${text}.`]],
    ['above a block', [`${text}:`, '', '```bash', CURL, '```']],
    ['below a block', ['```bash', CURL, '```', '', `${text}.`]],
    ['in a comment', ['```bash', `${CURL}   # ${said}`, '```']],
  ])('%s', (_, lines) => {
    expect(codesOf(...lines)).toEqual([503]);
  });
});

test.each([
  ['Load test with 200 users', []],
  ['Page loads in under 500 ms', []],
  ['If it still answers 503, wait', []],
  ['Darf keinen 500 liefern', []],
  ['Antwortet mit 401 oder 403', [401, 403]],
  ['La page doit répondre 503. Si elle répond encore 200, attendre', [503]],
  ['Must answer 503, not 200', [503]],
])('%s', (said, codes) => {
  expect(codesOf(`- [ ] ${said}: \`${CURL}\``)).toEqual(codes);
});

test('"No longer 200" is met by any failure', () => {
  const codes = codesOf(`- [ ] \`${CURL}\` should not answer 200 any more`);
  expect(codes).toContain(503);
  expect(codes).not.toContain(200);
});

test('of a script, a person judges the status', () => {
  const plan = planOf(
    '# Deploy',
    '',
    '## Check',
    '',
    `\`\`\`bash\n${CURL} -w '%{http_code}' | tee log\n\`\`\`\nMust answer 503.`,
  );
  expect(plan.steps[0]?.expectations).toMatchObject([{text: 'Must answer 503.', readable: false}]);
  expect(plan.steps[0]?.expectations[0]).not.toHaveProperty('check');
});

test('a status in words of another language is asked', () => {
  const plan = planOf('# Deploy', '', '## Check', '', `- [ ] Moet 503 geven: \`${CURL}\``);
  const asked = plan.proposal?.doubts.filter(({code}) => code === 'expectation-assumed');
  expect(asked).toMatchObject([{line: 5, steps: ['L5'], because: `- [ ] Moet 503 geven: \`${CURL}\``}]);
  expect(asked?.[0]).not.toHaveProperty('proposed');
});

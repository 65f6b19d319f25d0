/** A sentence behind a block that judges an early command of it comes too late for the later ones. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';

/** `9`: there is an open doubt about line 9; `9~`: one with a proposal. */
function late(commands: readonly string[], sentence: string): string[] {
  const text = ['# Till', '', '## Deploy', '', '```sh', ...commands, '```', '', sentence];
  const {proposal} = parsePlan(text.join('\n'), emptyBindings);
  return (proposal?.doubts ?? []).flatMap(({line, message, proposed}) =>
    message.includes('has run by then') ? [`${line}${proposed === undefined ? '' : '~'}`] : [],
  );
}

test.each([
  [['terraform plan', 'terraform apply -auto-approve'], 'If the plan destroys anything, stop and ask.'],
  [['manage.py migrate --plan', 'manage.py migrate'], 'Steht in `--plan` was anderes: nicht weitermachen.'],
  [['manage.py migrate --plan', 'manage.py migrate'], 'Steht in `--plan` was anderes: stopp, nachfragen.'],
  [['helm diff upgrade till .', 'helm upgrade till .'], 'Si le `diff` montre une suppression, arrêter.'],
  [['rsync --dry-run a/ b/', 'rsync --delete a/ b/'], 'Si `--dry-run` borra algo, parar.'],
])('%j and then %j', (commands, sentence) => {
  expect(late(commands, sentence)).toEqual(['10']);
});

test('a result that must be there has a proposal', () => {
  expect(late(['nginx -t', 'nginx -s reload'], '`nginx -t` must say "ok".')).toEqual(['10~']);
});

test.each([
  [['terraform apply', 'terraform plan'], 'If the plan shows anything, ask.'],
  [['npm ci', 'npm run build'], '`npm ci` takes five minutes.'],
  [['terraform plan', 'terraform apply'], 'If the apply fails, call Jo.'],
  [['systemctl status till', 'uptime'], 'If the status is wrong, call Jo.'],
])('not behind %j: %j', (commands, sentence) => {
  expect(late(commands, sentence)).toEqual([]);
});

test.each([
  ['1. `loadctl plan`, read it, then `loadctl apply`', true],
  ['1. `loadctl plan` and `loadctl apply`; a DROP needs Ivo first, ask him', true],
  ['1. `loadctl plan` and `loadctl apply`', false],
])('in one sentence: %s', (item, isAsked) => {
  const {proposal} = parsePlan(`# Till\n\n## Deploy\n\n${item}`, emptyBindings);
  expect(proposal?.doubts.some(({message}) => message.includes('has run by then'))).toBe(isAsked);
});

test.each([
  [['depotctl move plan east', 'depotctl move apply east'], 'Read the plan. Anything with `SCRAP` needs Jo to look.'],
  [['./move.sh --dry-run', './move.sh'], 'Den Plan lesen. Danach Jo anrufen.'],
  [['depotctl check east', 'depotctl move east'], 'Appeler Jo avant de continuer.'],
])('a command and its rehearsal, %j: %s', (commands, sentence) => {
  expect(late(commands, sentence)).toEqual(['10']);
});

test('an item below the block, in the same item', () => {
  const text = [
    '# Till',
    '',
    '## Deploy',
    '',
    '- [ ] Migrate:',
    '  ```sh',
    '  bin/rails db:migrate:status | grep down',
  ];
  const more = ['  bin/rails db:migrate', '  ```', '  - [ ] the first listed exactly what was read before'];
  const {proposal} = parsePlan([...text, ...more].join('\n'), emptyBindings);
  const late = proposal?.doubts.filter(({message}) => message.includes('has run by then'));
  expect(late).toMatchObject([{line: 10}]);
});

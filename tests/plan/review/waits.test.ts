/** Waiting that a document asks for, and that no command does. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {isUnread} from '../../../src/plan/doubt.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

function doubtsOf(...block: string[]): string[] {
  const document = ['# Ferry', '', '## Deploy', '', '```bash', ...block, '```', ''].join('\n');
  const {proposal} = parsePlan(document, emptyBindings);
  return (proposal?.doubts ?? []).map(
    ({code, line, proposed}) => `${code}${proposed === undefined ? '!' : ''} ${line}`,
  );
}

test.each([
  '# wait until the lock is empty',
  '# warten, bis die Schleuse leer ist',
  "# attendre que l'écluse soit vide",
])('a comment that asks to wait holds the commands below it: %s', comment => {
  expect(doubtsOf('./drain.sh', comment, './close.sh')).toContain('condition-assumed! 7');
});

test('it does not where the command below waits', () => {
  expect(doubtsOf('./drain.sh', '# wait until it is up', 'kubectl rollout status deploy/ferry')).toEqual([]);
  expect(doubtsOf('./drain.sh', '# wait a little', 'sleep 30')).toEqual([]);
});

test.each(['watch -n 2 ./queue.sh', 'tail -f /var/log/ferry.log'])(
  'what stands behind a log in a block waits: %s',
  log => {
    expect(doubtsOf(log, './close.sh')).toContain('condition-assumed! 7');
    expect(doubtsOf('./close.sh', log)).toEqual([]);
  },
);

test.each([
  'Look in the log of the pilot. If there is no entry go to 3.',
  'Journal des Lotsen ansehen. Falls nichts darin steht, weiter mit Schritt 3.',
  "Lire le journal du pilote. S'il est vide, passez au point 3.",
  'Mirar el diario del piloto. Si no hay nada, pasar al punto 3.',
])('what stands below "%s" is asked about', text => {
  const document = `# Ferry\n\n## Deploy\n\n${text}\n\nLoad it:\n\n\`\`\`bash\n./load.sh\n\`\`\`\n`;
  const {proposal} = parsePlan(document, emptyBindings);
  const open = (proposal?.doubts ?? []).filter(({proposed}) => proposed === undefined);
  expect(open.flatMap(({steps}) => steps)).toContain('L7');
});

test('sentences that were read into nothing are asked about, once for a section', () => {
  const text =
    'Only on the north pier. The pilot has the last word.\n\nThe gulls are loud in May, as they were last year.';
  const document = `# Ferry\n\n## Deploy\n\n\`\`\`bash\n./load.sh\n\`\`\`\n\n${text}\n`;
  const {proposal} = parsePlan(document, emptyBindings);
  expect(proposal?.doubts.filter(isUnread).map(({code}) => code)).toEqual(['note-assumed']);
});

test('a request to localhost names no place, where the document works on hosts', () => {
  const hosts = '```bash\nssh ops@lock-1 ./close.sh\n```\n\n';
  const document = `# Ferry\n\n## Deploy\n\n${hosts}## Verify\n\n\`\`\`bash\ncurl -fsS http://localhost:8080/health\n\`\`\`\n`;
  const {proposal} = parsePlan(document, emptyBindings);
  expect(proposal?.doubts.map(({code, line}) => `${code} ${line}`)).toContain('place-assumed 11');
});

test.each([
  ['Wait 10 min; `./close.sh`', 'start behind the wait'],
  ['Fill the chamber and watch it for 5 minutes: `./fill.sh`', 'the next step behind it'],
  ['Schleuse füllen und 5 Minuten warten: `./fill.sh`', 'in German'],
  ['Remplir le sas, puis attendre 5 minutes : `./fill.sh`', 'in French'],
])('a wait beside commands holds them and what comes next: %s (%s)', item => {
  const document = `# Ferry\n\n## Deploy\n\n- [ ] ${item}\n- [ ] Open: \`./open.sh\`\n`;
  const {proposal} = parsePlan(document, emptyBindings);
  const open = (proposal?.doubts ?? []).filter(({proposed}) => proposed === undefined);
  expect(open.flatMap(({steps}) => steps)).toEqual(expect.arrayContaining(['L5', 'L6']));
});

test('a command that waits itself is not asked about', () => {
  const document = '# Ferry\n\n## Deploy\n\n- [ ] Wait 10 min: `sleep 600`\n- [ ] Open: `./open.sh`\n';
  expect(parsePlan(document, emptyBindings).proposal?.doubts).toEqual([]);
});

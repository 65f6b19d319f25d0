/** What the rollback looks for somewhere else than where the document makes it is asked about. */
import {expect, test} from 'vitest';
import {parseBindings, parsePlan} from '../../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../../src/plan/plan.ts';

const DOCUMENT = `# Shop

## Preparation
\`\`\`bash
cp -r app app.backup
\`\`\`

## Deployment
\`\`\`bash
ssh ops@web
cd /srv/shop
make deploy
\`\`\`

## Rollback
\`\`\`bash
ssh ops@web
cd /srv/shop
rm -rf app
cp -r app.backup app
\`\`\`
`;

const HOST = 'hosts: {web: {matches: ops@web, destination: web, directory: DIRECTORY}}';

function doubtsWith(...bindings: readonly string[]) {
  const read = parseBindings(['tminus: 1', ...bindings, ''].join('\n'), {file: 'tminus.yaml', env: {}});
  expect(read.problems).toEqual([]);
  const doubts = parsePlan(DOCUMENT, read.bindings).proposal?.doubts ?? [];
  return doubts.filter(({code}) => code === 'place-assumed' || code === 'rollback-assumed');
}

test('one question, where the place of the backup is open anyway', () => {
  expect(doubtsWith(HOST.replace('DIRECTORY', '/srv/shop'))).toMatchObject([
    {
      code: 'place-assumed',
      line: 4,
      message: 'nothing says where line 4 runs: taken for here, but the rollback looks for app.backup on web',
    },
  ]);
});

test('a backup that is made on the host in another directory', () => {
  const there = 'contexts: {Preparation: web}';
  expect(doubtsWith(HOST.replace('DIRECTORY', '/home/ops'), there)).toMatchObject([
    {
      code: 'rollback-assumed',
      message: 'the rollback looks for app.backup on web, and line 5 makes it in another directory of web',
    },
  ]);
  expect(doubtsWith(HOST.replace('DIRECTORY', '/srv/shop'), there)).toEqual([]);
});

test('a backup that the bindings make here, for a rollback there', () => {
  expect(doubtsWith(HOST.replace('DIRECTORY', '/srv/shop'), 'contexts: {Preparation: local}')).toMatchObject([
    {
      code: 'rollback-assumed',
      message: 'the rollback looks for app.backup on web, and line 5 makes it on this machine',
    },
  ]);
});

test.each([
  ['curl -fsS https://shop.example.net/health', false],
  ['scp app.tgz shop-app1:/srv', false],
  ['psql -h shop-db1 -c "select 1"', false],
  ['tail -f /var/log/shop.log', true],
  ['systemctl restart shop', true],
])('whether it is asked where %s runs', (command, isAsked) => {
  const lines = ['## Deploy', '```bash', "ssh ops@shop-db1 'uptime'", '```', '## Verify', '```bash', command, '```'];
  const {proposal} = parsePlan(lines.join('\n'), emptyBindings);
  expect(proposal?.doubts.some(({code}) => code === 'place-assumed')).toBe(isAsked);
});

/** The lines whose place was taken over from the commands above, with the place. */
function carried(...lines: readonly string[]) {
  const {proposal} = parsePlan(['# Shop', '', '## Deploy', '', ...lines].join('\n'), emptyBindings);
  return (proposal?.doubts ?? []).flatMap(({code, line, message}) => {
    const place = /taken for (.+), as the commands above/.exec(message)?.[1];
    return code === 'place-assumed' && place !== undefined ? [`${line} ${place}`] : [];
  });
}

const code = (command: string) => ['', '```bash', command, '```', ''];

test.each([
  [
    'below a sentence of its own',
    ['On pg-a1:', ...code('./dump.sh'), 'Then the web tier:', ...code('./ship.sh')],
    ['14 <pg-a1>'],
  ],
  [
    'below a comment of somebody',
    ['Dump on the database server:', ...code('./dump.sh'), 'It takes a while.', ...code('./ship.sh')],
    ['14 <database server>'],
  ],
  [
    'below several more sentences',
    ['On pg-a1:', ...code('./dump.sh'), 'Then ship it:', ...code('./ship.sh'), 'Then look:', ...code('./look.sh')],
    ['14 <pg-a1>'],
  ],
  ['directly below the first block', ['On pg-a1:', ...code('./dump.sh'), ...code('./ship.sh')], []],
  ['where the sentence names a place', ['On pg-a1:', ...code('./dump.sh'), 'On web-1:', ...code('./ship.sh')], []],
  [
    'behind a login',
    ['Now:', ...code('ssh ops@pg-a1'), 'Then:', ...code('./dump.sh'), 'And:', ...code('./ship.sh')],
    [],
  ],
  [
    'under the heading of the host',
    ['### On pg-a1', '', 'First:', ...code('./dump.sh'), 'Then:', ...code('./ship.sh')],
    [],
  ],
])('the place of a sentence, for commands that stand %s', (_, lines, expected) => {
  expect(carried(...lines)).toEqual(expected);
});

test.each([
  ['ssh till-b', 'sudo -iu till', 'vi till.conf'],
  ['ssh till-b', 'sudo su - till', 'vi till.conf'],
  ['sudo su - till', 'crontab -e'],
])('where a person has gone to another machine or user, what follows is hardly done here: %s', (...typed) => {
  const block = ['```bash', ...typed, '```'].map(line => `   ${line}`).join('\n');
  const {proposal} = parsePlan(`## Deploy\n\n1. Set it up:\n\n${block}\n\n2. Load it: \`./load.sh\`\n`, emptyBindings);
  const open = (proposal?.doubts ?? []).filter(
    ({code, proposed}) => code === 'place-assumed' && proposed === undefined,
  );
  expect(open.map(({line}) => line)).toEqual([5 + typed.length + 3]);
});

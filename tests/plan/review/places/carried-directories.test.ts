/** A `cd` of an earlier section that still holds is asked about where the commands work in it. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

const fence = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];

/** The lines asked about, with what is proposed. */
function asked(...lines: readonly string[]): string[] {
  return (planOf('# Press', ...lines).proposal?.doubts ?? []).flatMap(({message, line, proposed}) =>
    message.includes('of an earlier section went') ? [`${line}: ${proposed}`] : [],
  );
}

const STILL = 'the shell is still there';

test.each([
  ['a relative one', 'cd frontend', './scripts/ship.sh'],
  ['an absolute one', 'cd /srv/press', 'git pull'],
  ['a reader of the directory', 'cd /opt/kasse', 'docker compose up -d'],
])('%s', (_, move, command) => {
  expect(asked('## Build', ...fence(move, 'npm run build'), '## Ship', ...fence(command))).toEqual([`12: ${STILL}`]);
});

test.each([
  ['it names its files wholly', 'cd /srv/press', 'systemctl restart press'],
  ['it goes there itself', 'cd /srv/press', 'cd /srv/press && git pull'],
])('no question where %s', (_, move, command) => {
  expect(asked('## Build', ...fence(move, 'npm run build'), '## Ship', ...fence(command))).toEqual([]);
});

test('nor in the same section, or where a sentence names the directory', () => {
  expect(asked('## Build', ...fence('cd app', 'npm ci'), 'Then:', ...fence('npm run build'))).toEqual([]);
  const said = ['## Ship', '', 'In `/srv/press`:'];
  expect(asked('## Build', ...fence('cd /srv/press', 'npm ci'), ...said, ...fence('git pull'))).toEqual([]);
});

test.each([
  ['## Local development', 'cd till-server', 'helm upgrade till charts/till -f deploy/values.yaml'],
  ['## Lokale Entwicklung', 'cd waage', 'make install'],
  ['## Getting the sources', 'cd firmware', './flash.sh --all'],
])('nothing is proposed where the section of the cd may not run: %s', (title, move, command) => {
  expect(asked(title, ...fence(move, 'npm run build'), '## Deploy', ...fence(command))).toEqual(['12: undefined']);
});

test.each([
  ['an absolute one', '## Local development', 'cd /srv/till', './ship.sh'],
  ['a file of it that is deleted', '## Local development', 'cd /srv/till', 'rm -rf tmp'],
  ['an archive', '## Lokale Entwicklung', 'cd /opt/waage', 'sudo tar xzf waage.tgz'],
  ['a copy', '## Développement local', 'cd /srv/caisse', 'cp prod.conf app.conf'],
])('nor where that may be no part of the deployment: %s', (_, title, move, command) => {
  const lines = [title, ...fence(move, 'npm run build'), '## Deploy', ...fence(command)];
  expect(asked(...lines).map(one => one.replace(/^\d+: /, ''))).toEqual(['undefined']);
});

test('a path or an object that is called like the directory tells nothing of it', () => {
  const command = 'helm upgrade app charts/app -f deploy/values.yaml';
  expect(asked('## Build', ...fence('cd app', 'npm ci'), '## Deploy', ...fence(command))).toEqual([`12: ${STILL}`]);
  expect(asked('## Build', ...fence('cd app', 'npm ci'), '## Deploy', 'In `app`:', ...fence(command))).toEqual([]);
});

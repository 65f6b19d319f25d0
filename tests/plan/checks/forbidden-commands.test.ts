import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function said(ban: string, command: string) {
  return planOf('# T', ban, '', '## Deploy', '```bash', command, '```')
    .problems.filter(({code}) => code === 'forbidden-command')
    .map(({line, message}) => [line, message]);
}

test('what the document forbids is pointed at where it has it run', () => {
  expect(said('Never run `db push` here.', 'npx prisma db push')).toEqual([[6, 'line 2 says not to run db push']]);
  expect(said('No ejecutar `git push --force`.', 'git push --force origin main')).toHaveLength(1);
});

test.each([
  ['Never run `db push` here.', 'npx prisma migrate deploy'],
  ['Do not forget `git push origin`.', 'git push origin main'],
  ['Never run `git push origin` before the tag.', 'git push origin main'],
  ['Run `git push origin` now.', 'git push origin main'],
  [
    "don't set it back alone, call us. as first aid you can always do `consul kv put game off`",
    'consul kv put game off',
  ],
  ['Nicht `zurück alles` aufrufen. Im Notfall hilft `systemctl stop waage`.', 'systemctl stop waage'],
  ['Never leave it open! Close it with `git push origin`.', 'git push origin main'],
])('%s – %s is fine', (ban, command) => {
  expect(said(ban, command)).toEqual([]);
});

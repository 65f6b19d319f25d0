import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function said(...codeBlocks: readonly (readonly string[])[]) {
  const lines = codeBlocks.flatMap((codeBlock, index) => [`### Step ${index + 1}`, '```bash', ...codeBlock, '```']);
  return planOf('## Deploy', ...lines)
    .problems.filter(({code}) => code === 'relative-path-after-cd')
    .map(({line, message}) => `${line} ${message}`);
}

test('a second directory beside the first is looked for inside it', () => {
  expect(said(['cd backend', 'make all'], ['cd frontend', 'make all'])).toEqual([
    '9 frontend is looked for in backend, where line 5 already runs',
  ]);
});

test('the same directory once more is that directory', () => {
  expect(said(['cd backend && make all'], ['cd backend && make test'])).toEqual([]);
});

test('a path used before anybody moved is not found after a cd', () => {
  expect(
    said(['kubectl apply -f k8s/web.yaml'], ['cd /srv/app', 'make all'], ['kubectl apply -f k8s/web.yaml']),
  ).toEqual(['13 line 4 uses k8s/web.yaml from where the shell starts; here it is looked for in /srv/app']);
});

test.each([
  [
    [
      ['cd /srv/app', 'make a'],
      ['cd /srv/web', 'make b'],
    ],
  ],
  [
    [
      ['cd /srv/app', 'make a'],
      ['cd backend', 'make b'],
    ],
  ],
  [[['cd backend', 'make a', 'cd ../frontend', 'make b']]],
  [[['(cd backend && make a)'], ['(cd frontend && make b)']]],
  [[['git checkout origin/main'], ['cd /srv/app', 'git checkout origin/main']]],
])('nothing is wrong with %j', codeBlocks => {
  expect(said(...codeBlocks)).toEqual([]);
});

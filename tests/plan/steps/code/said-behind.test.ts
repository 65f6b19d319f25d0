/** Comments behind the last command of a block say what comes out, or what is done then: a person judges them. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

const expectationsOf = (...body: readonly string[]) =>
  planOf('## Deploy', '', '```bash', ...body, '```').steps.flatMap(({expectations}) =>
    expectations.map(({text, readable}) => `${text}${readable ? '' : ' ?'}`),
  );

test.each([
  '# out of sync <- stop, call the desk',
  '# the queue is empty now',
  '# Zähler steht still',
  '# trois lignes vertes',
  '# tres filas en verde',
  '# três linhas em verde',
])('"%s"', comment => {
  expect(expectationsOf('./sync.sh', comment)).toEqual([`${comment.slice(2)} ?`]);
});

test('each line is one, also behind a prompt', () => {
  expect(expectationsOf('$ ./sync.sh', '# drift 0 <- good', '# drift over 2 <- call Ann')).toHaveLength(2);
});

test.each([
  [['# load it first', './load.sh']],
  [['./load.sh', '# ----']],
  [['./load.sh', '# ./old-load.sh --now']],
  [['./load.sh', '# Expected: 4 rows']],
  [['./load.sh', '# OR', './other.sh']],
])('none in %j', body => {
  expect(expectationsOf(...body).filter(text => text.endsWith('?') && !text.includes('rows'))).toEqual([]);
});

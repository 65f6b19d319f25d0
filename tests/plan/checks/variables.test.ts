import {describe, expect, test} from 'vitest';
import {variablesOf} from '../../../src/plan/shell/variables.ts';
import {planOf} from '../../helpers/plan-view.ts';

function said(...lines: readonly string[]) {
  return planOf('## Deploy', '```bash', ...lines, '```')
    .problems.filter(({code}) => code === 'variable-never-set')
    .map(({severity, line, column, message}) => [severity, line, column, message.split(',')[0]]);
}

describe('a variable that nothing sets', () => {
  test('is pointed at where it is first used', () => {
    expect(said('ls x', 'deploy --to "$TARGET" $TARGET')).toEqual([['warning', 4, 14, 'TARGET is used']]);
  });

  test.each([
    [['TARGET=web', 'deploy $TARGET']],
    [['export TARGET=web', 'deploy ${TARGET}']],
    [['read -r TARGET < file', 'deploy $TARGET']],
    [['for i in 1 2; do', '  echo $i', 'done']],
    [['echo ${TARGET:-web}']],
    [['source .env', 'deploy $TARGET']],
    [['. ./vars', 'deploy $TARGET']],
    [["awk '{print $NAME}' f"]],
    [['echo $HOME $AWS_REGION $1 $?']],
    [['deploy \\$TARGET']],
  ])('is not one in %j', lines => {
    expect(said(...lines)).toEqual([]);
  });

  test('is set in another shell', () => {
    const [problem] = planOf(
      '## Deploy',
      '```bash',
      'export TAG=v1',
      'ssh me@web',
      'deploy $TAG',
      '```',
    ).problems.filter(({code}) => code === 'variable-never-set');
    expect(problem).toMatchObject({severity: 'warning', line: 5});
    expect(problem?.message).toMatch(/line 3.*another shell/);
  });

  test('is only a remark when the document speaks of it as a setting', () => {
    const plan = planOf(
      '## Deploy',
      '- [ ] `DATABASE_URL` is there',
      '```bash',
      'psql $DATABASE_URL -c "select 1"',
      '```',
    );
    expect(plan.problems.find(({code}) => code === 'variable-never-set')).toMatchObject({severity: 'info', line: 4});
  });
});

test('variables are found in quotes, substitutions and here-documents', () => {
  const {used, set} = variablesOf('A=1 B=$(echo "$C") x <<EOF\n$D\nEOF');
  expect(used.map(({name}) => name)).toEqual(['C', 'D']);
  expect(set).toEqual(['A', 'B']);
});

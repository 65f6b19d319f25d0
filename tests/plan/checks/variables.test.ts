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

test.each([
  ['English', '## 3. Deploy to the idle one', '## 4. Test', '## 5. Move the traffic'],
  ['German', '## 3. Ausrollen', '## 4. Prüfen', '## 5. Umschalten'],
  ['Spanish', '## 3. Instalar', '## 4. Comprobar', '## 5. Cambiar el tráfico'],
])('every section that uses it asks, for all steps that use it (%s)', (_, one, two, three) => {
  const block = (text: string) => ['```bash', text, '```', ''];
  const plan = planOf(
    '# Ferry',
    ...[one, ...block('./load "$PIER"'), two, ...block('./moor "$PIER"'), three, ...block('./sail --from "$PIER"')],
    ...['Then:', ...block('./unload "$PIER"')],
  );
  const using = plan.steps.filter(({action}) => action.kind === 'script').map(({id}) => id);
  const asked = (plan.proposal?.doubts ?? []).filter(({message}) => message.startsWith('PIER is used'));
  expect(plan.problems.filter(({code}) => code === 'variable-never-set')).toHaveLength(1);
  expect(asked.map(({line}) => line)).toEqual([4, 9, 14]);
  expect(asked.flatMap(({steps}) => steps)).toEqual(using);
});

test('variables are found in quotes, substitutions and here-documents', () => {
  const {used, set} = variablesOf('A=1 B=$(echo "$C") x <<EOF\n$D\nEOF');
  expect(used.map(({name}) => name)).toEqual(['C', 'D']);
  expect(set).toEqual(['A', 'B']);
});

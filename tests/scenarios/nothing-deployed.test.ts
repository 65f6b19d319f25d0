/** A rollback of a run that has changed nothing, with a real shell. */
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {newOperator, type Operator} from '../helpers/program.ts';

const checklist = `# Release

## Preparation

\`\`\`bash
test -d /
\`\`\`

- [ ] Bo has agreed

## Deployment

\`\`\`bash
echo new > version.txt
\`\`\`

## Rollback

\`\`\`bash
echo old > version.txt
grep -q old version.txt
\`\`\`
`;

describe('a run that ended before its deploy', () => {
  let directory: string;
  let operator: Operator;
  const version = () => join(directory, 'version.txt');

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-nothing-'));
    writeFileSync(join(directory, 'release.md'), checklist);
    operator = newOperator(directory);
    expect((await operator.run('run', 'release.md', '--auto')).code).toBe(7);
    await operator.idle();
    const finished = (await operator.journal()).filter(({type}) => type === 'step-finished');
    expect(finished).toHaveLength(1);
  });
  afterAll(() => {
    operator?.stop();
    rmSync(directory, {recursive: true, force: true, maxRetries: 5});
  });

  test('is not rolled back, and says why and what goes on all the same', async () => {
    const {code, said} = await operator.run('rollback');
    expect(code).toBe(7);
    expect(said).toContain('nothing has been deployed in this run: there is nothing to roll back');
    expect(said).toContain('--force goes on');
    expect(existsSync(version())).toBe(false);
    await operator.idle();
  });

  test('is rolled back when that is forced, because somebody else may have deployed', async () => {
    const {code} = await operator.run('rollback', '--force');
    expect(code).toBe(4);
    expect(readFileSync(version(), 'utf8')).toBe('old\n');
    expect(await operator.recorded('rollback-requested')).toMatchObject({force: 'forced from the command line'});
  });
});

import {appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readFiles} from '../../../src/commands/command-line/read-files.ts';

test('a file that is written, put in the place of another, made or removed was changed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'read-files-'));
  const [document, review] = [join(directory, 'deploy.md'), join(directory, 'deploy.review.yaml')];
  writeFileSync(document, '# Deploy\n');
  const files = readFiles([document, review]);
  const changes: [string, () => void][] = [
    ['deploy.md', () => appendFileSync(document, 'One more line.\n')],
    ['deploy.review.yaml', () => writeFileSync(review, 'sections: []\n')],
    [
      'deploy.md',
      () => {
        // As editors save: a new file takes the name.
        writeFileSync(join(directory, 'new'), '# Deploy\nOne more line.\n');
        renameSync(join(directory, 'new'), document);
      },
    ],
    ['deploy.review.yaml', () => rmSync(review)],
  ];
  for (const [name, change] of changes) {
    expect(files.changed()).toBeUndefined();
    change();
    expect(files.changed()).toBe(name);
    files.note();
  }
  rmSync(directory, {recursive: true});
});

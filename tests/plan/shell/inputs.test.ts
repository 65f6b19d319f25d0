import {describe, expect, test} from 'vitest';
import type {Command} from '../../../src/plan/script.ts';
import {readInputs, withGuards} from '../../../src/plan/shell/inputs.ts';
import {readOutputs} from '../../../src/plan/shell/paths/outputs.ts';

function command(text: string): Command {
  return {line: 1, text, captures: [], inputs: readInputs(text, undefined)};
}

describe('readInputs', () => {
  test.each([
    ['git checkout v1.0', [{kind: 'git-ref', ref: 'v1.0'}]],
    ['git reset --hard abc1234', [{kind: 'git-ref', ref: 'abc1234'}]],
    ['git revert --no-edit HEAD', [{kind: 'git-ref', ref: 'HEAD', takenBack: true}]],
    ['git checkout -b hotfix', [{kind: 'program', name: 'git'}]],
    ['git checkout -- file.txt', [{kind: 'program', name: 'git'}]],
    ['cp -r a/b.bak a/b', [{kind: 'directory', path: 'a/b.bak'}]],
    ['cp .env.bak .env', [{kind: 'file', path: '.env.bak'}]],
    ['cp -a old/ new', [{kind: 'directory', path: 'old'}]],
    ['mv app.backup app', [{kind: 'directory', path: 'app.backup'}]],
    ['mv nginx.conf.bak nginx.conf', [{kind: 'file', path: 'nginx.conf.bak'}]],
    [
      'sudo systemctl restart api web',
      [
        {kind: 'unit', manager: 'systemctl', name: 'api'},
        {kind: 'unit', manager: 'systemctl', name: 'web'},
      ],
    ],
    ['sudo supervisorctl stop api', [{kind: 'unit', manager: 'supervisorctl', name: 'api'}]],
    ['service nginx restart', [{kind: 'unit', manager: 'service', name: 'nginx'}]],
    ['systemctl daemon-reload', []],
    [
      'pip install -r requirements.txt',
      [
        {kind: 'program', name: 'pip'},
        {kind: 'file', path: 'requirements.txt'},
      ],
    ],
    ['tar -xzf backup.tgz', [{kind: 'file', path: 'backup.tgz'}]],
    [
      'psql app < dump.sql',
      [
        {kind: 'program', name: 'psql'},
        {kind: 'file', path: 'dump.sql'},
      ],
    ],
    [
      'rsync -a app.bak/ app/',
      [
        {kind: 'program', name: 'rsync'},
        {kind: 'directory', path: 'app.bak'},
      ],
    ],
    [
      'pg_restore -d shop shop.dump',
      [
        {kind: 'program', name: 'pg_restore'},
        {kind: 'file', path: 'shop.dump'},
      ],
    ],
    [
      'unzip release.zip',
      [
        {kind: 'program', name: 'unzip'},
        {kind: 'file', path: 'release.zip'},
      ],
    ],
    ['./restore.sh', [{kind: 'file', path: './restore.sh'}]],
    ['rm -rf x', []],
    ['cp -r "$BACKUP" app', []],
    ['cat <<EOF > f\nnot a program\nEOF', []],
  ])('%s', (text, inputs) => {
    expect(readInputs(text, undefined)).toEqual(inputs);
  });

  test('carry the directory they are looked for in', () => {
    expect(readInputs('git checkout v1', '/srv')).toEqual([{kind: 'git-ref', ref: 'v1', directory: '/srv'}]);
  });
});

test.each([
  ['git tag v1.0-pre', ['v1.0-pre']],
  ['git tag -a v1.0 -m x', ['v1.0']],
  ['cp -r a a.bak/', ['a.bak']],
  ['pg_dump app > dump.sql', ['dump.sql']],
  ['ls', []],
])('%s makes %j', (text, made) => {
  expect(readOutputs(text)).toEqual(made);
});

describe('withGuards', () => {
  test('a deletion needs what replaces the deleted thing', () => {
    const [remove] = withGuards([command('rm -rf app'), command('cp -r app.bak app')]);
    expect(remove?.inputs).toEqual([{kind: 'directory', path: 'app.bak'}]);
  });

  test('a trailing slash does not hide the replacement', () => {
    const [remove] = withGuards([command('rm -rf app/'), command('mv app.bak app')]);
    expect(remove?.inputs).toEqual([{kind: 'directory', path: 'app.bak'}]);
  });

  test('the replacement of another thing is no guard', () => {
    const [remove] = withGuards([command('rm -rf cache'), command('cp -r app.bak app')]);
    expect(remove?.inputs).toEqual([]);
  });

  test('what an earlier command makes need not be there beforehand', () => {
    const [, second] = withGuards([command('cp -r a b'), command('cp -r b c')]);
    expect(second?.inputs).toEqual([]);
  });
});

test('what a redirection writes to is made by the line, wherever it stands', () => {
  expect(readOutputs('docker exec db pg_dump shop | gzip > "/backups/shop 1.gz" 2>/dev/null')).toEqual([
    '/backups/shop 1.gz',
  ]);
  expect(readOutputs('pg_dump -f a.sql --file=b.sql shop')).toEqual(['a.sql', 'b.sql']);
  expect(readOutputs('echo "a > b" | sudo tee c')).toEqual(['c']);
});

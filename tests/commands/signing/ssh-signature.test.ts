/** A signature that ssh-keygen itself judges. */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {signedBy} from '../../../src/commands/signing/ssh-signature.ts';

/** More than a pipe holds: ssh-keygen ends before it has taken all of it. */
const LONG = 'The deploy went well.\n'.repeat(50_000);

test('a damaged signature of a long record is a damaged one, and not a missing ssh-keygen', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-signature-'));
  onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
  const [key, record] = [join(directory, 'key'), join(directory, 'record.md')];
  writeFileSync(record, LONG);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'tminus', '-f', key, record], {stdio: 'ignore'});
  const signature = `${record}.sig`;
  expect(signedBy(LONG, signature)).toMatch(/^SHA256:/);
  writeFileSync(signature, readFileSync(signature, 'utf8').replace(/[A-Za-z]/, 'x'));
  expect(signedBy(LONG, signature)).toBeUndefined();
});

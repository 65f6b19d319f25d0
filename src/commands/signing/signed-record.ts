/** The record that was signed with an SSH key, where nothing has happened since: it is given out as it was signed. */
import {createHash} from 'node:crypto';
import {copyFileSync, existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Recorded} from '../../run/event.ts';
import {signatureOf} from './ssh-signature.ts';

export type SignedRecord = {text: string; copySignatureTo(file: string): string};

/** People who come and go say nothing of the run. */
const SAYS_NOTHING: ReadonlySet<Recorded['type']> = new Set([
  'record-signed',
  'console-joined',
  'console-left',
  'baton-passed',
] as const);

export function signedRecord(runDirectory: string, events: readonly Recorded[]): SignedRecord | undefined {
  const signed = events.findLast(event => event.type === 'record-signed');
  if (signed?.type !== 'record-signed') return undefined;
  if (events.some(({seq, type}) => seq > signed.events && !SAYS_NOTHING.has(type))) return undefined;
  const path = join(runDirectory, 'report.md');
  if (!existsSync(path) || !existsSync(signatureOf(path))) return undefined;
  const text = readFileSync(path, 'utf8');
  if (createHash('sha256').update(text).digest('hex') !== signed.digest) return undefined;
  return {
    text,
    copySignatureTo(file) {
      copyFileSync(signatureOf(path), signatureOf(file));
      return signatureOf(file);
    },
  };
}

/** What a group of hosts is spoken to with besides the text of jobs: our plugins of Ansible. */
import {readFileSync} from 'node:fs';

/** A bundle holds the text itself (`.tools/build.mjs`): a run that is open needs no file of the installation. */
export const eventsPlugin = readText('tminus_events.py');
export const shellPlugin = readText('tminus_sh.py');

function readText(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

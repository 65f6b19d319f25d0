/** What a group of hosts is spoken to with besides the text of jobs: our plugins of Ansible, and the limit of a question. */
import {readFileSync} from 'node:fs';

/** A bundle holds the text itself (`.tools/build.mjs`): a run that is open needs no file of the installation. */
export const eventsPlugin = readText('tminus_events.py');
export const shellPlugin = readText('tminus_sh.py');
/** Without its comments, which need not travel to every host. */
export const withinText = readText('within.sh').replace(/^ *#.*\n/gm, '');

function readText(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** The environment of every process in the box. */
import {delimiter} from 'node:path';
import type {Layout} from './layout.ts';

/** Every process of a rehearsal carries its directory in this variable: that is how none is left behind. */
export const markVariable = 'TMINUS_REHEARSAL';

/** What a command on the "VPS" sees: the stand-ins first, everything it writes inside the box, none of the operator's secrets. */
export function boxEnvironment(layout: Layout): Record<string, string> {
  return {
    [markVariable]: layout.directory,
    PATH: [layout.bin, process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter),
    HOME: layout.home,
    TMPDIR: layout.temporary,
    USER: 'deploy',
    LOGNAME: 'deploy',
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
}

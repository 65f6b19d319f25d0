/** Where the files of a rehearsal are, and what its processes see of this machine. */
import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Where everything of one rehearsal is. Stand-ins find their files by the same names, relative to their own. */
export type Layout = Readonly<ReturnType<typeof layoutOf>>;

export const unitName = 'myhibachi-api';

/** The host's name for `destination:` in the bindings and for `ssh -F`. */
export const hostAlias = 'rehearsal-vps';

export function layoutOf(directory: string) {
  const at = (...parts: string[]) => join(directory, ...parts);
  return {
    directory,
    /** Written first; a directory with this file may be emptied and used again. */
    marker: at('rehearsal.json'),
    checklist: at('production-deployment-checklist.md'),
    bindings: at('tminus.yaml'),
    /** The stand-ins: first in the PATH of the box. */
    bin: at('bin'),
    environmentFile: at('etc', 'rehearsal.env'),
    unitFile: at('etc', 'systemd', 'system', `${unitName}.service`),
    home: at('home'),
    temporary: at('tmp'),
    origin: at('origin', 'myhibachi-backend.git'),
    /** The clone on the "VPS" that the service runs from. */
    checkout: at('srv', 'myhibachi-backend'),
    /** The operator's own clone. */
    workstation: at('workstation', 'myhibachi-backend'),
    serviceLogs: at('var', 'log', unitName),
    errorLog: at('var', 'log', unitName, 'error.log'),
    accessLog: at('var', 'log', unitName, 'access.log'),
    postgres: at('postgres'),
    ssh: at('ssh'),
    sshConfig: at('ssh', 'config'),
    run: at('run'),
    targetPid: at('run', 'target.pid'),
    targetLog: at('run', 'target.log'),
    /** One process id per line: the box lives while one of them does. */
    owners: at('run', 'owners'),
    /** The box ends itself when this file appears. */
    stop: at('run', 'stop'),
  };
}

/** Relative to this module: in the sources; in a bundle, beside it or one folder up; in a clone's bundle, the sources again. */
const places = ['.', 'rehearsal', '..', '../rehearsal', '../src/rehearsal', '../../src/rehearsal'];

/** Path of a file or folder that ships with the rehearsal; of several names, the first that is there. */
export function assetPath(...names: readonly [string, ...string[]]): string {
  const paths = names.flatMap(name => places.map(place => fileURLToPath(new URL(`${place}/${name}`, import.meta.url))));
  const found = paths.find(path => existsSync(path));
  if (!found) throw new Error(`the rehearsal's ${names[0]} is missing from this installation`);
  return found;
}

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

/** Where the files of one rehearsal are. */
import {join} from 'node:path';

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

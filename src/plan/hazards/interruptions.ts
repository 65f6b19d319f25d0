/** Finds commands that stop or restart something: for a while nothing answers there, as the document intends. */
import {carriedCommands} from '../shell/carried-commands.ts';
import {type Row, rowFor, tableOf} from './hazard-row.ts';

/**
 * What stops answering for a while. `service`: services of the host where the command runs; `database`: its databases;
 * `host`: both (a reboot); `elsewhere`: something in a cluster or at a provider.
 */
export type Interruption = 'service' | 'database' | 'host' | 'elsewhere';

/** A graceful reload interrupts nothing, so it is in neither table. */
const ON_THE_HOST: readonly Row[] = [
  {on: 'systemctl', when: /^(?:stop|start|restart|try-restart|reload-or-restart|kill|isolate)\b/, says: 'service'},
  {on: 'systemctl', when: /^(?:reboot|kexec|soft-reboot)\b/, says: 'host'},
  {on: 'service rc-service', when: /^\S+ (?:stop|start|restart|try-restart|force-reload)\b/, says: 'service'},
  {on: 'supervisorctl', when: /^(?:stop|start|restart|update|reload|shutdown)\b/, says: 'service'},
  {on: 'initctl monit sv rcctl launchctl', when: /\b(?:stop|start|restart|down|up|kickstart)\b/, says: 'service'},
  {on: 'stop start restart', when: /^[\w@.-]+$/, says: 'service'},
  {on: 'pm2', when: /^(?:stop|start|restart|delete|kill|startOrRestart)\b/, says: 'service'},
  {
    on: 'docker podman',
    when: /^(?:container )?(?:stop|start|restart|kill|rm|run|pause|unpause|(?:service|stack) \w+)\b/,
    says: 'service',
  },
  {on: 'docker-compose podman-compose', when: /\b(?:up|down|stop|start|restart|kill|rm)\b/, says: 'service'},
  {on: 'pkill killall kill', unless: /^-(?:0|l|HUP|SIGHUP|1|USR[12])\b/, says: 'service'},
  {on: 'apachectl apache2ctl httpd', when: /^(?:-k )?(?:stop|start|restart)\b/, says: 'service'},
  {on: 'nginx', when: /^-s (?:stop|quit)\b/, says: 'service'},
  {on: 'pg_ctl pg_ctlcluster', when: /\b(?:stop|start|restart|promote)\b/, says: 'database'},
  {on: 'reboot shutdown halt poweroff', says: 'host'},
];

const ELSEWHERE: readonly Row[] = [
  {
    on: 'kubectl oc k',
    when: /^(?:rollout (?:restart|undo)|apply|replace|set image|scale|delete|patch)\b/,
    says: 'elsewhere',
  },
  {on: 'helm', when: /^(?:upgrade|install|rollback|uninstall|delete)\b/, says: 'elsewhere'},
  {on: 'kamal mrsk cap', when: /\b(?:deploy|redeploy|rollback|restart|app (?:boot|stop|start))\b/, says: 'elsewhere'},
  {on: 'heroku', when: /^(?:restart|ps:restart|ps:scale|rollback|releases:rollback)\b/, says: 'elsewhere'},
  {on: 'fly flyctl', when: /^(?:deploy|apps restart|machine restart|restart)\b/, says: 'elsewhere'},
  {on: 'nomad', when: /^(?:job run|run|job revert|alloc restart)\b/, says: 'elsewhere'},
];

const TABLE = tableOf([...ON_THE_HOST, ...ELSEWHERE]);

/** A service that is a database, so that its probes are interrupted too. */
const DATABASES = /\b(?:postgres\w*|pgbouncer|mysqld?|mariadb|mongod?|redis\w*)\b/i;

/** Everything that the commands of a text interrupt; empty when nothing is. */
export function interruptionsBy(text: string): ReadonlySet<Interruption> {
  const found = new Set<Interruption>();
  for (const {words} of carriedCommands(text)) {
    const says = rowFor(TABLE, words)?.says as Interruption | undefined;
    if (says === undefined) continue;
    found.add(says === 'service' && DATABASES.test(words.join(' ')) ? 'database' : says);
  }
  return found;
}

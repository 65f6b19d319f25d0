/** Finds commands that stop or restart something: for a while nothing answers there, as the document intends. */
import {type CarriedCommand, carriedCommands} from '../shell/carried-commands.ts';
import {type Row, rowFor, tableOf} from './hazard-row.ts';

/**
 * What stops answering for a while. `service`: services of the host where the command runs; `database`: its databases;
 * `host`: both (a reboot); `elsewhere`: something in a cluster or at a provider; `anywhere`: of the hosts that the
 * command goes to from where it runs; `script`: the same, if it runs on this machine, because nobody sees into it.
 */
export type Interruption = 'service' | 'database' | 'host' | 'elsewhere' | 'anywhere' | 'script';

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
  {on: 'gcloud', when: /\b(?:app|run|functions) deploy\b|\bservices update\b/, says: 'elsewhere'},
  {
    on: 'aws',
    when: /\b(?:update-service|create-deployment|update-function-code|start-instance-refresh)\b/,
    says: 'elsewhere',
  },
  {on: 'az', when: /\b(?:restart|deploy|up|update)\b/, says: 'elsewhere'},
  {on: 'nomad', when: /^(?:job run|run|job revert|alloc restart)\b/, says: 'elsewhere'},
];

const TABLE = tableOf([...ON_THE_HOST, ...ELSEWHERE]);

/** A service that is a database, so that its probes are interrupted too. */
const DATABASES = /\b(?:postgres\w*|pgbouncer|mysqld?|mariadb|mongod?|redis\w*)\b/i;

/** Programs that do on other hosts what their arguments say. */
const REACHES_OUT = /^(?:ansible(?:-playbook)?|fab|salt|salt-ssh|pssh|parallel-ssh|clush|knife|mco|bolt|dsh)$/;

/** Programs whose arguments are names, files or texts, and no order: `git commit -m restart`, `cp start.sh bin`. */
const TAKES_TEXT =
  /^(?:echo|printf|git|gh|glab|hg|svn|[efz]?grep|rg|ag|sed|awk|jq|yq|cat|less|more|head|tail|tac|wc|cut|sort|tr|cp|mv|rm|ln|ls|ll|mkdir|touch|chmod|chown|stat|file|test|\[|\[\[|cd|pushd|export|set|read|tee|diff|cmp|find|which|type|man|tar|g?zip|unzip|scp|sftp|rsync|ssh|curl|wget|http|nc|psql|pg_\w+|mysql\w*|mariadb|sqlite3|redis-cli|mongosh?|vi|vim|nano|crontab|at|systemctl|service|rc-service|supervisorctl|docker|podman|docker-compose|podman-compose|kubectl|oc|k|helm|nginx|journalctl|ps|pgrep|sleep|date|wait|logger|mail|mailx|sendmail|apt|apt-get|yum|dnf|apk|brew|pip3?|gem|initctl|monit|sv|rcctl|launchctl|pm2|apachectl|apache2ctl|httpd|pg_ctlcluster|aws|gcloud|az|terraform|tofu)$/;

/** A program that only tells somebody, or that tries. */
const ONLY_TELLS = /notif|slack|mail|announce|alert|silence|check|verif|test|lint|status|log(?:ger)?$/i;
const ONLY_TRIES =
  /^(?:-n|--?(?:dry-?run|check|help|version|list|status|diff)(?:=.*)?|status|check|help|plan|list|show)$/i;

/** Words that order it: whole, or a part of a name (`restart-app.sh`, `app:restart`, `state=restarted`). */
const ORDERS =
  /(?:^|[-_.:/=])(?:re-?start(?:ed)?|re-?load(?:ed)?|re-?deploy(?:ed)?|re-?launch|re-?boot|bounce|deploy|start(?:ed)?|stop(?:ped)?)(?=$|[-_.:/=])/i;

/** Words behind the program that may be the order: `bin/app --env prod service restart api`. */
const ORDER_WITHIN = 6;

/** Whether a program that is in no table is told to restart, deploy, start or stop something. */
function isOrdered({words, raw}: CarriedCommand): boolean {
  const [program = '', ...rest] = words;
  if (program === '' || TAKES_TEXT.test(program) || ONLY_TELLS.test(program)) return false;
  if (rest.some(word => ONLY_TRIES.test(word))) return false;
  const said = REACHES_OUT.test(program) ? rest.flatMap(word => word.split(/\s+/)) : rest.slice(0, ORDER_WITHIN);
  const isScript = SCRIPT.test(program) || raw.some(word => word.includes('/') && word.endsWith(program));
  return said.some(word => !/\s/.test(word) && ORDERS.test(word)) || (isScript && ORDERS.test(program));
}

/** A program by its name alone: `deploy.sh`. `start` without a path may be anything. */
const SCRIPT = /\.\w{1,4}$/;

/** Everything that the commands of a text interrupt; empty when nothing is. */
export function interruptionsBy(text: string): ReadonlySet<Interruption> {
  const found = new Set<Interruption>();
  for (const one of carriedCommands(text)) {
    const {words, by} = one;
    const listed = rowFor(TABLE, words)?.says as Interruption | undefined;
    const says = listed ?? (isOrdered(one) ? 'service' : undefined);
    if (says === undefined) continue;
    found.add(says === 'service' && DATABASES.test(words.join(' ')) ? 'database' : says);
    if (REACHES_OUT.test(words[0] ?? '') || by.some(outer => outer === 'ssh' || REACHES_OUT.test(outer)))
      found.add('anywhere');
    if (listed === undefined) found.add('script');
  }
  return found;
}

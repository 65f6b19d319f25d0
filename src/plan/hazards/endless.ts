/** The table of commands that follow or serve something until somebody stops them. */
import {type Row, tableOf} from './hazard-row.ts';

const ROWS: readonly Row[] = [
  {
    on: 'tail journalctl',
    when: /(?:^|\s)(?:-[a-zA-Z0-9]*[fF][a-zA-Z0-9]*|--follow(?:=\S*)?)(?=\s|$)/,
    says: 'follows a log',
  },
  {on: 'stern kail kubetail multitail', unless: /--no-follow\b/, says: 'follows logs'},
  {on: 'dmesg', when: /(?:^|\s)(?:-[a-zA-Z]*w|--follow)/, says: 'follows the kernel log'},
  {on: 'less', when: /(?:^|\s)\+F\b/, says: 'follows a file'},
  {
    on: 'docker podman docker-compose kubectl oc k heroku fly flyctl vercel nomad',
    when: /(?:^|\s)(?:logs|service logs|alloc logs)\b(?:.*\s)?(?:-[a-zA-Z]*[ftF]|--follow(?:=true)?|--tail)(?=\s|$)|(?:^|\s)(?:-f|--follow) .*\blogs\b/,
    unless: /(?:^|\s)(?:-f|--follow)=false|--tail[= ]\d+(?!.*(?:-f|--follow))/,
    says: 'follows logs',
  },
  {on: 'kubectl oc k', when: /^(?:.* )?(?:port-forward|proxy)\b/, says: 'holds a connection open'},
  {
    on: 'kubectl oc k',
    when: /(?:^|\s)get\b.*\s(?:-w|--watch|--watch-only)(?=\s|$)|^events\b.*\s(?:-w|--watch)/,
    says: 'watches for changes',
  },
  {on: 'ssh', when: /(?:^|\s)-[a-zA-Z]*N[a-zA-Z]*\b/, unless: /(?:^|\s)-[a-zA-Z]*f/, says: 'holds a connection open'},
  {on: 'aws gcloud az', when: /\b(?:logs? tail|log tail)\b/, unless: /^logs tail (?!.*--follow)/, says: 'follows logs'},
  {on: 'pm2', when: /^(?:logs?|monit)\b/, unless: /--nostream\b/, says: 'follows logs'},
  {on: 'watch htop iotop iftop nload glances ctop k9s', says: 'shows until it is stopped'},
  {on: 'top', unless: /(?:^|\s)-[a-zA-Z]*b/, says: 'shows until it is stopped'},
  {on: 'docker podman', when: /^stats\b/, unless: /--no-stream\b/, says: 'shows until it is stopped'},
  {on: 'docker podman', when: /^events\b/, unless: /--until\b/, says: 'shows until it is stopped'},
  {
    on: 'docker-compose',
    when: /^(?:-{1,2}\S+(?: [^-\s]\S*)? )*up\b/,
    unless: /(?:^|\s)(?:-d|--detach|--wait|--no-start|--exit-code-from|--abort-on-container-exit)\b/,
    says: 'serves until it is stopped',
  },
  {on: 'ping', unless: /(?:^|\s)-[a-zA-Z]*[cw] ?\d/, says: 'asks until it is stopped'},
  {on: 'mtr', unless: /(?:^|\s)(?:-r|--report|-c)\b/, says: 'asks until it is stopped'},
  {on: 'vmstat iostat sar mpstat', when: /(?:^|\s)\d+$/, unless: /\d+\s+\d+$/, says: 'shows until it is stopped'},
  {on: 'tcpdump', unless: /(?:^|\s)-[a-zA-Z]*c ?\d|\s-r\b/, says: 'listens until it is stopped'},
  {on: 'strace', when: /(?:^|\s)-p\b/, says: 'listens until it is stopped'},
  {on: 'inotifywait', when: /(?:^|\s)(?:-m|--monitor)\b/, says: 'listens until it is stopped'},
  {on: 'nc ncat', when: /(?:^|\s)-[a-zA-Z]*l/, says: 'listens until it is stopped'},
  {
    on: 'npm pnpm yarn bun',
    when: /^(?:run )?(?:dev|watch|serve|start(?::dev)?|storybook)\b/,
    unless: /^run start-/,
    says: 'serves until it is stopped',
  },
  {
    on: 'next nuxt vite astro gatsby ng vue-cli-service webpack-dev-server',
    when: /^(?:dev|serve|start|develop|preview)\b|^$/,
    says: 'serves until it is stopped',
  },
  {on: 'nodemon ts-node-dev ngrok cloudflared-tunnel', says: 'serves until it is stopped'},
  {on: 'prisma drizzle-kit', when: /^studio\b/, says: 'serves until it is stopped'},
  {on: 'manage.py', when: /^runserver\b/, says: 'serves until it is stopped'},
  {
    on: 'artisan',
    when: /^(?:serve|queue:(?:work|listen)|horizon$|schedule:work)\b/,
    unless: /--stop-when-empty|--once/,
    says: 'serves until it is stopped',
  },
  {on: 'rails', when: /^(?:s|server)\b/, unless: /(?:^|\s)(?:-d|--daemon)\b/, says: 'serves until it is stopped'},
  {
    on: 'flask uvicorn hypercorn daphne',
    when: /^(?!.*--version)\S/,
    unless: /^(?!run)(?:db|shell|routes)\b/,
    says: 'serves until it is stopped',
  },
  {on: 'gunicorn', unless: /(?:^|\s)(?:-D|--daemon|--check-config|--version)\b/, says: 'serves until it is stopped'},
  {on: 'celery', when: /\b(?:worker|beat|events|flower)\b/, unless: /--detach\b/, says: 'serves until it is stopped'},
  {on: 'php', when: /^-S\b/, says: 'serves until it is stopped'},
  {on: 'python python3', when: /^-m (?:http\.server|flask run|uvicorn)\b/, says: 'serves until it is stopped'},
  {on: 'redis-cli', when: /(?:^|\s)(?:monitor|--stat|--latency)\b|\bsubscribe\b/i, says: 'shows until it is stopped'},
  {
    on: 'kafka-console-consumer kafka-console-consumer.sh',
    unless: /--(?:max-messages|timeout-ms)\b/,
    says: 'shows until it is stopped',
  },
  {on: 'mosquitto_sub', unless: /(?:^|\s)-C\b/, says: 'shows until it is stopped'},
  {on: 'etcdctl', when: /^watch\b/, says: 'shows until it is stopped'},
];

export const ENDLESS = tableOf(ROWS);

/** Behind a pipe, these programs end what follows a log. */
export const ENDS_A_PIPE = /^(?:head|grep(?=.*\s(?:-m\s?\d|-[a-zA-Z]*q))|sed(?=.*\dq)|timeout)\b/;

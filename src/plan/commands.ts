import {operands, simpleCommands} from './shell-words.ts';

/** What a command destroys, in words; undefined when it destroys nothing. */
export function destroys(command: string): string | undefined {
  for (const words of simpleCommands(command)) {
    const found = destroyedBy(words);
    if (found !== undefined) return found;
  }
  return destroysData(command);
}

/** What a SQL text takes away: DROP, TRUNCATE, DELETE without WHERE. */
export function destroysData(sql: string): string | undefined {
  const drop = /\bDROP\s+(?:DATABASE|SCHEMA|TABLE|COLUMN|VIEW|INDEX|ROLE|USER)\s+(?:IF\s+EXISTS\s+)?"?([\w.]+)/i.exec(
    sql,
  );
  if (drop !== null) return `drops ${drop[1]}`;
  const truncate = /\bTRUNCATE\s+(?:TABLE\s+)?"?([\w.]+)/i.exec(sql);
  if (truncate !== null) return `empties ${truncate[1]}`;
  const remove = /\bDELETE\s+FROM\s+"?([\w.]+)"?\s*(?:;|"|'|$)/i.exec(sql);
  return remove === null ? undefined : `deletes every row of ${remove[1]}`;
}

function destroyedBy(words: readonly string[]): string | undefined {
  const [program = '', sub = ''] = words;
  const rest = operands(words);
  const has = (pattern: RegExp) => words.slice(1).some(word => pattern.test(word));
  switch (program) {
    case 'rm':
      return has(/^-[a-zA-Z]*[rR]|^--recursive/) ? `deletes ${rest.join(' ')}` : undefined;
    case 'git':
      if (sub === 'reset' && has(/^--hard$/)) return 'discards uncommitted changes';
      if (sub === 'clean' && has(/^-[a-z]*f/)) return 'deletes untracked files';
      if (sub === 'push' && has(/^(?:-f|--force)/)) return 'overwrites the remote branch';
      return undefined;
    case 'kubectl':
    case 'oc':
    case 'helm':
      return /^(?:delete|uninstall)$/.test(sub) ? `deletes ${rest.slice(1).join(' ')}` : undefined;
    case 'docker':
    case 'podman': {
      const things = rest
        .filter(word => !/^(?:rm|rmi|prune|container|image|volume|network|system)$/.test(word))
        .join(' ');
      return has(/^(?:prune|rm|rmi)$/) ? `removes ${things || 'everything unused'}` : undefined;
    }
    case 'terraform':
      return sub === 'destroy' ? 'destroys the infrastructure' : undefined;
    case 'dropdb':
      return `drops ${rest.join(' ')}`;
    case 'pg_restore':
      return has(/^(?:-c|--clean)$/) ? 'drops what it restores' : undefined;
    case 'dd':
      return has(/^of=/) ? 'overwrites a device or file' : undefined;
    case 'reboot':
    case 'shutdown':
    case 'poweroff':
      return 'stops the machine';
    default:
      if (/^mkfs/.test(program)) return 'formats a file system';
      if (has(/^--force-reset$/) || /\b(?:db|migrate) reset\b/.test(words.join(' '))) return 'empties the database';
      return undefined;
  }
}

/** Commands that follow something until somebody stops them. */
export function isEndless(command: string): boolean {
  return simpleCommands(command).some(words => {
    const [program = '', sub = '', third = ''] = words;
    const has = (pattern: RegExp) => words.slice(1).some(word => pattern.test(word));
    const follows = has(/^(?:-[a-zA-Z]*[fF]|--follow(?:=.*)?)$/);
    switch (program) {
      case 'tail':
      case 'journalctl':
        return follows;
      case 'docker':
      case 'podman':
      case 'docker-compose':
      case 'kubectl':
      case 'oc':
      case 'heroku':
      case 'fly':
        if (/^(?:port-forward|proxy)$/.test(sub)) return true;
        if (has(/^(?:-w|--watch)$/) && sub === 'get') return true;
        return follows && [sub, third].includes('logs');
      case 'pm2':
        return sub === 'logs' && !has(/^--nostream$/);
      case 'watch':
      case 'htop':
      case 'top':
        return program !== 'top' || !has(/^-[a-zA-Z]*b/);
      case 'npm':
      case 'pnpm':
      case 'yarn':
        return sub === 'dev' || (sub === 'run' && /^(?:dev|watch)$/.test(third));
      default:
        return false;
    }
  });
}

/** Why a command would wait for somebody at a terminal; undefined when it would not. */
export function needsTerminal(command: string): string | undefined {
  for (const words of simpleCommands(command)) {
    const [program = '', sub = ''] = words;
    const has = (pattern: RegExp) => words.slice(1).some(word => pattern.test(word));
    if (/^(?:vi|vim|nvim|nano|emacs|less|more|man|passwd|visudo|tmux|screen)$/.test(program)) return `opens ${program}`;
    if (program === 'crontab' && has(/^-e$/)) return 'opens an editor';
    if (program === 'read') return 'waits for an answer';
    if (
      /^(?:psql|mysql|mongo|mongosh|redis-cli|sqlite3|python3?|node|irb|rails)$/.test(program) &&
      opensConsole(words)
    ) {
      return `opens a ${program} console`;
    }
    if (/^(?:docker|podman|kubectl|oc)$/.test(program) && sub === 'exec' && has(/^-(?:it|ti|t)$/))
      return 'opens a terminal';
    if (program === 'su' || (program === 'ssh' && isLogin(words))) return 'opens a login shell';
    if (program === 'git' && ((sub === 'rebase' && has(/^-i$/)) || (sub === 'add' && has(/^-p$/))))
      return 'asks what to do';
    if (program === 'git' && sub === 'commit' && !has(/^-[a-zA-Z]*m|^--(?:message|no-edit|amend|file)|^-F/))
      return 'opens an editor';
    if (/^(?:docker|npm|gh|az|heroku|vercel)$/.test(program) && sub === 'login' && !has(/^-(?:p|-password)/))
      return 'asks for credentials';
  }
  return undefined;
}

function opensConsole(words: readonly string[]): boolean {
  const [program = ''] = words;
  const text = words.join(' ');
  if (program === 'rails') return words[1] === 'console' || words[1] === 'c';
  if (/^(?:python3?|node|irb)$/.test(program)) return words.length === 1;
  if (program === 'redis-cli' || program === 'sqlite3') return operands(words).length < (program === 'sqlite3' ? 2 : 1);
  return !/\s(?:-[a-zA-Z]*[cefl]|--(?:command|file|execute|eval|list|version)\b)/.test(text);
}

function isLogin(words: readonly string[]): boolean {
  return sshDestination(words)?.remote === '';
}

/** Where an ssh command goes, and what it runs there (empty: a login). */
export function sshDestination(words: readonly string[]): {destination: string; remote: string} | undefined {
  if (words[0] !== 'ssh') return undefined;
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (/^-[bcDEeFIiJLlmOopQRSWw]$/.test(word)) at += 1;
    else if (!word.startsWith('-')) return {destination: word, remote: words.slice(at + 1).join(' ')};
  }
  return undefined;
}

/** Whether text is a command line rather than output, prose or a name. */
export function looksLikeCommand(text: string): boolean {
  const [words] = simpleCommands(text);
  const [program = ''] = words ?? [];
  if (words === undefined || words.length === 0) return false;
  if (/^(?:\.{0,2}\/[\w./-]+|~\/\S+)$/.test(program))
    return words.length > 1 || /\.(?:sh|py|rb|js|bash)$/.test(program);
  return PROGRAMS.has(program) && (words.length > 1 || ALONE.has(program));
}

const PROGRAMS = new Set(
  `alembic ansible ansible-playbook apt apt-get aws awk az bash bundle cap cargo cat cd certbot chmod chown cp crontab curl
  cut date df dig django-admin dnf docker docker-compose dotnet dropdb du echo egrep env export fly flyway free gcloud gem gh
  git go gradle grep gunicorn gunzip gzip head helm heroku host hostname htop ifconfig ip java jest journalctl jq kill killall
  kubectl kustomize launchctl ln ls lsof make mkdir mongo mongodump mongorestore mongosh mv mvn mysql mysqldump nc netlify
  netstat nginx node nohup npm npx nslookup oc openssl pg_dump pg_isready pg_restore php ping pip pip3 pipenv pkill pm2 pnpm
  podman poetry prisma ps psql pwd pytest python python3 rails rake read redis-cli rm rsync ruby scp sed sequelize service
  sh sleep sort source sqlite3 ss ssh stat sudo supabase supervisorctl systemctl tail tar tee telnet terraform test top touch
  traceroute ufw uname unzip uptime uv uvicorn vault vercel vi vim nano watch wc wget yarn yum zip zsh`.split(/\s+/),
);

/** Programs that mean something without arguments. */
const ALONE = new Set([
  'make',
  'pytest',
  'htop',
  'top',
  'uptime',
  'ls',
  'pwd',
  'df',
  'pg_isready',
  'psql',
  'hostname',
  'jest',
]);

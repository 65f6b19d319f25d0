/** Commands that wait for somebody at a terminal. */
import {type Row, tableOf} from './hazard-row.ts';

/** Commands that wait for somebody at a terminal. */
const ROWS: readonly Row[] = [
  {on: 'vi vim nvim nano pico emacs joe mcedit less more man view', says: 'opens {program}'},
  {
    on: 'tmux screen byobu',
    when: /^$|^(?:new|a|at|attach|new-session|attach-session|-[rRxS])\b/,
    unless: /(?:^|\s)-[a-zA-Z]*d|\s-dm?S?\b/,
    says: 'opens {program}',
  },
  {
    on: 'passwd visudo vipw vigr mysql_secure_installation dpkg-reconfigure raspi-config nmtui alsamixer',
    says: 'opens {program}',
  },
  {on: 'crontab', when: /(?:^|\s)-e\b/, says: 'opens an editor'},
  {on: 'systemctl', when: /^edit\b/, says: 'opens an editor'},
  {on: 'kubectl oc k', when: /^(?:-\S+ )*edit\b/, says: 'opens an editor'},
  {on: 'read select', says: 'waits for an answer'},
  {on: 'rails', when: /^(?:c|console|dbconsole|db)\b/, says: 'opens a rails console'},
  {
    on: 'manage.py django-admin',
    when: /^(?:shell|shell_plus|dbshell)\b/,
    unless: /(?:^|\s)(?:-c|--command)\b/,
    says: 'opens a console',
  },
  {
    on: 'manage.py django-admin',
    when: /^createsuperuser\b/,
    unless: /--no-?input\b/,
    says: 'asks for a name and a password',
  },
  {on: 'artisan', when: /^tinker\b/, unless: /--execute/, says: 'opens a console'},
  {on: 'flask', when: /^shell\b/, says: 'opens a console'},
  {
    on: 'sqlplus cqlsh clickhouse-client mongocli ftp sftp telnet ipython irb ghci iex bpython',
    unless: /(?:^|\s)(?:-[a-zA-Z]*[ecfb]|--(?:execute|query|file|batch|version)\b|@|-[sS] .*@)/,
    says: 'opens a {program} console',
  },
  {
    on: 'docker podman docker-compose kubectl oc k',
    when: /(?:^|\s)(?:exec|run|attach|debug)\b.*\s(?:-[a-zA-Z]*t[a-zA-Z]*|--tty)(?=\s)/,
    unless: /(?:^|\s)(?:-t ?\S+:\S+ ?\.|--rm -t )/,
    says: 'opens a terminal',
  },
  {on: 'oc', when: /^(?:rsh|debug)\b/, unless: / -- \S/, says: 'opens a terminal'},
  {on: 'oc', when: /^login\b/, unless: /--token|(?:^|\s)(?:-p|--password)\b/, says: 'asks for credentials'},
  {on: 'argocd', when: /^login\b/, unless: /--password\b|--core\b/, says: 'asks for credentials'},
  {on: 'heroku', when: /^(?:run (?:bash|sh|rails c|console)|login|pg:psql$)/, says: 'opens a terminal'},
  {on: 'fly flyctl', when: /^(?:ssh console|auth login)\b/, unless: /(?:^|\s)-C\b/, says: 'opens a terminal'},
  {on: 'aws', when: /^ssm start-session\b/, says: 'opens a terminal'},
  {on: 'gcloud', when: /^compute ssh\b/, unless: /--command\b/, says: 'opens a login shell'},
  {on: 'git', when: /^rebase\b.*\s-[a-zA-Z]*i\b|^add\b.*\s(?:-p|-i)\b|^mergetool\b/, says: 'asks what to do'},
  {
    on: 'git',
    when: /^(?:-C \S+ )?commit\b/,
    unless: /(?:^|\s)(?:-[a-zA-Z]*[mFC]|--(?:message|no-edit|file|fixup|reuse-message)\b)|--amend.*--no-edit/,
    says: 'opens an editor',
  },
  {on: 'git', when: /^tag\b.*\s-[as]\b/, unless: /(?:^|\s)-[a-z]*[mF]|--message/, says: 'opens an editor'},
  {on: 'docker podman', when: /^login\b/, unless: /(?:^|\s)(?:-p|--password)/, says: 'asks for credentials'},
  {on: 'npm yarn pnpm', when: /^(?:login|adduser|init$)/, says: 'asks for credentials'},
  {on: 'gh', when: /^auth login\b/, unless: /--with-token/, says: 'asks for credentials'},
  {on: 'gh', when: /^run watch$|^workflow run$|^pr (?:create|merge)$|^release create \S+$/, says: 'asks what to do'},
  {on: 'az', when: /^login\b/, unless: /--service-principal|--identity|(?:^|\s)-p\b/, says: 'asks for credentials'},
  {on: 'gcloud', when: /^(?:auth login|init)\b/, says: 'asks for credentials'},
  {on: 'aws', when: /^(?:configure$|configure --profile|sso login)\b/, says: 'asks for credentials'},
  {
    on: 'vercel netlify supabase firebase eas expo wrangler doctl',
    when: /^(?:login|auth init)\b/,
    unless: /--token|--access-token/,
    says: 'asks for credentials',
  },
  {
    on: 'vault',
    when: /^login$|^login -method=(?:ldap|userpass|oidc)/,
    unless: /password=/,
    says: 'asks for credentials',
  },
  {
    on: 'mysql mysqldump mariadb mysqladmin mysqlcheck mysqlimport',
    when: /(?:^|\s)(?:-p|--password)(?=\s|$)/,
    says: 'asks for the password',
  },
  {
    on: 'psql pg_dump pg_restore pg_dumpall createdb dropdb',
    when: /(?:^|\s)(?:-W|--password)(?=\s|$)/,
    says: 'asks for the password',
  },
  {on: 'ssh-keygen', unless: /(?:^|\s)(?:-[RlFyH]|-N\b)/, says: 'asks for a file and a passphrase'},
  {on: 'ssh-copy-id', says: 'asks for the password'},
  {on: 'ssh-add gpg-agent kinit', unless: /(?:^|\s)(?:-[lLdDk]|-kt)\b/, says: 'asks for the password'},
  {on: 'do-release-upgrade', unless: /-f \S*NonInteractive/i, says: 'asks what to do'},
  {
    on: 'apt apt-get aptitude',
    when: /(?:^|\s)(?:install|remove|purge|upgrade|dist-upgrade|full-upgrade|autoremove)\b/,
    unless: /(?:^|\s)(?:-[a-zA-Z]*y|--yes|--assume-yes|-qq|--simulate|-s|--dry-run)\b/,
    says: 'asks whether to go on',
  },
  {
    on: 'yum dnf zypper',
    when: /(?:^|\s)(?:install|remove|erase|update|upgrade)\b/,
    unless: /(?:^|\s)(?:-[a-zA-Z]*y|--assumeyes|-n|--non-interactive)\b/,
    says: 'asks whether to go on',
  },
  {on: 'pip pip3', when: /^uninstall\b/, unless: /(?:^|\s)(?:-y|--yes)\b/, says: 'asks whether to go on'},
  {
    on: 'terraform tofu',
    when: /^(?:-\S+ )*(?:apply|destroy)\b/,
    unless: /-auto-approve\b|(?:^|\s)[\w./-]*plan\w*(?:\.\w+)?$|\.(?:tf)?plan\b/,
    says: 'asks whether to go on',
  },
  {on: 'pulumi', when: /^(?:up|destroy)\b/, unless: /(?:^|\s)(?:-[a-zA-Z]*y|--yes)\b/, says: 'asks whether to go on'},
  {on: 'docker podman', when: /\bprune\b/, unless: /(?:^|\s)(?:-[a-zA-Z]*f|--force)\b/, says: 'asks whether to go on'},
  {
    on: 'gcloud',
    when: /(?:^|\s)(?:delete|failover|promote-replica|resize)\b/,
    unless: /(?:^|\s)(?:-q|--quiet)\b/,
    says: 'asks whether to go on',
  },
  {on: 'az', when: /(?:^|\s)delete\b/, unless: /(?:^|\s)(?:-y|--yes)\b/, says: 'asks whether to go on'},
  {on: 'heroku', when: /\b(?:destroy|pg:reset|pg:copy)\b/, unless: /--confirm\b/, says: 'asks whether to go on'},
  {
    on: 'prisma',
    when: /^migrate (?:reset|dev)\b/,
    unless: /(?:^|\s)(?:-f|--force|--create-only)\b/,
    says: 'asks whether to go on',
  },
  {
    on: 'certbot',
    when: /^(?:certonly|--nginx|--apache|run|install)?\b/,
    unless: /(?:^|\s)(?:renew|certificates|-n|--non-interactive|--agree-tos|revoke|delete|--version)\b/,
    says: 'asks what to do',
  },
  {on: 'fdisk gdisk cfdisk', unless: /(?:^|\s)(?:-l|--list)\b/, says: 'opens {program}'},
];

export const INTERACTIVE = tableOf(ROWS);

/** After these the lines that follow are typed into what they opened. */
export const OPENS = /^(?:opens a|opens (?:tmux|screen|byobu))/;

/** Recognises commands and orders that take back what a deployment did. */
import type {Block, TextLine} from '../document/blocks.ts';
import {codeSpans, plainText} from '../document/inline.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {promptOf} from '../shell/prompts.ts';
import {phrase} from '../words/vocabulary.ts';

/** Whether a command takes something back, whatever was done before it. */
export function takesBack(command: string): boolean {
  const text = command.slice(0, COMMAND_MAX).replace(/^\s*(?:(?:sudo|doas)\s+(?:-\w+\s+(?:\w+\s+)?)?|then\s+)/, '');
  return TAKES_BACK.some(pattern => pattern.test(text));
}

/** Whether it reads a backup in. */
export function loadsBackup(command: string): boolean {
  return LOADS.test(command.slice(0, COMMAND_MAX));
}

const LOADS =
  /^(?:sudo\s+(?:-u\s+\w+\s+)?)?(?:(?:mysql|mariadb|psql|sqlite3|mongorestore|pg_restore(?!\s+(?:-l|--list)(?!\S)))\b.*(?:backup|bak|before|prev|pre[-_]|old|last)|(?:zcat|gunzip|gzip|cat|xz|zstd)\b.*\|\s*(?:mysql|mariadb|psql)\b|(?:restic|borg|velero|pgbackrest|barman|etcdctl\s+snapshot)\b.*\b(?:restore|recover|extract)\b)/;

/** Whether data that came after the backup, or all of it, is gone then: a restore, a flashback, a dropped database. */
export function losesData(command: string): boolean {
  return loadsBackup(command) || LOSES.test(command.slice(0, COMMAND_MAX));
}

const LOSES =
  /(?<!git )\b(?:restore|pg_restore(?!\s+(?:-l|--list)(?!\S))|mongorestore|impdp|dropdb|flashback\w*|rman|pitr|recovery_target\w*|point-in-time|restore-time|zfs\s+rollback|lvconvert\s+--merge)(?![a-z])|\b(?:drop|restore|recover)\s+(?:database|schema|table|snapshot)\b|\bsnapshot[-\s](?:restore|revert)|\b(?:mysql|mariadb|psql|sqlite3)\b[^|]*<\s*\S/i;

/** Whether it puts a saved copy back, as one way of work does on its way forward too: `cp -a app.conf.bak app.conf`. */
export function putsCopyBack(command: string): boolean {
  return COPY_BACK.test(command.slice(0, COMMAND_MAX));
}

const COPY_BACK =
  /^\s*(?:sudo\s+)?(?:mv|cp|install)\s+(?:-\S+\s+)*\S+?[.-](?:old|bak|backup|orig|prev|previous|save|saved)\S*\s/;

const COMMAND_MAX = 2000;
/** A name for what ran before: `$OLD`, `${PREV_TAG}`, `<previous release>`. */
const BEFORE = String.raw`(?:\$\{?(?:[A-Z]+_)?(?:OLD|PREV|PREVIOUS|LAST_GOOD|BEFORE)\w*|<(?:the )?(?:old|prev(?:ious)?|last|former)\b[^>]*>|\b(?:previous|last-good)\b)`;

const TAKES_BACK: readonly RegExp[] = [
  // What tools call so themselves.
  /^(?:kubectl|oc|k)\b.*\b(?:rollout|rollouts) undo\b/,
  /^(?:helm|helmfile|zfs|qm|pct|virsh|snapper|rpm-ostree|ostree|bootc|nomad|cf|fly|flyctl|vercel|heroku|netlify|eb|gcloud|aws|az|liquibase|argocd|cap|nixos-rebuild|waypoint|mender|fwupdmgr)\b.*\b(?:rollback|revert|undochange|snapshot-revert)\b/,
  /^(?:zfs rollback|git revert|git reset --hard (?:HEAD[~^]|ORIG_HEAD)|git (?:checkout|switch) (?:\S+ )?(?:HEAD[~^]|-(?=\s|$|;|&))|lvconvert\s+--merge|snapper undochange|flyway undo|alembic downgrade)/,
  /^(?:dnf|yum)\b.*\b(?:history\s+(?:undo|rollback)|downgrade)\b/,
  /^(?:apt|apt-get|zypper|pkg|pacman|apk)\b.*--(?:allow-downgrades?|oldpackage)\b(?!=(?:false|no|0))|^rpm\b.*--oldpackage\b/,
  /\b(?:migrate|migrations?|db|schema)[:.\s](?:--)?(?:rollback|undo|down|downgrade|revert|reset)\b|\b(?:migrate|migration)\S*\s+.*--(?:down|rollback|undo|revert)\b|\b[A-Z]\w*\.(?:down|rollback)\(/,
  /^\S*\/(?:\w+[-_])*(?:uninstall|rollback|revert|undo|backout|back-out|downgrade)(?:[-_.]\w+)*(?:\s|$)/,
  /^(?:make|npm run|yarn|pnpm|rake|just|task|fab|invoke|bundle exec rake)\s+(?:\S+\s+)*?\S*(?:rollback|revert|undo|backout|downgrade)\b/,
  /^(?:ansible-playbook|python3?|bash|sh|node|ruby|perl)\s+(?:\S+\s+)*?\S*(?:rollback|revert|backout|uninstall|downgrade)\S*/,
  // The name that ran before takes the place of the new one.
  new RegExp(
    String.raw`^(?:ln\s+-\w+|git (?:checkout|switch|reset)|docker\b.*\b(?:tag|run|pull|update)|kubectl set image|helm upgrade|(?:npm|pip3?|apt|apt-get|dnf|yum|gem|brew)\s+install)\b.*${BEFORE}`,
  ),
  // `mv app.old app`, `cp -a nginx.conf.bak nginx.conf`
  /^(?:mv|cp|install)\s+(?:-\S+\s+)*(\S+?)[.-](?:old|bak|backup|orig|prev|previous|save|saved)\S*\s+\1(?:\s|$|;|&)/,
  /^(?:FLASHBACK\s+(?:DATABASE|TABLE)|RESTORE\s+DATABASE|STARTUP\s+MOUNT)\b/i,
];

/** Whether a sentence orders to go back: "Roll back the pods", "Start the old box again". */
export function ordersBack(sentence: string): boolean {
  return ORDERS_BACK.test(plainText(sentence).slice(0, COMMAND_MAX));
}

const ORDERS_BACK = phrase`^\W*(?:\d+[.)]\s+)?(?:${'rollback'}\>|${'orders-back'})`;

/** The first command among the blocks that takes something back. */
export function firstTakenBack(blocks: readonly Block[]): string | undefined {
  return commandsIn(blocks).find(takesBack);
}

const DEPTH_MAX = 20;

/** The commands of code blocks, items and tables, without prompts. */
export function commandsIn(blocks: readonly Block[], depth = 0): string[] {
  if (depth > DEPTH_MAX) return [];
  return blocks.flatMap(block => {
    switch (block.kind) {
      case 'code-block':
        return linesOfCode(block.body);
      case 'list':
        return block.items.flatMap(item => [
          ...item.text.flatMap(({text}) => codeSpans(text).filter(looksLikeCommand)),
          ...commandsIn(item.blocks, depth + 1),
        ]);
      case 'table':
        return block.rows.flatMap(({cells}) => cells.flatMap(cell => codeSpans(cell).filter(looksLikeCommand)));
      default:
        return [];
    }
  });
}

/** A `#` is the prompt of root in a block that has nothing but such lines and other prompts. */
export function linesOfCode(body: readonly TextLine[]): string[] {
  const lines = body.map(({text}) => text.trim()).filter(text => text !== '');
  const isRoot = lines.every(text => PROMPTED.test(text) || promptOf(text) !== undefined);
  return lines.flatMap(text => {
    if (text.startsWith('#') && !isRoot) return [];
    const command = promptOf(text)?.rest ?? text.replace(PROMPTED, '');
    return [command.trim()];
  });
}

const PROMPTED = /^(?:[A-Za-z][\w.@:~/-]*)?[#$%]\s+(?=\S)/;

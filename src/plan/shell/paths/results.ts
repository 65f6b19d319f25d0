/** Finds what a command leaves that shows the version: a commit, a link, a restored backup. */
import {compact} from '../../../text/compact.ts';
import {type Capture, namedText} from '../captures.ts';
import {simpleCommands} from '../words.ts';
import {archiveOf, copyOf} from './copies.ts';
import {trimmed} from './outputs.ts';

/** Whether it moves HEAD. `git checkout TAG -- app` only brings files. */
export function movesHead(command: string): boolean {
  return simpleCommands(command).some(([program, sub = '', ...rest]) => {
    if (program !== 'git' || rest.includes('--')) return false;
    if (sub === 'reset') return rest.some(word => /^--(?:hard|keep|merge)$/.test(word));
    return /^(?:checkout|switch)$/.test(sub) && rest.filter(word => !word.startsWith('-') || word === '-').length === 1;
  });
}

/**
 * A commit, as a command names it. `remote`: from that remote, `ref` there; without `ref`, the branch that is followed.
 */
export type Incoming = {kind: 'remote'; remote?: string; ref?: string} | {kind: 'local'; ref: string};

/** The commit that the last such command brings into the working tree: `git pull origin main`, `git checkout v2`. */
export function commitBrought(command: string): (Incoming & {directory?: string}) | undefined {
  return simpleCommands(command).reduce<(Incoming & {directory?: string}) | undefined>((found, words) => {
    if (words[0] !== 'git') return found;
    const directory = words[1] === '-C' ? words[2] : undefined;
    const [sub = '', ...rest] = directory === undefined ? words.slice(1) : words.slice(3);
    const incoming = incomingOf(sub, rest);
    if (incoming === undefined) return found;
    return directory === undefined ? incoming : {...incoming, directory};
  }, undefined);
}

function incomingOf(sub: string, rest: readonly string[]): Incoming | undefined {
  if (rest.some(word => /^(?:--|--abort|--continue|--quit|-b|-B|-c|-C|--create|--orphan)$/.test(word)))
    return undefined;
  const [first, second, ...more] = rest.filter(word => !word.startsWith('-'));
  if (sub === 'pull') return {kind: 'remote', ...compact({remote: first, ref: second})};
  const isWhole = /^(?:checkout|switch|merge)$/.test(sub) || (sub === 'reset' && rest.includes('--hard'));
  // `HEAD~1` depends on what HEAD is when it runs.
  if (!isWhole || first === undefined || /^(?:HEAD|@|-$)/.test(first) || second !== undefined || more.length > 0)
    return undefined;
  const [, remote, ref] = /^(origin|upstream)\/(.+)$/.exec(first) ?? [];
  return remote === undefined || ref === undefined ? {kind: 'local', ref: first} : {kind: 'remote', remote, ref};
}

/** The symbolic links that the command makes, where it names them. */
export function linksMade(command: string): readonly string[] {
  return simpleCommands(command).flatMap(words => {
    if (words[0] !== 'ln' || !words.some(word => /^-\w*s/.test(word))) return [];
    const [, link, ...more] = words.slice(1).filter(word => !word.startsWith('-'));
    return link === undefined || more.length > 0 || /\/$|[$`]/.test(link) ? [] : [link];
  });
}

/**
 * What a command restores from a backup. `packed`: it unpacks these members (none: all) into the directory `target`.
 */
export type Restored = {backup: string; target: string; packed?: {members: readonly string[]}};

/** A command of the plan; `madeFrom` shows that the document makes the backup. */
type Restoring = {
  text: string;
  named?: string;
  captures: readonly Capture[];
  inputs: readonly {kind: string; path?: string; madeFrom?: string}[];
};

/** `cp -r app.bak app`, `mv app.old app`, `tar xzf app.backup.tgz -C /srv`. To copy anything else restores nothing. */
export function restoredBy({inputs, ...command}: Restoring): readonly Restored[] {
  return simpleCommands(namedText(command)).flatMap((words): Restored[] => {
    const archive = archiveOf(words);
    if (archive?.file !== undefined) {
      const {file: backup, directory: target = '.', members} = archive;
      const isWhole = archive.reads && !words.some(word => /^--(?:strip|transform|xform|exclude|keep|skip)/.test(word));
      return isWhole && isNamedBackup(backup) && isPlain(backup, target) ? [{backup, target, packed: {members}}] : [];
    }
    const {program = '', sources = [], target} = copyOf(words) ?? {};
    const [backup] = sources;
    if (backup === undefined || target === undefined || sources.length > 1 || program === 'ln') return [];
    const into = /(?:^|\/)\.{0,2}\/?$/.test(target) && !/\/\.?$/.test(backup);
    const put = into ? `${trimmed(target)}/${backup.replace(/^.*\//, '')}` : trimmed(target);
    const isMade = inputs.some(
      ({path = '', madeFrom}) =>
        madeFrom !== undefined && trimmed(path) === trimmed(backup) && trimmed(madeFrom) === put,
    );
    const isBackup = isMade || (isNamedBackup(backup) && !isNamedBackup(put));
    return isBackup && isPlain(backup, put) ? [{backup: trimmed(backup), target: put}] : [];
  });
}

/** Paths on this machine without patterns and variables. */
function isPlain(...paths: readonly string[]): boolean {
  return !paths.some(path => /[*?$`]|^[\w.@-]+:/.test(path));
}

function isNamedBackup(path: string): boolean {
  return /(?:^|[^a-z])(?:bak|backups?|old|orig|original|prev|previous|saved?|snapshots?|before)(?:[^a-z]|$)/i.test(
    path,
  );
}

/** What a command leaves in place that shows which version it is. */
import type {Command, Text} from '../../script.ts';
import {withNames} from '../captures.ts';
import {simpleCommands} from '../words.ts';
import {archiveOf, copyOf} from './copies.ts';
import {trimmed} from './outputs.ts';

/** `git checkout TAG -- app` brings files, and leaves HEAD where it is. */
export function movesHead(command: string): boolean {
  return simpleCommands(command).some(([program, sub = '', ...rest]) => {
    if (program !== 'git' || rest.includes('--')) return false;
    if (sub === 'reset') return rest.some(word => /^--(?:hard|keep|merge)$/.test(word));
    return /^(?:checkout|switch)$/.test(sub) && rest.filter(word => !word.startsWith('-') || word === '-').length === 1;
  });
}

/** Symbolic links whose names the command says. */
export function linksMade(command: string): readonly string[] {
  return simpleCommands(command).flatMap(words => {
    if (words[0] !== 'ln' || !words.some(word => /^-\w*s/.test(word))) return [];
    const [, link, ...more] = words.slice(1).filter(word => !word.startsWith('-'));
    return link === undefined || more.length > 0 || /\/$|[$`]/.test(link) ? [] : [link];
  });
}

/** What a command puts back from a backup. `packed`: out of an archive, into the directory `target`, these members or all. */
export type Restored = {backup: Text; target: Text; packed?: {members: readonly Text[]}};

/** `cp -r app.bak app`, `mv app.old app`, `tar xzf app.backup.tgz -C /srv`. A copy of anything else restores nothing. */
export function restoredBy({text, captures, inputs}: Command): readonly Restored[] {
  return simpleCommands(withNames(text, captures)).flatMap((words): Restored[] => {
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
      input => 'madeFrom' in input && trimmed(input.path) === trimmed(backup) && trimmed(input.madeFrom ?? '') === put,
    );
    const isBackup = isMade || (isNamedBackup(backup) && !isNamedBackup(put));
    return isBackup && isPlain(backup, put) ? [{backup: trimmed(backup), target: put}] : [];
  });
}

/** Neither a pattern, nor a variable, nor on another machine. */
function isPlain(...paths: readonly string[]): boolean {
  return !paths.some(path => /[*?$`]|^[\w.@-]+:/.test(path));
}

function isNamedBackup(path: string): boolean {
  return /(?:^|[^a-z])(?:bak|backups?|old|orig|original|prev|previous|saved?|snapshots?|before)(?:[^a-z]|$)/i.test(
    path,
  );
}

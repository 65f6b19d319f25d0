/** Proof that what a variable names exists, just before something is deleted for it. */
import {operands, simpleCommands} from '../../plan/script.ts';
import type {BoundCommand, Proof} from '../request.ts';

/** A path made of names and variables; what a substitution prints is not asked for twice. */
const VARIABLE_PATH = /^(?=.*\$)(?:[\w./~+-]|\$\w+|\$\{\w+\})+$/;

/**
 * `rm -rf X` with `cp -r "$B" X` on its line or further down: only the shell knows what `$B` is, so it is looked at
 * just before X would be deleted. Nothing can be said about it earlier.
 */
export function guardVariableSources(commands: readonly BoundCommand[]): readonly BoundCommand[] {
  return commands.map((command, index) => {
    const deleted = new Set(deletedBy(command.text));
    if (deleted.size === 0) return command;
    const sources = commands.slice(index).flatMap(({text}) => sourcesFor(text, deleted));
    return sources.length === 0 ? command : {...command, requires: [...command.requires, ...sources.map(proofOf)]};
  });
}

function deletedBy(text: string): readonly string[] {
  return simpleCommands(text).flatMap(words =>
    words[0] === 'rm' && words.some(word => /^-[a-zA-Z]*[rR]|^--recursive$/.test(word))
      ? operands(words).map(trimmed)
      : [],
  );
}

function sourcesFor(text: string, deleted: ReadonlySet<string>): readonly string[] {
  return simpleCommands(text).flatMap(words => {
    if (!/^(?:cp|mv|rsync)$/.test(words[0] ?? '')) return [];
    const paths = operands(words);
    if (!deleted.has(trimmed(paths.at(-1) ?? ''))) return [];
    return paths.slice(0, -1).filter(path => VARIABLE_PATH.test(path));
  });
}

function proofOf(path: string): Proof {
  return {id: `variable|${path}`, sh: `[ -e "${path}" ]`, missing: `${path} is nothing that exists`};
}

function trimmed(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}

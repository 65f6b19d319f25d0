/** Finds the file that an endless command follows. */
import {shellCommands, simpleCommands} from './words.ts';

/** The file and the source name: `tail -f /var/log/x/error.log` gives that file and the source `error`. */
export function followedSource(command: string): {source: string; file?: string} {
  const [words = [], ...others] = simpleCommands(command);
  const [program = 'log'] = words;
  const plain = others.length === 0 && shellCommands(command).every(one => one.redirections.length === 0);
  if (program === 'tail') {
    const files = words.slice(1).filter((word, index) => !word.startsWith('-') && !/^-[nc]$/.test(words[index] ?? ''));
    const [file] = files;
    if (file === undefined) return {source: 'log'};
    return plain && files.length === 1 && !/[$`*?]/.test(file)
      ? {source: nameOfFile(file), file}
      : {source: nameOfFile(file)};
  }
  const unit = words.findIndex(word => /^(?:-u|--unit)$/.test(word));
  if (unit !== -1) return {source: nameOfFile(words[unit + 1] ?? program)};
  const name = words
    .slice(1)
    .findLast(
      (word, index) =>
        !/^-|^\d+[smh]?$/.test(word) && !/^-\w$|^--[a-z-]+$/.test(valuedBefore(words[index])) && !VERBS.test(word),
    );
  return {source: nameOfFile(name ?? program)};
}

const VERBS = /^(?:logs?|compose|get|run)$/;

/** The word itself if it is an option that takes the next word as its value; otherwise ''. */
function valuedBefore(word = ''): string {
  return /^(?:-n|--namespace|--tail|--since|--lines|-c|--container|-l|--selector|--context|-p|--project|--profile)$/.test(
    word,
  )
    ? word
    : '';
}

function nameOfFile(path: string): string {
  const base = path.replace(/\/+$/, '').replace(/^.*[/\\]/, '');
  return base.replace(/(?<=.)\.(?:log|txt|out|err|service)$/, '').replaceAll(/[^\w.-]+/g, '-') || 'log';
}

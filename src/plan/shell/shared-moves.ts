/** Moves `ssh` and `cd` at the start of the first arm in front of all arms, because they hold for every arm. */
import type {Part} from './arms.ts';
import {sshDestination} from './carried-commands.ts';
import {simpleCommands} from './words.ts';

/** The part, split into these first lines and the arms; unchanged when there are none. */
export function withMovesInFront(part: Part): Part[] {
  const [first, ...others] = part.kind === 'arms' ? part.arms : [];
  if (first === undefined) return [part];
  const own = first.lines.findIndex(line => !isMove(line.text));
  if (own <= 0) return [part];
  const lines = first.lines.slice(own);
  const label = lines.map(line => line.text).join('; ');
  return [
    {kind: 'lines', lines: first.lines.slice(0, own)},
    {kind: 'arms', arms: [{label, line: lines[0]?.line ?? first.line, lines}, ...others]},
  ];
}

function isMove(text: string): boolean {
  const [words, ...others] = simpleCommands(text);
  if (words === undefined || others.length > 0) return false;
  return words[0] === 'cd' || (sshDestination(words)?.remote === '' && !text.includes('<<'));
}

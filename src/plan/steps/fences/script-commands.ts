/** Lines of shell text as commands of a plan. */
import {compact} from '../../../text/compact.ts';
import {destroys, needsTerminal} from '../../hazards/command-hazards.ts';
import type {Command, Context, ScriptArm} from '../../script.ts';
import type {Arm, Line} from '../../shell/arms.ts';
import {readCaptures, withNames} from '../../shell/captures.ts';
import {readInputs} from '../../shell/inputs.ts';
import {movesShell, simpleCommands} from '../../shell/words.ts';
import {changeDirectory, directoryOf, loseDirectory, type Shells} from '../places/contexts.ts';

/** A `cd` inside an arm holds to the end of the arm. */
export function scriptArm(shells: Shells, context: Context, arm: Arm): ScriptArm {
  const {directories, adrift} = shells;
  const before = {directories: new Map(directories), adrift: new Set(adrift)};
  const commands: Command[] = [];
  const byHand = arm.lines.some(line => line.broken !== undefined || needsTerminal(line.text) !== undefined);
  for (const line of byHand ? [] : arm.lines) {
    const [words, ...others] = simpleCommands(line.text);
    const isMove = words?.[0] === 'cd' && others.length === 0;
    if (!isMove || !changeDirectory(shells, context, words[1])) commands.push(commandIn(shells, context, line));
  }
  shells.directories = before.directories;
  shells.adrift = before.adrift;
  const texts = arm.lines.map(line => line.text).join('; ');
  const label = byHand && arm.label !== texts ? `${arm.label}: ${texts}` : arm.label;
  return {id: `L${arm.line}`, label, line: arm.line, commands, manual: commands.length === 0};
}

/** A line as a command, with where it runs as far as the document says. Moves `shells` on when it may `cd`. */
export function commandIn(shells: Shells, context: Context, line: Line): Command {
  const directory = directoryOf(shells, context);
  const destructive = destroys(line.text);
  const captures = readCaptures(line.text);
  if (movesShell(line.text)) loseDirectory(shells, context);
  return compact({
    line: line.line,
    text: line.text,
    directory,
    comment: line.comment,
    condition: line.condition,
    destructive,
    captures,
    inputs: readInputs(withNames(line.text, captures), directory),
  });
}

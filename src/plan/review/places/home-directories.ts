/** Doubts about commands on a host that name files below some directory, where the document goes to none. */
import {isNameIn} from '../../../text/name-in.ts';
import {codeSpans} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import type {Command} from '../../script.ts';
import {operands, simpleCommands} from '../../shell/words.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {namesBelow} from './lost-directories.ts';
import {namesOfPlace} from './told-hosts.ts';

// Without a `cd`, a command starts in the home directory of the login. "ctl | runs playbooks from `/srv/plays`" in a table
// of hosts is no `cd`.

/** Once for each section and host. `asked`: steps whose directory is asked about already. */
export function homeDirectoryDoubts(
  {steps, source}: Plan,
  {byId}: LineIndex,
  asked: ReadonlySet<string>,
): FoundDoubt[] {
  const told = directoriesTold(steps, source);
  const lost = steps.flatMap(step => {
    const context = contextOf(step);
    if (asked.has(step.id)) return [];
    if (context?.place.kind !== 'host' || context.directory !== undefined || !isDone(byId.get(step.section)?.use))
      return [];
    const said = told.find(({text}) => namesOfPlace(step).some(name => isNameIn(name, text)));
    const command = commandsOf(step).find(one => namesFiles(one, said !== undefined));
    return command === undefined ? [] : [{step, command, said, host: context.place.host}];
  });
  return [...Map.groupBy(lost, ({step, host}) => `${step.section} ${host}`).values()].flatMap(group =>
    group.slice(0, 1).map(({command, said, host}) => ({
      code: said === undefined ? ('value-assumed' as const) : ('place-assumed' as const),
      line: command.line,
      steps: group.map(({step}) => step.id),
      message: `line ${command.line} names files and runs in the home directory of ${host}${said === undefined ? ', because no cd stands before it' : `, and line ${said.line} names ${said.directory}`}`,
      because: said?.directory ?? command.text.split('\n')[0] ?? '',
      settle: 'write cd before it, or name the directory of the host under hosts: in the bindings',
      ...(said === undefined ? {proposed: 'the files are there'} : {}),
    })),
  );
}

type Told = {line: number; text: string; directory: string};

/** Lines without commands that name a directory in code. */
function directoriesTold(steps: readonly Step[], source: readonly string[]): Told[] {
  const worked = new Set(steps.flatMap(commandsOf).map(({line}) => line));
  return source.flatMap((text, index): Told[] => {
    const line = index + 1;
    const directory = worked.has(line) ? undefined : codeSpans(text).find(code => DIRECTORY.test(code));
    return directory === undefined ? [] : [{line, text: text.toLowerCase(), directory}];
  });
}

const DIRECTORY = /^~?(?:\/[\w-]+){2,}\/?$/;

/** `isTold`: a directory is named somewhere, so that also a file without one counts. */
function namesFiles({text, directory}: Command, isTold: boolean): boolean {
  if (directory !== undefined || /^\s*cd\s/.test(text)) return false;
  if (namesBelow(text)) return true;
  return isTold && simpleCommands(text).some(words => operands(words).some(word => FILE.test(word)));
}

const FILE = /^[\w-]+\.(?:ya?ml|sh|sql|py|rb|tf|json|xml|ini|conf|csv|tgz|jar|deb|rpm)$/;

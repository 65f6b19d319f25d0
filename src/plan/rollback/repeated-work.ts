/** Tells two ways back from two parts of one: ways each stop or start the same thing, and parts do it once. */
import {commandsOf, contextOf, type Step} from '../plan.ts';
import {simpleCommands} from '../shell/words.ts';

/** What is stopped and started, and where: `local stop api`. A restart may well be done twice. */
export function movesOf(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(step => {
      const place = contextOf(step)?.place;
      const at = place === undefined || place.kind === 'local' ? '' : place.host;
      const told = step.action.kind === 'manual' ? step.instructions.map(withoutPrompt) : [];
      return [...commandsOf(step).map(({text}) => text), ...told]
        .slice(0, COMMANDS_MAX)
        .flatMap(movesIn)
        .map(move => `${at} ${move}`);
    }),
  );
}

/** The first thing that both stop, or both start. */
export function sharedMove(one: ReadonlySet<string>, other: ReadonlySet<string>): string | undefined {
  return [...one].find(move => other.has(move))?.trim();
}

const COMMANDS_MAX = 200;
const PROMPT = /^\s*(?:[\w.@:~/-]*[#$%>])\s+(?=[a-z./])/;
const VERB = /^(?:--?)?(start|stop|mount|umount|resume|pause|up|down|rollback|undo|restore)$/;
const MOUNTS = /^(?:u?mount)$/;

function withoutPrompt(line: string): string {
  return line.replace(PROMPT, '');
}

function movesIn(text: string): string[] {
  return simpleCommands(text.slice(0, TEXT_MAX)).flatMap(words => {
    const own = words.filter(word => !/^(?:sudo|doas|-\w+|--now)$/.test(word));
    const program = own[0] ?? '';
    const at = MOUNTS.test(program) ? 0 : own.findIndex((word, index) => index > 0 && VERB.test(word));
    if (at === -1) return [];
    const verb = (own[at] ?? '').replace(/^-+/, '');
    const behind = own.slice(at + 1).filter(word => !word.startsWith('-'));
    // `service api stop` names the thing before the verb.
    const things = behind.length > 0 ? behind : [own[at - 1] ?? program];
    return things.map(thing => `${verb} ${thing}`);
  });
}

const TEXT_MAX = 2000;

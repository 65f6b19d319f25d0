/** Judges a command by the table of programs: whether it only looks, and whether its exit status says what it saw. */
import {withoutPrefixes} from '../words.ts';
import {isOneOf, type OptionNames, optionNames, readArguments, type Words} from './arguments.ts';
import type {Inner, Look, Program} from './program.ts';
import {PROGRAMS} from './programs.ts';
import {GIT} from './verb-programs.ts';

/** What a command does that consists of these words. */
export function lookOfWords(words: Words, ofText: Inner['ofText']): Look {
  if (words[0] === 'command' && /^-[vV]$/.test(words[1] ?? '')) return 'tells';
  const bare = withoutPrefixes(words);
  const [first, ...args] = bare;
  if (first === undefined) return 'prints';
  if (PREFIX_ACTS.test(words.slice(0, words.length - bare.length).join(' '))) return 'none';
  // `./test` is a script of somebody's own.
  const name = first.replace(/^\/(?:usr\/local\/s?bin|snap\/bin)\/(?=[^/]+$)/, '');
  const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  if (program === undefined || (name === 'git' && setsUnsurely(args))) return 'none';
  return judged(program, args, {ofText, ofWords: inner => lookOfWords(inner, ofText)});
}

/** `time -o file`, `env -S 'command'`, `sudo -e file` */
const PREFIX_ACTS = /(?:^|[\s/])(?:time\s.*-(?:\w*o|-out)|env\s.*-(?:\w*S|-split)|sudo\s(?:.*\s)?-(?:\w*e\b|-edit))/;

/** `git -c core.pager=program log`: only these settings are known to run nothing. */
function setsUnsurely(args: Words): boolean {
  const {options} = readArguments(args, namesOf(GIT), true);
  return options.some(
    ({name, value = ''}) =>
      name === 'c' && !/^(?:safe\.directory|core\.quotepath|color\.\w+|advice\.\w+|log\.\w+)=/i.test(value),
  );
}

function judged(program: Program, args: Words, inner: Inner): Look {
  const {flags, verbs, carries, judge} = program;
  const names = namesOf(program);
  const {options, operands, carried} = readArguments(args, names, verbs !== undefined || carries === 'behind operand');
  if ((flags !== undefined || verbs !== undefined) && options.some(({name}) => !names.has(name))) return 'none';
  if (judge !== undefined) return judge(args, inner);
  const has = (wanted: string) => options.some(option => isOneOf(option, optionNames(wanted)));
  if (program.acts !== undefined && has(program.acts)) return 'none';
  if (program.needs !== undefined && !has(program.needs)) return 'none';
  if (verbs !== undefined) {
    const [verb = '', ...rest] = operands;
    const next = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    return next === undefined ? 'none' : judged(next, rest, inner);
  }
  if (carries !== undefined) {
    const run = carries === 'behind dashes' ? (carried ?? []) : operands.slice(1);
    return run.length === 0 ? 'none' : inner.ofWords(run);
  }
  if (operands.length > (program.operandsMax ?? Number.POSITIVE_INFINITY)) return 'none';
  if (program.operand !== undefined && !operands.every(operand => program.operand?.test(operand))) return 'none';
  const tells = program.tells === true || (program.tells !== undefined && has(program.tells));
  return tells ? 'tells' : 'prints';
}

/** Each program's names are put together once. */
const known = new WeakMap<Program, OptionNames>();

function namesOf(program: Program): OptionNames {
  const names = known.get(program) ?? optionNames(program.flags, program.valued);
  known.set(program, names);
  return names;
}

/** Doubts about commands on a host that need a directory, where the document changed it only in another shell. */
import {moveLine} from '../../checks/directories.ts';
import {isDone} from '../../doubt.ts';
import {withSectionsAround} from '../../outline/sections-around.ts';
import {commandsOf, contextOf, type Plan, type Section, type Step} from '../../plan.ts';
import type {Command} from '../../script.ts';
import {operands, simpleCommands} from '../../shell/words.ts';
import type {Assumption} from '../../uses/section-groups.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

// A `cd` holds for one shell. "First on web-1: cd /srv/app" may have been read for this machine, or for the same host in
// an earlier section; then `./migrate` on web-1 would be looked for in the home directory there.

/** Once for each section and host. */
export function lostDirectoryDoubts({steps, source}: Plan, lines: LineIndex): FoundDoubt[] {
  let moved: {line: number; directory: string; step: Step} | undefined;
  const asked = new Set<string>();
  return steps.flatMap((step): FoundDoubt | [] => {
    if (!isDone(lines.byId.get(step.section)?.use)) return [];
    const context = contextOf(step);
    const before = moved;
    for (const {line, directory} of commandsOf(step))
      if (directory !== undefined && ROOTED.test(directory)) moved = {line, directory, step};
    if (context?.place.kind !== 'host' || context.directory !== undefined || before === undefined) return [];
    const lost = commandsOf(step).find(needsDirectory);
    const key = `${step.section} ${context.id}`;
    if (lost === undefined || asked.has(key)) return [];
    asked.add(key);
    const place = contextOf(before.step)?.place;
    const where = place?.kind === 'host' ? place.host : 'this machine';
    const own = lines.stepsIn(step.section).filter(one => contextOf(one)?.id === context.id);
    return {
      code: 'place-assumed',
      line: lost.line,
      steps: own.filter(one => commandsOf(one).some(needsDirectory)).map(({id}) => id),
      message: `line ${lost.line} runs in the home directory of ${context.place.host}: the cd to ${before.directory} in line ${moveLine(source, before.line)} was for ${where === context.place.host ? 'an earlier section' : where}`,
      because: lost.text.split('\n')[0] ?? '',
      settle: 'write cd before it, or name the directory of the host under hosts: in the bindings',
    };
  });
}

export type Known = {loggedIn: ReadonlySet<string>; unsure: ReadonlySet<string>};

/**
 * A `cd` of an earlier section still holds for the shell: whether it is meant to, nothing says. Once for each section
 * and directory. `loggedIn`: ids of steps of which the login before is asked about, which is the same question. `unsure`:
 * ids of sections of which nobody can say but a person whether they run.
 */
export function carriedDirectoryDoubts(
  {steps, source, problems}: Plan,
  {byId, stepsIn, sectionAt}: LineIndex,
  {loggedIn, unsure}: Known,
): FoundDoubt[] {
  // A login before is reported once for its section.
  const told = new Set(
    problems.flatMap(({code, line}) => (code === 'place-assumed' ? (sectionAt(line)?.id ?? []) : [])),
  );
  const set = new Map<string, {directory: string; section: string; line: number}>();
  const asked = new Set<string>();
  return steps.flatMap((step): FoundDoubt[] => {
    const context = contextOf(step);
    if (context === undefined || loggedIn.has(step.id)) return [];
    return commandsOf(step).flatMap((command): FoundDoubt | [] => {
      const directory = command.directory ?? context.directory;
      const before = set.get(context.id);
      if (directory === undefined) return [];
      if (before === undefined || before.directory !== directory) {
        set.set(context.id, {directory, section: step.section, line: command.line});
        return [];
      }
      const key = `${step.section} ${context.id} ${directory}`;
      const own = byId.get(step.section);
      if (before.section === step.section || asked.has(key) || own === undefined || told.has(own.id)) return [];
      const isRun = own.use === 'run' || own.use === 'rollback';
      const said = source.slice(own.line - 1, command.line).some(text => isToldIn(text, directory));
      const line = moveLine(source, before.line);
      const isThere = staysThere(directory, byId.get(before.section), unsure);
      const isUsed = worksBelow(command.text) || (!isThere && WORKS_ON_FILES.test(command.text));
      if (!isRun || said || !isUsed || !/\bcd\s/.test(source[line - 1] ?? '')) return [];
      asked.add(key);
      return {
        code: 'place-assumed',
        line: command.line,
        steps: stepsIn(step.section).flatMap(one => (contextOf(one)?.id === context.id ? [one.id] : [])),
        message: `line ${command.line} runs in ${directory}, where the cd in line ${line} of an earlier section went, and nothing says that it still holds`,
        because: command.text.split('\n')[0] ?? '',
        settle: 'write cd before it, or name the directory of the host under hosts: in the bindings',
        ...(isThere ? {proposed: 'the shell is still there'} : {}),
      };
    });
  });
}

/** Sections of which only a person can say whether they run. */
export function sectionsUnsure(assumed: readonly Assumption[], titled: readonly FoundDoubt[]): ReadonlySet<string> {
  const asked = titled.filter(({code}) => code === 'role-assumed').flatMap(({section}) => section ?? []);
  return new Set([...asked, ...assumed.flatMap(({section, proposed}) => (proposed === undefined ? section.id : []))]);
}

/** A section such as "Local development" may be no part of this run: then its `cd app` is not done. */
function staysThere(directory: string, section: Section | undefined, unsure: ReadonlySet<string>): boolean {
  if (section === undefined || section.use !== 'run' || unsure.has(section.id)) return false;
  return section.role !== 'other' || ROOTED.test(directory);
}

/** "charts/app" tells of no directory `app` in which it runs. */
function isToldIn(text: string, directory: string): boolean {
  if (ROOTED.test(directory)) return text.includes(directory);
  const words = text.split(/[\s`;&|()]+/).map(word => word.replace(/^\.\/|\/$/g, ''));
  const at = words.indexOf(directory);
  return at !== -1 && (words[at - 1] === 'cd' || text.includes(`\`${directory}`));
}

/** "All commands from `/srv/app`": what stands below it and names files, but would run elsewhere; once for each section. */
export function ruledDirectoryDoubts({steps, source}: Plan, {byId, stepsAt}: LineIndex): FoundDoubt[] {
  const rules = source.flatMap((raw, index): Rule[] => {
    if (!raw.includes('/')) return [];
    const rule =
      TITLED.exec(raw) ?? RULE.exec(raw) ?? RULE.exec(`${ITEM.test(raw) ? '' : (source[index - 1] ?? '')} ${raw}`);
    const line = index + 1;
    if (rule === null || !raw.includes(rule[1] ?? '')) return [];
    if (stepsAt(line).some(step => commandsOf(step).length > 0)) return [];
    return [{line, directory: rule[1] ?? '', words: rule[0].replaceAll('`', '').replaceAll(/\s+/g, ' ').trim()}];
  });
  if (rules.length === 0) return [];
  const asked = steps.flatMap(step => {
    const around = new Set(withSectionsAround(step.section, byId).map(({line}) => line));
    const holds = ({line}: Rule) => !TITLED.test(source[line - 1] ?? '') || around.has(line);
    const rule = rules.findLast(one => one.line < step.line && holds(one));
    const isRun = /^(?:run|rollback|watch)$/.test(byId.get(step.section)?.use ?? '');
    const own = source.slice(step.line - 1, step.endLine).join('\n');
    if (rule === undefined || !isRun || /\bcd\s/.test(own)) return [];
    const lost = commandsOf(step).find(({text, directory = contextOf(step)?.directory}) => {
      const isThere = directory === rule.directory || directory?.startsWith(`${rule.directory}/`) === true;
      return !isThere && worksBelow(text);
    });
    return lost === undefined ? [] : [{step, rule, lost}];
  });
  return [...Map.groupBy(asked, ({step}) => step.section).values()].flatMap(group =>
    group.slice(0, 1).map(first => {
      const {rule, lost} = first;
      const where = lost.directory ?? 'the directory in which its shell starts';
      return {
        code: 'place-assumed',
        line: lost.line,
        steps: group.map(({step}) => step.id),
        message: `line ${lost.line} runs in ${where}, and line ${rule.line} says "${rule.words}"`,
        because: rule.words,
        settle: 'write cd before it, or name the directory of the host under hosts: in the bindings',
      };
    }),
  );
}

/** "In `edge/`:", "From `/srv/app` on web1:" directly above the commands, which would run in another directory. */
export function toldDirectoryDoubts({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt | [] => {
    const [first, ...more] = commandsOf(step);
    const said = first === undefined ? undefined : directoryAbove(first.line, source);
    if (first === undefined || said === undefined || !isDone(byId.get(step.section)?.use)) return [];
    const {directory, line, words} = said;
    const bare = directory.replace(/\/$/, '');
    const own = source.slice(line, first.line).join('\n');
    const isThere = [first, ...more].some(
      ({text, directory: at = contextOf(step)?.directory}) => text.includes(bare) || at?.endsWith(bare) === true,
    );
    if (isThere || /\bcd\s/.test(own)) return [];
    return {
      code: 'place-assumed',
      line: first.line,
      steps: [step.id],
      message: `line ${first.line} runs in ${first.directory ?? 'the directory in which its shell starts'}, and line ${line} says "${words}"`,
      because: words,
      settle: 'write cd before it, or name the directory of the host under hosts: in the bindings',
    };
  });
}

/** The directory that the last sentence before a command names, on its own line or in the paragraph above its fence. */
function directoryAbove(
  at: number,
  source: readonly string[],
): {directory: string; line: number; words: string} | undefined {
  const own = source[at - 1] ?? '';
  let line = DIRECTORY_LED.test(own) ? at : at - 1;
  while (line < at && line > at - LINES_ABOVE_MAX && FENCE_OR_EMPTY.test(source[line - 1] ?? '')) line -= 1;
  const isFenced = line === at || source.slice(line, at - 1).some(text => FENCE.test(text));
  const [, words = '', directory] = (isFenced ? DIRECTORY_LED.exec(source[line - 1] ?? '') : null) ?? [];
  const isFile = directory === undefined || /\.\w+$/.test(directory);
  return isFile ? undefined : {directory, line, words: words.replaceAll('`', '').trim()};
}

const LINES_ABOVE_MAX = 5;
const FENCE = /^\s*(?:`{3}|~{3})/;
const FENCE_OR_EMPTY = /^\s*(?:(?:`{3}|~{3}).*)?$/;
/** The clause begins with it, and the commands follow: "On the laptop, in `edge/`:", "In the `edge/` directory, run". */
const DIRECTORY_LED = phrase`(?:^|[.;,:!?]\s+)\W*((?:[\p{L}'’]+\s+){0,3}?(?:${'at'})\s+(?:[\p{L}'’]+\s+){0,3}?\x60(~?/[\w./-]*\w/?|[\w.-]+/(?:[\w.-]+/)*)\x60[^.;:!?]{0,60}):`;

type Rule = {line: number; directory: string; words: string};

const ITEM = /^\s*(?:[-*+#|>]|\d+[.)])/;
const RULE = phrase`\<(?:${'all-of-it'})\>[^.;:!?]{0,160}?\s(?:${'at'})\s+(?:[\p{L}'’]+\s+){0,3}?\x60?(~?/[\w./-]*\w)`;

/** "## Deploy (rook, as ratings, in /srv/app)": for its own section. */
const TITLED = phrase`^#+\s[^()]*\((?:[^()]*\s)?(?:${'at'})\s+\x60?(~?/[\w./-]*\w)\x60?[^()]*\)`;

/** It names a file below the directory, or works on all of it. */
function needsDirectory({text, directory}: Command): boolean {
  return directory === undefined ? worksBelow(text) : !ROOTED.test(directory);
}

function worksBelow(text: string): boolean {
  return simpleCommands(text).some(words => WORKS_IN_IT.test(words.join(' '))) || namesBelow(text);
}

/** It names a file below the directory in which it runs. */
export function namesBelow(text: string): boolean {
  const words = simpleCommands(text).flatMap(one => [...operands(one), one[0] ?? '']);
  return words.some(word => BELOW.test(word)) || READS.test(text);
}

const ROOTED = /^[/~<{[$]/;
const BELOW = /^(?:\.{1,2}\/)?(?!origin\/|upstream\/)[\w.-]+\/[\w./-]*\w$|^\.\/\w/;
const READS = /<\s*(?:\.\/)?[\w.-]+(?:\/[\w./-]+)?\.\w+/;
/** `rm -rf tmp`: a file of the directory, whose name tells nothing of that. */
const WORKS_ON_FILES =
  /(?:^|[;&|(]\s*)(?:sudo\s+)?(?:rm|rmdir|mv|cp|ln|tar|unzip|chmod|chown|find|sed)\s(?:-\S+\s+)*(?![-/~$<{]|\w+:\/\/)\S/;
const WORKS_IN_IT =
  /^(?:sudo\s+(?:-\S+\s+(?:\w+\s+)?)*)?(?:git\s+(?:pull|fetch|checkout|reset|stash|merge|switch|restore|tag)\b|make\b|(?:npm|yarn|pnpm)\s+(?!.*\s-g\b)\S|composer\s|bundle\s|rake\b|docker(?:-|\s+)compose\s+(?!.*(?:-f|--file)[ =]\/))/;

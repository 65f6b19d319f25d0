/** Doubts about what takes the deploy back and would run in it: under titles that do not say so, and among its steps. */
import {allBlocks, type Block, type CodeBlock} from '../document/blocks.ts';
import {codeSpans} from '../document/inline.ts';
import {Done} from '../outline/reversals.ts';
import {isNumberedPart, roleOf} from '../outline/section-role.ts';
import {linesOfCode, loadsBackup, ordersBack, putsCopyBack, takesBack} from '../outline/undo-commands.ts';
import {commandsOf, type Plan, type Section, type Step} from '../plan.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {columnOf} from '../steps/tables/columns.ts';
import {saysState} from '../words/way-titles.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import {isAskedBefore} from './lead-ins.ts';

export function undoDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  return [...ofSections(plan, blocks, lines), ...ofColumns(blocks, lines)];
}

/** A row of bounds says when the way back is taken, and not how. */
function isNoBound({action}: Step): boolean {
  return action.kind !== 'rule';
}

/** A column "Undo" beside the steps of a table: it says how each is taken back. One doubt for each table. */
function ofColumns(blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  return blocks.flatMap((block): FoundDoubt | [] => {
    const [head, ...rows] = block.kind === 'table' ? block.rows : [];
    const at = head === undefined ? -1 : head.cells.findIndex(cell => isWayBack(cell));
    if (head === undefined || at === -1) return [];
    const told = rows.filter(({line, cells}) => {
      const use = lines.sectionAt(line)?.use;
      return (
        (use === 'run' || use === 'watch') && /\p{L}/u.test(cells[at] ?? '') && lines.stepsAt(line).some(isNoBound)
      );
    });
    const [first] = told;
    if (first === undefined) return [];
    return {
      code: 'rollback-assumed',
      line: first.line,
      steps: told.flatMap(({line}) => lines.stepsAt(line).map(({id}) => id)),
      message: `the column "${head.cells[at]}" says how to take steps back (${told.length === 1 ? 'line' : 'lines'} ${told.map(({line}) => line).join(', ')}): R runs only what stands in a rollback section`,
      because: (first.cells[at] ?? '').trim().slice(0, SHOWN_MAX),
      settle: 'write it under a heading "Rollback" if R is to run it',
      proposed: 'a person does it, if a step has to be taken back',
    };
  });
}

function isWayBack(head: string): boolean {
  const {kinds} = columnOf(head, []);
  return kinds.includes('rollback') && !kinds.includes('reason');
}

/** One for each section, or for each step where the title of the section says what it is for. */
function ofSections({sections, source, steps}: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const stepsIn = Map.groupBy(steps, step => step.section);
  const codeBlocks = allBlocks(blocks).filter(block => block.kind === 'code-block');
  const bySection = Map.groupBy(codeBlocks, codeBlock => lines.sectionAt(codeBlock.line)?.id);
  const done = new Done();
  return sections.flatMap((section, index): FoundDoubt[] => {
    const {id, use, line} = section;
    if (use !== 'run' && use !== 'watch') return [];
    const own = stepsIn.get(id) ?? [];
    const text = source.slice(line, (sections[index + 1]?.line ?? source.length + 1) - 1);
    const found = saysItself(section, lines)
      ? own.flatMap(step => ofStep(step, done))
      : ofSection(section, sections, {text, commands: commandsIn(text, bySection.get(id) ?? []), done});
    done.add(own.flatMap(commandsOf).map(command => command.text));
    return found;
  });
}

function ofStep(step: Step, done: Done): FoundDoubt[] {
  const command = isAskedBefore(step)
    ? undefined
    : commandsOf(step).find(({text}) => takesBack(text) || done.isReplacedBy(text));
  return command === undefined ? [] : [doubtOf(command.line, [step.id], command.text)];
}

type Within = {text: readonly string[]; commands: readonly string[]; done: Done};

/**
 * Under a title that names no part, what reads a backup in is hardly the deploy, nor what does the opposite of what was
 * done before.
 */
function ofSection(section: Section, sections: readonly Section[], {text, commands, done}: Within): FoundDoubt[] {
  // "Resume", with `… resume` in it, is the next thing to do.
  const reverses = (command: string) => {
    const word = done.reversedBy(command);
    return word !== undefined && !section.title.toLowerCase().includes(word.toLowerCase().replace(/^-+/, ''));
  };
  const said =
    commands.find(
      command => takesBack(command) || loadsBackup(command) || reverses(command) || done.isReplacedBy(command),
    ) ?? text.find(ordersBack);
  if (said === undefined) return [];
  // "After the switch" beside "Before the switch" is the other case of the same way back.
  const beside = saysState(section.title) ? sections.filter(other => isOtherCase(other, section)) : [];
  return [section, ...beside].map(one => ({...doubtOf(one.line, [], said.trim()), section: one.id}));
}

/** A line of the deploy says how to take a step back: "Back: `gatectl release west`". */
export function wayBackDoubt({line, text}: {line: number; text: string}, {id}: Section, lines: LineIndex): FoundDoubt {
  const around = lines.stepsAt(line);
  const own = around.length > 0 ? around : [lines.nearest(id, line)];
  return {
    // The text of a step is shown with it; an item beside the steps of a group is in none.
    code: around.length > 0 ? 'rollback-assumed' : 'not-read',
    line,
    steps: own.flatMap(step => step?.id ?? []),
    message: `line ${line} says how to take a step back: R runs only what stands in a rollback section`,
    because: text.trim().slice(0, 80),
    settle: 'write it under a heading "Rollback" if R is to run it',
    // As a step of its own it would be asked for with the deploy.
    ...(around.some(step => step.line === line && step.action.kind === 'manual')
      ? {}
      : {proposed: 'a person does it, if that step has to be taken back'}),
  };
}

function isOtherCase({title, parent, depth, use}: Section, section: Section): boolean {
  return (
    use === 'run' && parent === section.parent && depth === section.depth && title !== section.title && saysState(title)
  );
}

function doubtOf(line: number, steps: readonly string[], because: string): FoundDoubt {
  return {
    code: 'role-assumed',
    line,
    steps,
    message: `line ${line} reads as if it took the deploy back, and would run with it: "${because.slice(0, SHOWN_MAX)}"`,
    because: because.slice(0, SHOWN_MAX),
    settle: 'say that it is a part of the deploy, or give the section the use rollback',
    ...(putsCopyBack(because) ? {proposed: 'run'} : {}),
  };
}

const SHOWN_MAX = 80;

/** Whether its own title names a role. "Before the switch" does not, inside what is no part of the run. */
function saysItself({title, parent, depth}: Section, lines: LineIndex): boolean {
  if (depth === 1) return true;
  if (roleOf(title) === undefined) return isNumberedPart(title);
  const around = parent === undefined ? undefined : lines.byId.get(parent);
  return !(saysState(title) && around !== undefined && around.use !== 'run');
}

/** Commands in blocks and in running text, which may also only name a program: "`git revert` does not do it". */
function commandsIn(own: readonly string[], codeBlocks: readonly CodeBlock[]): string[] {
  const code = codeBlocks.flatMap(({body}) => linesOfCode(body)).filter(looksLikeCommand);
  return [...code, ...own.flatMap(text => codeSpans(text).filter(span => span.split(/\s+/).length > 2))];
}

/** Check: content of the document that no step or rule accounts for. */
import type {Block, Fence, Item} from '../document/blocks.ts';
import {readMarkdown} from '../document/markdown.ts';
import {commandsOf, type Plan, requestsOf} from '../plan.ts';
import {type Problem, problemAt} from '../problem.ts';
import {holdsCommands} from '../steps/code/commands.ts';

/** A task item or a fence with something to run of which neither the steps and rules nor a problem say anything. */
export type Unaccounted = {line: number; what: 'task' | 'fence'};

/** What the reading of a document lost: nothing may ever stand here. */
export function unaccounted(plan: Plan): Unaccounted[] {
  return unaccountedIn(readMarkdown(plan.source), plan);
}

/** Should it happen all the same, it is said. */
export function unreadProblems(blocks: readonly Block[], plan: Plan): Problem[] {
  return unaccountedIn(blocks, plan).map(({line, what}) => {
    const message = what === 'task' ? 'this task was read into no step' : 'these commands were read into no step';
    const hint = 'give it a heading of its own, or write it as a list item under one';
    return problemAt(plan.source, 'warning', 'unread-content', line, '', message, hint);
  });
}

function unaccountedIn(blocks: readonly Block[], plan: Plan): Unaccounted[] {
  const {tasks, fences} = contentOf(blocks);
  const known = linesOf(plan);
  return [
    ...tasks.filter(({line}) => !known.has(line)).map(({line}) => ({line, what: 'task' as const})),
    ...fences
      .filter(fence => !touches(known, fence) && holdsCommands(fence))
      .map(({line}) => ({line, what: 'fence' as const})),
  ].sort((a, b) => a.line - b.line);
}

/** Any line of the fence, its first included. */
function touches(known: ReadonlySet<number>, {line, endLine}: Fence): boolean {
  for (let at = line; at <= endLine; at += 1) if (known.has(at)) return true;
  return false;
}

/** Lines that something in the plan names: boxes, first lines of steps, commands, options, rules, blanks, problems. */
function linesOf(plan: Plan): Set<number> {
  const lines = new Set<number>();
  for (const step of plan.steps) {
    lines.add(step.line);
    for (const box of step.boxes) lines.add(box);
    for (const {line} of [...commandsOf(step), ...requestsOf(step), ...step.expectations]) lines.add(line);
    const {action} = step;
    if (action.kind === 'choice') for (const {line} of action.arms) lines.add(line);
    if (action.kind === 'input') for (const {line} of action.blanks) lines.add(line);
    if (action.kind === 'sql') for (const {line} of action.statements) lines.add(line);
    if (action.kind === 'script') {
      for (const stage of action.stages)
        if (stage.kind === 'alternatives') for (const {line} of stage.arms) lines.add(line);
    }
    // A step for a person tells the text of its fence; a log is opened on a line of its own.
    if (action.kind === 'manual' || action.kind === 'tail' || action.kind === 'rule') addRange(lines, step);
  }
  for (const {line} of [...plan.rules, ...plan.contacts, ...plan.meta, ...plan.references]) lines.add(line);
  for (const {line, code} of plan.problems) if (code !== 'unread-content') lines.add(line);
  return lines;
}

const RANGE_LINES_MAX = 400;

function addRange(lines: Set<number>, {line, endLine}: {line: number; endLine: number}): void {
  for (let at = line; at <= Math.min(endLine, line + RANGE_LINES_MAX); at += 1) lines.add(at);
}

type Content = {tasks: Item[]; fences: Fence[]};

function contentOf(blocks: readonly Block[], found: Content = {tasks: [], fences: []}): Content {
  for (const block of blocks) {
    if (block.kind === 'fence' && !block.indented) found.fences.push(block);
    if (block.kind === 'quote') contentOf(block.blocks, found);
    if (block.kind !== 'list') continue;
    for (const item of block.items) {
      if (item.ticked !== undefined) found.tasks.push(item);
      contentOf(item.blocks, found);
    }
  }
  return found;
}

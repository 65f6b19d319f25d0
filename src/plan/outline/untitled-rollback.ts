/** Finds a rollback under a title that no list of words knows, by its commands. */
import type {Block} from '../document/blocks.ts';
import {namesOtherWork} from '../words/warning-words.ts';
import {saysState} from '../words/way-titles.ts';
import {isNumberedPart, roleOf} from './section-role.ts';
import type {SectionNode} from './sections.ts';
import {commandsIn, takesBack} from './undo-commands.ts';

export type UntitledRollback = {nodes: readonly SectionNode[]; found?: {line: number; because: string}};

/**
 * Where no section is a rollback, the first section that undoes an earlier one is the rollback, with all sections in
 * it, if its title names no role. It undoes when a command takes something back, or repeats an earlier one with an older
 * version.
 */
export function withUntitledRollback(nodes: readonly SectionNode[]): UntitledRollback {
  if (nodes.some(({section}) => section.role === 'rollback')) return {nodes};
  const aside = nodes.find(isRollbackInReference);
  if (aside !== undefined) {
    const {line, id, title} = aside.section;
    return {
      nodes: asRollback(nodes, id),
      found: {line, because: `its title says so, and no other section does: ${title}`},
    };
  }
  const done: Done = new Map();
  let hasDone = false;
  for (const node of nodes) {
    const commands = commandsIn(node.blocks);
    const command = commands.find(one => takesBack(one) || isOlder(one, done));
    const root = command === undefined || !hasDone ? undefined : wayBackWith(node, nodes);
    if (root !== undefined) {
      return {
        nodes: asRollback(nodes, root.section.id),
        found: {line: root.section.line, because: `it takes back what was done before: ${command}`},
      };
    }
    for (const one of commands.slice(0, COMMANDS_MAX)) rememberVersion(one, done);
    hasDone ||= commands.length > 0;
  }
  return {nodes};
}

/** The section that is the rollback: this one, or the one around it where this is one of its cases ("Before the switch"). */
function wayBackWith(node: SectionNode, nodes: readonly SectionNode[]): SectionNode | undefined {
  const {section, preamble} = node;
  const around = nodes.find(({section: {id}}) => id === section.parent);
  const holdsNothing = around !== undefined && !around.preamble && commandsIn(around.blocks).length === 0;
  if (holdsNothing && around.section.role === 'other' && around.section.depth > 1 && saysState(section.title))
    return around;
  return !preamble && isUntitled(section) ? node : undefined;
}

/** Its title names no role: it has none, or that of the section around it. */
function isUntitled({role, title, parent}: SectionNode['section']): boolean {
  if (namesOtherWork(title)) return false;
  if (role === 'other') return true;
  return parent !== undefined && INHERITED.test(role) && roleOf(title) === undefined && !isNumberedPart(title);
}

const INHERITED = /^(?:prepare|deploy|verify|monitor|validate)$/;

/** A section "Rollback process" inside a reference section ("Troubleshooting"). */
function isRollbackInReference({section, blocks}: SectionNode): boolean {
  return (
    section.role === 'reference' &&
    section.parent !== undefined &&
    roleOf(section.title) === 'rollback' &&
    holdsWork(blocks)
  );
}

/** Whether it holds commands or a list. */
function holdsWork(blocks: readonly Block[]): boolean {
  return commandsIn(blocks).length > 0 || blocks.some(({kind}) => kind === 'list');
}

const COMMANDS_MAX = 200;
const VERSION = /(?<![\w.])[vV]?(\d+(?:\.\d+){1,3})(?![\w.])/;

function asRollback(nodes: readonly SectionNode[], id: string): SectionNode[] {
  const inside = new Set([id]);
  return nodes.map(node => {
    const {section} = node;
    if (section.parent !== undefined && inside.has(section.parent)) inside.add(section.id);
    if (!inside.has(section.id) || section.role === 'triggers') return node;
    return {...node, section: {...section, role: 'rollback', use: 'rollback'}};
  });
}

/** Versions by command: the key is the command without its version. */
type Done = Map<string, (readonly number[])[]>;

function rememberVersion(command: string, done: Done): void {
  const version = VERSION.exec(command);
  if (version === null) return;
  const words = command.replace(VERSION, '');
  const known = done.get(words);
  if (known === undefined) done.set(words, [figures(version[1])]);
  else if (known.length < VERSIONS_MAX) known.push(figures(version[1]));
}

const VERSIONS_MAX = 100;

/** Whether an earlier command differs only by a higher version. */
function isOlder(command: string, done: Done): boolean {
  const version = VERSION.exec(command);
  if (version === null) return false;
  const own = figures(version[1]);
  return (done.get(command.replace(VERSION, '')) ?? []).some(before => isLower(own, before));
}

function isLower(own: readonly number[], before: readonly number[]): boolean {
  const at = own.findIndex((part, index) => part !== before[index]);
  return at !== -1 && (own[at] ?? 0) < (before[at] ?? 0);
}

function figures(version = ''): number[] {
  return version.split('.').map(Number);
}

/** Finds a rollback under a title that no list of words knows, by its commands. */
import type {Block} from '../document/blocks.ts';
import {codeSpans} from '../document/inline.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {roleOf} from './section-role.ts';
import type {SectionNode} from './sections.ts';

export type UntitledRollback = {nodes: readonly SectionNode[]; found?: {line: number; because: string}};

/**
 * Where no section is a rollback, the first section without a role that undoes an earlier one is the rollback, with all
 * sections in it. It undoes when it calls the rollback of a tool, or repeats an earlier command with an older version.
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
    const {section} = node;
    const commands = commandsIn(node.blocks);
    const command = commands.find(one => UNDOES.test(one) || isOlder(one, done));
    if (section.role === 'other' && !node.preamble && command !== undefined && hasDone) {
      return {
        nodes: asRollback(nodes, section.id),
        found: {line: section.line, because: `it takes back what was done before: ${command}`},
      };
    }
    for (const one of commands.slice(0, COMMANDS_MAX)) rememberVersion(one, done);
    hasDone ||= commands.length > 0;
  }
  return {nodes};
}

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
const DEPTH_MAX = 20;
/** The rollback commands of tools. */
const UNDOES =
  /^(?:sudo\s+)?(?:kubectl\b.*\b(?:rollout|rollouts) undo|helm\b.*\brollback|argocd app rollback|git revert|(?:cf|nomad|fly|flyctl|vercel|heroku|netlify|eb|gcloud|aws)\b.*\b(?:rollback|revert)\b|\S*\b(?:migrate:rollback|db:rollback))/;
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

function commandsIn(blocks: readonly Block[], depth = 0): string[] {
  if (depth > DEPTH_MAX) return [];
  return blocks.flatMap(block => {
    if (block.kind === 'fence')
      return block.body
        .map(({text}) => text.replace(/^\s*\$\s+/, '').trim())
        .filter(line => line !== '' && !line.startsWith('#'));
    if (block.kind === 'list') {
      return block.items.flatMap(item => [
        ...item.text.flatMap(({text}) => codeSpans(text).filter(looksLikeCommand)),
        ...commandsIn(item.blocks, depth + 1),
      ]);
    }
    return [];
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

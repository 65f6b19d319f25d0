import {withFenceRollbacks} from './fence-rollbacks.ts';
import {plainText, undecorated} from './inline.ts';
import {WORD_END} from './letters.ts';
import type {Block} from './markdown.ts';
import {isOptionTitle} from './options.ts';
import type {Section, Span} from './plan.ts';
import {isBareHeading, isPseudoHeading, leadIn, pseudoTitle} from './pseudo-headings.ts';
import {readDuration, readWindow} from './quantity.ts';
import {marksOf} from './section-marks.ts';
import {childRole, isNumberedPart, roleOf} from './section-role.ts';
import {anyOf} from './vocabulary.ts';

/** A section with what stands under its heading, up to the next one. */
export type SectionNode = {
  section: Section;
  blocks: readonly Block[];
  /** Titles from this section outwards. */
  titles: readonly string[];
  /** Id of the outermost section around it. */
  top: string;
  /** Stands before the first section: only in the plan when something in it has to be done. */
  preamble: boolean;
  /** Other sections stand in it. */
  hasParts: boolean;
};

export type Outline = {title: string; subtitle?: string; nodes: readonly SectionNode[]};

/** Parts the document at its headings. A first heading of the top level is the title, and no section. */
export function outline(blocks: readonly Block[], named: string | undefined): Outline {
  const runs = parted(withFenceRollbacks(blocks.flatMap(opened)));
  const [preamble, ...headed] = runs;
  const first = headed[0];
  const hasTitle = first !== undefined && isTitle(headed);
  const heads = hasTitle ? headed.slice(1) : headed;
  const subtitled = hasTitle && first.blocks.every(block => block.kind === 'break') && isSubtitle(heads);
  const title = named ?? (first === undefined ? 'Checklist' : undecorated(first.title));
  const before = [preamble, hasTitle ? first : undefined, subtitled ? heads[0] : undefined];
  const ids = new Map<string, number>();
  const sections = nested(subtitled ? heads.slice(1) : heads, ids);
  const nodes = [
    preambleNode(
      title,
      before.flatMap(run => run?.blocks ?? []),
      first?.line ?? 1,
      ids,
    ),
    ...sections,
  ];
  const subtitle = subtitled ? undecorated(heads[0]?.title ?? '') : '';
  return {title: title || 'Checklist', ...(subtitle === '' ? {} : {subtitle}), nodes};
}

/** `option`: begun by a label and no heading. */
type Run = {title: string; depth: number; line: number; blocks: Block[]; option?: true};

/** Quotations are read as what they quote. */
function opened(block: Block): Block[] {
  return block.kind === 'quote' ? block.blocks.flatMap(opened) : [block];
}

function parted(blocks: readonly Block[]): Run[] {
  const runs: Run[] = [{title: '', depth: 0, line: 1, blocks: []}];
  let depth = 0;
  let labelled = false;
  let inRollback = false;
  // Without a heading anywhere, lines in capitals and labels part the document.
  const isHeadless = !blocks.some(block => block.kind === 'heading');
  let goesOn: Run | undefined;
  for (const block of blocks) {
    const lead = block.kind === 'paragraph' ? leadIn(block) : undefined;
    const around = goesOn;
    goesOn = undefined;
    if (block.kind === 'heading') {
      depth = block.depth;
      labelled = false;
      inRollback = roleOf(plainText(block.text)) === 'rollback';
      runs.push({title: plainText(block.text), depth, line: block.line, blocks: []});
    } else if (block.kind === 'paragraph' && isPseudoHeading(block, labelled, inRollback)) {
      const {title, isRole} = pseudoTitle(block);
      labelled = isRole;
      const option = isOptionTitle(title) ? {option: true as const} : {};
      runs.push({title, depth: Math.min(6, depth + 1), line: block.line, blocks: [], ...option});
    } else if (block.kind === 'paragraph' && isHeadless && isBareHeading(block)) {
      runs.push({title: pseudoTitle(block).title, depth: 2, line: block.line, blocks: []});
    } else if (lead !== undefined) {
      labelled = true;
      if (saysAll(lead)) goesOn = around ?? runs.at(-1);
      runs.push({title: lead.title, depth: Math.min(6, depth + 1), line: block.line, blocks: [lead.rest]});
    } else if (around !== undefined) {
      // What stands behind reasons that are told in their own line is for the part around them.
      runs.push({title: around.title, depth: around.depth, line: block.line, blocks: [block]});
    } else if (block.kind === 'paragraph' && endsOptions(runs)) {
      // What stands behind short options is for all of them again.
      const around = runs.findLast(run => run.depth < (runs.at(-1)?.depth ?? 0));
      runs.push({title: around?.title ?? '', depth: around?.depth ?? depth, line: block.line, blocks: [block]});
    } else runs.at(-1)?.blocks.push(block);
  }
  return runs;
}

/** Options that hold a list or a fence each and nothing else end where running text goes on. */
function endsOptions(runs: readonly Run[]): boolean {
  const [before, last] = [runs.at(-2), runs.at(-1)];
  return [before, last].every(run => {
    const [only, ...others] = run?.blocks ?? [];
    return run?.option === true && others.length === 0 && (only?.kind === 'fence' || only?.kind === 'list');
  });
}

/** "Revert if: errors > 5 %, or a leak": figures on the line itself, and no colon that leads to more. */
function saysAll({title, rest}: {title: string; rest: Block}): boolean {
  const text = rest.kind === 'paragraph' ? rest.lines.map(line => line.text).join(' ') : '';
  return roleOf(title) === 'triggers' && /\d/.test(text) && !/[:：]\s*$/.test(text);
}

function isTitle(heads: readonly Run[]): boolean {
  const [first, ...others] = heads;
  if (first?.depth !== 1) return false;
  return roleOf(first.title) === undefined || others.every(other => other.depth > 1);
}

/** A second heading that only names the thing: nothing to do under it, and no heading deeper than it follows. */
function isSubtitle(heads: readonly Run[]): boolean {
  const [first, second] = heads;
  if (first === undefined || second === undefined || second.depth > first.depth) return false;
  // "Phase 2A rework" names a release; "Phase 1" with a "Phase 2" after it is where the work begins.
  const role = isNumberedPart(first.title) && !isNumberedPart(second.title) ? undefined : roleOf(first.title);
  if (role !== undefined) return false;
  return first.blocks.every(block => block.kind === 'paragraph' || block.kind === 'break' || block.kind === 'html');
}

function preambleNode(title: string, blocks: readonly Block[], line: number, ids: Map<string, number>): SectionNode {
  const works = blocks.some(block => block.kind === 'list' || block.kind === 'fence');
  const role = works ? (roleOf(title) ?? 'other') : 'other';
  const section: Section = {id: idFor(title, ids), title, line, depth: 1, role, ...timesOf(title, role)};
  return {section, blocks, titles: [title], top: section.id, preamble: true, hasParts: false};
}

/** Its parts are still to come. */
type OpenNode = Omit<SectionNode, 'hasParts'> & {hasParts: boolean};

function nested(runs: readonly Run[], ids: Map<string, number>): SectionNode[] {
  const nodes: OpenNode[] = [];
  const above: OpenNode[] = [];
  for (const run of runs) {
    while (above.length > 0 && (above.at(-1)?.section.depth ?? 0) >= run.depth) above.pop();
    const parent = above.at(-1);
    if (parent !== undefined) parent.hasParts = true;
    const node = nodeOf(run, parent, ids);
    above.push(node);
    nodes.push(node);
  }
  return nodes;
}

function nodeOf(run: Run, parent: SectionNode | undefined, ids: Map<string, number>): OpenNode {
  const title = run.title || 'Untitled';
  const role = unlessWork(childRole(parent?.section.role, title), parent?.section.role ?? 'other', run.blocks);
  const id = idFor(title, ids);
  const times = timesOf(title, role);
  const after = role === 'criteria' ? evaluatedAt(run.blocks) : undefined;
  const inherited = parent?.section.role === role ? parent.section.window : undefined;
  const window = times.window ?? after ?? inherited;
  const section: Section = {
    id,
    title,
    line: run.line,
    depth: run.depth,
    ...(parent === undefined ? {} : {parent: parent.section.id}),
    role,
    ...(times.estimate === undefined ? {} : {estimate: times.estimate}),
    ...marksOf(run, role, parent?.section),
    ...(window === undefined ? {} : {window}),
  };
  const titles = [title, ...(parent?.titles ?? [])];
  return {section, blocks: run.blocks, titles, top: parent?.top ?? id, preamble: false, hasParts: false};
}

/** Counted items with commands are work, though the part be called "notes" after a service of that name. */
function unlessWork(role: Section['role'], around: Section['role'], blocks: readonly Block[]): Section['role'] {
  if (role !== 'notes' || around === 'notes') return role;
  const isWork = blocks.some(
    block => block.kind === 'list' && block.items.some(item => item.blocks.some(({kind}) => kind === 'fence')),
  );
  return isWork ? around : role;
}

type Times = {estimate?: Span; window?: {fromMs: number; toMs: number}};

const CONDITIONAL = new RegExp(`^${anyOf('condition')}${WORD_END}`, 'iu');

/** A range in a heading is how long a part of the work takes, except where people watch. */
function timesOf(title: string, role: Section['role']): Times {
  if (role === 'monitor' || role === 'validate' || role === 'criteria') {
    const window = readWindow(title);
    return window === undefined ? {} : {window};
  }
  if (role === 'triggers' || role === 'contacts' || role === 'reference') return {};
  // "If it fails within 15 minutes" says nothing of how long the work takes.
  if (CONDITIONAL.test(title)) return {};
  const estimate = readDuration(title);
  return estimate === undefined ? {} : {estimate};
}

/** "successful if after 48 hours:" puts the judgement there. */
function evaluatedAt(blocks: readonly Block[]): {fromMs: number; toMs: number} | undefined {
  const prose = blocks
    .flatMap(block => (block.kind === 'paragraph' ? block.lines.map(({text}) => text) : []))
    .join(' ');
  const after = /\b(?:after|within|despu[eé]s de)\s+(\d[^.:;]*)/i.exec(prose)?.[1];
  const span = after === undefined ? undefined : readDuration(after);
  return span === undefined ? undefined : {fromMs: span.maxMs, toMs: span.maxMs};
}

function idFor(title: string, ids: Map<string, number>): string {
  const slug =
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, ID_CHARACTERS_MAX) || 'section';
  const times = (ids.get(slug) ?? 0) + 1;
  ids.set(slug, times);
  if (times === 1) return slug;
  const numbered = `${slug}-${times}`;
  if (!ids.has(numbered)) {
    ids.set(numbered, 1);
    return numbered;
  }
  return idFor(title, ids);
}

const ID_CHARACTERS_MAX = 60;

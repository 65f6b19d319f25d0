/** Turns the blocks of a document into sections. */
import {compact} from '../../text/compact.ts';
import {type Block, proseLines, textOfLines} from '../document/blocks.ts';
import {plainText, withoutDecoration} from '../document/inline.ts';
import {USE_OF_ROLE} from '../doubt.ts';
import {readDuration, readWindow} from '../phrases/quantity.ts';
import {withoutClock} from '../phrases/time-marks.ts';
import type {Section, Span} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import {marksOf} from './section-marks.ts';
import {childRole, isNumberedPart, roleOf, sentenceRole} from './section-role.ts';
import {splitAtHeadings, type TitledBlocks} from './split-document.ts';

/** A section with the blocks below its heading, up to the next heading. */
export type SectionNode = {
  section: Section;
  blocks: readonly Block[];
  /** The titles of this section and of those around it, innermost first. */
  titles: readonly string[];
  /** Id of the outermost section around it. */
  top: string;
  /** The text before the first section; it is in the plan only when something in it must be done. */
  preamble: boolean;
  /** It holds other sections. */
  hasParts: boolean;
};

export type Outline = {title: string; subtitle?: string; nodes: readonly SectionNode[]};

/**
 * Splits the document at its headings. `named`: the title in the front matter. A first heading of level 1 is the title.
 */
export function outline(blocks: readonly Block[], named: string | undefined): Outline {
  const runs = splitAtHeadings(blocks);
  const [preamble, ...headed] = runs;
  const first = headed[0];
  const hasTitle = first !== undefined && isTitle(headed);
  const heads = hasTitle ? headed.slice(1) : headed;
  const subtitled = hasTitle && first.blocks.every(block => block.kind === 'break') && isSubtitle(heads);
  const title = named ?? (first?.heading === true ? withoutDecoration(first.title) : firstLine(preamble));
  const before = [preamble, hasTitle ? first : undefined, subtitled ? heads[0] : undefined];
  const ids = new Map<string, number>();
  const sections = nodesOf(subtitled ? heads.slice(1) : heads, ids);
  const nodes = [
    preambleNode(
      title,
      before.flatMap(run => run?.blocks ?? []),
      hasTitle ? first.line : 1,
      ids,
    ),
    ...sections,
  ];
  const subtitle = subtitled ? withoutDecoration(heads[0]?.title ?? '') : '';
  return compact({title: title || 'Checklist', subtitle: subtitle === '' ? undefined : subtitle, nodes});
}

/** The first line of a document without headings, if it reads like a title. */
function firstLine(preamble: TitledBlocks | undefined): string {
  const [first] = preamble?.blocks ?? [];
  const [only, ...others] = first?.kind === 'paragraph' ? first.lines : [];
  const text = only === undefined || others.length > 0 ? '' : plainText(only.text);
  return /^\p{L}[^:：]{2,80}[^.!?:：]$/u.test(text) && !text.startsWith('`') ? withoutDecoration(text) : 'Checklist';
}

function isTitle(heads: readonly TitledBlocks[]): boolean {
  const [first, ...others] = heads;
  if (first?.depth !== 1) return false;
  return roleOf(first.title) === undefined || others.every(other => other.depth > 1);
}

/** Whether the second heading only names the thing: nothing stands below it, and no deeper heading follows. */
function isSubtitle(heads: readonly TitledBlocks[]): boolean {
  const [first, second] = heads;
  if (first?.heading !== true || second === undefined || second.depth > first.depth) return false;
  // "Phase 2A rework" names a release. "Phase 1" with a "Phase 2" behind it begins the work.
  const role = isNumberedPart(first.title) && !isNumberedPart(second.title) ? undefined : roleOf(first.title);
  if (role !== undefined) return false;
  return first.blocks.every(block => block.kind === 'paragraph' || block.kind === 'break' || block.kind === 'html');
}

function preambleNode(title: string, blocks: readonly Block[], line: number, ids: Map<string, number>): SectionNode {
  const works = blocks.some(block => block.kind === 'list' || block.kind === 'code-block');
  const role = works ? (roleOf(title) ?? 'other') : 'other';
  const section: Section = {
    id: idFor(title, ids),
    title,
    line,
    depth: 1,
    role,
    use: USE_OF_ROLE[role],
    ...timesOf(title, role),
  };
  return {section, blocks, titles: [title], top: section.id, preamble: true, hasParts: false};
}

/** A section whose parts are not known yet. */
type OpenNode = Omit<SectionNode, 'hasParts'> & {hasParts: boolean};

function nodesOf(runs: readonly TitledBlocks[], ids: Map<string, number>): SectionNode[] {
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

function nodeOf(run: TitledBlocks, parent: SectionNode | undefined, ids: Map<string, number>): OpenNode {
  const title = run.title || 'Untitled';
  const said =
    run.sentence === true || run.back === true
      ? sentenceRole(parent?.section.role)
      : childRole(parent?.section.role, title);
  const role = roleUnlessWork(said, parent?.section.role ?? 'other', run.blocks);
  const id = idFor(title, ids);
  const times = timesOf(title, role);
  const after = role === 'criteria' ? evaluatedAt(run.blocks) : undefined;
  const inherited = parent?.section.role === role ? parent.section.window : undefined;
  const window = times.window ?? after ?? inherited;
  const section: Section = compact({
    id,
    title,
    line: run.line,
    depth: run.depth,
    parent: parent?.section.id,
    role,
    use: USE_OF_ROLE[role],
    estimate: times.estimate,
    ...marksOf(run, role, parent?.section),
    window,
  });
  const titles = [title, ...(parent?.titles ?? [])];
  return {section, blocks: run.blocks, titles, top: parent?.top ?? id, preamble: false, hasParts: false};
}

/** A list with code blocks is work, also under the title "Notes" (which may be the name of a service). */
function roleUnlessWork(role: Section['role'], around: Section['role'], blocks: readonly Block[]): Section['role'] {
  if (role !== 'notes' || around === 'notes') return role;
  const isWork = blocks.some(
    block => block.kind === 'list' && block.items.some(item => item.blocks.some(({kind}) => kind === 'code-block')),
  );
  return isWork ? around : role;
}

type Times = {estimate?: Span; window?: {fromMs: number; toMs: number}};

const CONDITIONAL = phrase`^${'condition'}\>`;

/** A duration in a heading is an estimate of the work; for people who watch, it is a window. */
function timesOf(title: string, role: Section['role']): Times {
  if (role === 'monitor' || role === 'validate' || role === 'criteria') return compact({window: readWindow(title)});
  if (role === 'triggers' || role === 'contacts' || role === 'reference') return {};
  // "If it fails within 15 minutes" gives no estimate.
  if (CONDITIONAL.test(title)) return {};
  return compact({estimate: readDuration(withoutClock(title))});
}

const AFTER = phrase`\<${'after'}\s+(\d[^.:;]*)`;

/** "successful if after 48 hours:": the criteria are judged then. */
function evaluatedAt(blocks: readonly Block[]): {fromMs: number; toMs: number} | undefined {
  const after = AFTER.exec(textOfLines(proseLines(blocks)))?.[1];
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
  let times = ids.get(slug) ?? 0;
  let id: string;
  // A heading may be called "x 2" itself. What was skipped for a title once is not looked at again.
  do {
    times += 1;
    id = times === 1 ? slug : `${slug}-${times}`;
  } while (times > 1 && ids.has(id));
  ids.set(slug, times);
  if (times > 1) ids.set(id, 1);
  return id;
}

const ID_CHARACTERS_MAX = 60;

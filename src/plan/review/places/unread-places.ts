/** Doubts about words beside commands that say where they run, and were turned into no place. */
import {plainText} from '../../document/inline.ts';
import {hostNamesIn} from '../../phrases/host-mentions.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import {columnOf} from '../../steps/tables/columns.ts';
import {machineWordsIn, mayBeHere, placedIn, sentHereIn, shortNameIn, shortNamesIn} from '../../words/machine-words.ts';
import {bothIn, placeSaidIn} from '../../words/named-hosts.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';

// Other checks look for hosts with names. This one looks for words like "server", "standby" or "laptop" beside the
// commands, the nearest first: either the step runs where they say, or a person says where.

/** `isOpen`: the document works on hosts, or names some. `short`: its names for machines. */
type Around = {isOpen: boolean; short: ReadonlySet<string>};

/** `isTitle`: the title of the document. `isNear`: the step itself, or directly above it. */
type Text = {line: number; text: string; isTitle?: boolean; isNear?: boolean};

/** `isAsked`: whether nobody has settled where the step runs. `isOpen`: the document works on hosts, or names some. */
export function unreadPlaceDoubts(
  plan: Plan,
  {byId}: LineIndex,
  leadsOf: Leads,
  isAsked: (step: Step) => boolean,
  isOpen: boolean,
): FoundDoubt[] {
  const said = new Map<string, Text>();
  const around: Around = {isOpen, short: new Set([...shortNamesIn(plan.source), ...hostNamesIn(plan.source)])};
  const found = plan.steps.flatMap(step => {
    const use = byId.get(step.section)?.use;
    if (
      (use !== 'run' && use !== 'rollback' && use !== 'watch') ||
      !isAsked(step) ||
      (isHere(step) && controlsOthers(step))
    )
      return [];
    const titles = [...sectionTitles(step, byId), {line: 1, text: plan.title, isTitle: true}];
    const own = unreadIn([...textsOf(step, plan.source, leadsOf), ...titles], step, plan, around);
    if (own !== undefined && own !== 'read') said.set(step.section, own);
    if (own === 'read') said.delete(step.section);
    // What follows in the section without such words goes with what stands above it.
    const words = own === 'read' ? undefined : (own ?? (isHere(step) ? said.get(step.section) : undefined));
    return words === undefined ? [] : [{step, words}];
  });
  const groups = Map.groupBy(found, ({step, words}) => `${step.section} ${placeOf(step)} ${words.line}`);
  return [...groups.values()].map(group => ofGroup(group, byId));
}

function ofGroup(group: readonly {step: Step; words: Text}[], byId: LineIndex['byId']): FoundDoubt {
  const steps = group.map(({step}) => step);
  const {words} = group[0] as {words: Text};
  const lines = steps.map(({line}) => line);
  const [first] = steps as [Step];
  return {
    code: 'place-assumed',
    line: words.line > (byId.get(first.section)?.line ?? 0) ? words.line : first.line,
    section: first.section,
    steps: steps.map(({id}) => id),
    message: `${lines.length === 1 ? `line ${lines[0]} is` : `lines ${lines.join(', ')} are`} taken for ${placeOf(first)}, but the text says "${words.text}"${words.line === first.line ? '' : ` (line ${words.line})`}`,
    because: words.text,
    settle: 'set the place with p in `tminus review`, or name it under contexts: in the bindings',
    ...(words.isTitle === true && isHere(first) ? {proposed: 'it is here'} : {}),
  };
}

/** The tools of clusters and clouds reach what they work on from anywhere. */
function controlsOthers(step: Step): boolean {
  const own = commandsOf(step);
  return own.length > 0 && own.every(({text}) => CONTROLS.test(text));
}

const CONTROLS =
  /^\s*(?:kubectl|helm|helmfile|oc|aws|gcloud|az|terraform|tofu|pulumi|flux|argocd|doctl|eksctl|nomad|consul|vault|gh|istioctl|ansible\S*|ssh|scp|rsync)\s/;

function isHere(step: Step): boolean {
  return contextOf(step)?.place.kind !== 'host';
}

function placeOf(step: Step): string {
  const place = contextOf(step)?.place;
  return place?.kind === 'host' ? place.host : 'here';
}

/** The nearest text about the place: `read` where it is the one of the step. */
function unreadIn(texts: readonly Text[], step: Step, {source, title}: Plan, around: Around) {
  const place = contextOf(step)?.place;
  const names =
    place?.kind === 'host'
      ? [place.destination, place.host].map(name => name.toLowerCase().replace(/^<(.*)>$/, '$1'))
      : [];
  const last = Math.max(step.line, ...commandsOf(step).map(({line}) => line));
  const known = names.length === 0 ? 0 : lineOf(names, source, last);
  if (names.length > 0 && known === 0) return undefined;
  for (const one of texts) {
    const {line, text} = one;
    if (known > 0 && line <= known) return 'read';
    if (names.length === 0 && (one.isNear === true ? mayBeHere(text) : sentHereIn(text) !== undefined)) return 'read';
    const words =
      one.isTitle === true || text.trim() === title ? placedIn(text) : saidIn(text, around, names.length > 0);
    if (words === undefined) continue;
    return names.some(name => name === words.toLowerCase() || isOf(words, name))
      ? 'read'
      : {line, text: words, isTitle: one.isTitle ?? text.trim() === title};
  }
  return undefined;
}

function saidIn(text: string, {isOpen, short}: Around, isElsewhere: boolean): string | undefined {
  const said = placeSaidIn(text) ?? bothIn(text) ?? machineWordsIn(text, isOpen) ?? shortNameIn(text, short);
  return said ?? (isElsewhere ? sentHereIn(text) : undefined);
}

/** "the worker box" means `deploy@<worker-host>`. */
function isOf(words: string, name: string): boolean {
  return words
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some(word => word.length > 3 && name.includes(word));
}

/** The nearest line at or above the commands that names the place in which the step runs; 0 where none does. */
function lineOf(names: readonly string[], source: readonly string[], last: number): number {
  for (let line = last; line > 0; line -= 1) {
    const text = (source[line - 1] ?? '').toLowerCase();
    if (names.some(name => text.includes(name))) return line;
  }
  return 0;
}

/** The texts that lead to the step, the nearest first: its own, those above it, the items and labels around it. */
function textsOf(step: Step, source: readonly string[], leadsOf: Leads): Text[] {
  const row = rowTexts(step, source);
  if (row !== undefined) return row;
  const leads = leadsOf(step).map(({line, text}) => ({line, text, isNear: true}));
  const around = linesAround(step, source).map(line => ({line, text: bare(source[line - 1] ?? '')}));
  const known = new Set(leads.map(({line}) => line));
  return [...leads, ...around.filter(({line}) => !known.has(line))].toSorted((a, b) => b.line - a.line);
}

function bare(raw: string): string {
  return plainText(raw.replaceAll(/`[^`]*`/g, ' ').replace(/^[\s>]*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?/, ''));
}

/** The items around an item, and the line above their list. */
function linesAround(step: Step, source: readonly string[]): number[] {
  const found: number[] = [];
  let indent = indentOf(source[step.line - 1]);
  let inCode = false;
  for (let line = step.line - 1; line > Math.max(0, step.line - LINES_MAX); line -= 1) {
    const text = source[line - 1] ?? '';
    if (/^\s*(?:`{3}|~{3})/.test(text)) inCode = !inCode;
    else if (inCode || text.trim() === '') continue;
    else if (/^\s*(?:#{1,6}\s|\|)/.test(text)) break;
    else if (indentOf(text) < indent) {
      found.push(line);
      indent = indentOf(text);
    }
    if (indent < 0) break;
  }
  return found;
}

const LINES_MAX = 80;

/** -1 where no item begins at the margin, so that the line above a list stands around its items. */
function indentOf(text = ''): number {
  const indent = text.length - text.trimStart().length;
  return indent > 0 || /^(?:[-*+]|\d+[.)])\s/.test(text) ? indent : -1;
}

/** Of the row of a table: its title, and the cells of columns that nobody knows. A column of places is read. */
function rowTexts({line, title}: Step, source: readonly string[]): Text[] | undefined {
  const raw = source[line - 1] ?? '';
  if (!/^\s*\|/.test(raw)) return undefined;
  let top = line;
  while (/^\s*\|/.test(source[top - 2] ?? '')) top -= 1;
  const heads = cellsOf(source[top - 1] ?? '').map(head => columnOf(head, []));
  const cells = cellsOf(raw);
  if (heads.some(({kinds}, index) => kinds.includes('place') && /\p{L}/u.test(cells[index] ?? ''))) return [];
  const others = heads.flatMap(({head, kinds}, index) => {
    const cell = cells[index] ?? '';
    if (/`/.test(cell)) return [{line, text: bare(cell)}];
    return kinds.every(kind => kind === 'target') ? [head, plainText(cell)].map(text => ({line, text})) : [];
  });
  return [{line, text: title, isNear: true}, ...others];
}

function cellsOf(row: string): string[] {
  return row
    .trim()
    .replaceAll(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim());
}

function sectionTitles({section}: Step, byId: LineIndex['byId']): Text[] {
  const found: Text[] = [];
  let at = byId.get(section);
  while (at !== undefined) {
    found.push({line: at.line, text: at.title});
    at = at.parent === undefined ? undefined : byId.get(at.parent);
  }
  return found;
}

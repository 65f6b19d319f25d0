/** Proposes the use of each section, and lists where that was assumed. */
import {isRun} from '../action-traits.ts';
import {plainText} from '../document/inline.ts';
import type {Procedure} from '../doubt.ts';
import {isKnownDocument, proseOf} from '../outline/prose.ts';
import {isNumberedPart, roleOf} from '../outline/section-role.ts';
import {hasBlank} from '../phrases/blanks.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import type {Plan, Section} from '../plan.ts';
import {quotesCommand} from '../shell/command-likeness.ts';
import {orderInProse} from '../words/orders.ts';
import {isKnownProse, isSurelyKnown, phrase, piece} from '../words/vocabulary.ts';
import {type Assumption, sectionsInside, siblingGroups, type UseMap} from './section-groups.ts';
import {onlyTellsOfCommands} from './told-commands.ts';
import {chooseVariants} from './variants.ts';

export type Uses = {
  sections: readonly Section[];
  assumed: readonly Assumption[];
  procedures?: readonly Procedure[];
  procedure?: string;
};

type Reading = Pick<Plan, 'sections' | 'steps' | 'source'>;

/** `asked`: the procedure that a person names. */
export function proposeUses(read: Reading, asked: string | undefined): Uses {
  const uses = new Map(read.sections.map(section => [section.id, section.use]));
  const assumed: Assumption[] = [...ofUnknownTitles(read, uses), ...chooseVariants(read, uses)];
  const chosen = chooseProcedure(read.sections, uses, asked);
  const sections = read.sections.map(section => ({...section, use: uses.get(section.id) ?? section.use}));
  return {...chosen, sections, assumed: [...assumed, ...chosen.assumed]};
}

/** Sections whose title names no role. */
function ofUnknownTitles({sections, steps, source}: Reading, uses: UseMap): Assumption[] {
  const texts = new Map(sections.map((section, index) => [section.id, proseOf(source, section, sections[index + 1])]));
  const isDocumentKnown = isKnownDocument(source) ?? true;
  const counted = countedParts(sections);
  // Boxes are work, wherever they stand.
  const listed = new Set(steps.filter(({boxes}) => boxes.length > 0).map(({section}) => section));
  const runnable = new Set(steps.filter(isRun).map(({section}) => section));
  const stepped = new Set(steps.map(({section}) => section));
  const linesOf = (index: number) =>
    source.slice(sections[index]?.line ?? 0, (sections[index + 1]?.line ?? source.length + 1) - 1);
  const holdsCommand = (index: number) => linesOf(index).some(quotesCommand);
  const holdsWork = (index: number, {id}: Section) => stepped.has(id) || linesOf(index).some(line => ITEM.test(line));
  const saysAnything = (index: number) => linesOf(index).some(line => /[\p{L}\d]|_{3}/u.test(line));
  const lastRun = sections.findLastIndex(({id, role, use}) => use === 'run' && role !== 'other' && runnable.has(id));
  // Sections before the rollback are mostly what it undoes.
  const wayBack = sections.findIndex(({use, id}) => use === 'rollback' && runnable.has(id));
  const hasDeploy = sections.some(({id, role}) => role === 'deploy' && runnable.has(id));
  return sections.flatMap((section, index) => {
    const around = section.parent === undefined ? undefined : uses.get(section.parent);
    if (section.role !== 'other') {
      // "Procedure" inside a section that is not this deployment belongs to that section.
      if (around === 'reference' && section.use === 'run' && isGeneric(section.title))
        uses.set(section.id, 'reference');
      if (section.use !== 'record') return [];
      const held = runnable.has(section.id) || holdsCommand(index) ? 'a command' : workIn(section, linesOf(index));
      return held === undefined ? [] : [recordAssumed(section, held)];
    }
    const text = texts.get(section.id) ?? '';
    // A title alone ("La nuit") does not show its language, so the document decides.
    const isKnown = isDocumentKnown ? isShort(text) || (isKnownProse(text) ?? true) : isSurelyKnown(text);
    // Behind the way back, a number alone does not make it work: known problems are numbered too.
    const isCounted = counted.has(section.id) && (wayBack === -1 || index < wayBack);
    const isWork =
      isKnown &&
      around !== 'reference' &&
      (section.depth === 1 || !hasDeploy || index < Math.max(lastRun, wayBack) || listed.has(section.id) || isCounted);
    const use = isWork ? 'run' : 'reference';
    uses.set(section.id, use);
    // A section of level 1 is the subject of the document, and a numbered part is part of the work. If the title says
    // when ("Next day"), that is asked about for each step.
    const isPlain = section.depth === 1 || isCounted || section.condition !== undefined;
    const isForeign = !isKnown && !isDocumentKnown;
    const isHeld =
      runnable.has(section.id) ||
      // Nobody here can say what such prose, tables and blanks ask for, so a person is asked about every section.
      (isForeign && saysAnything(index)) ||
      (!isWork &&
        section.depth > 1 &&
        ((isUnsure(section, isKnown && isDocumentKnown) && holdsWork(index, section)) ||
          holdsCommand(index) ||
          (around !== 'reference' &&
            linesOf(index).some(line => !hasBlank(line) && orderInProse(plainText(line)) !== undefined))));
    if (!isHeld || (isWork && isPlain)) return [];
    const because = isForeign ? 'it is in a language without words here' : 'its title names no part of a deployment';
    const message = isWork
      ? `"${section.title}" is taken for a part of the deployment`
      : `"${section.title}" is taken for reference: nothing of it runs`;
    const isTold = isWork && onlyTellsOfCommands(linesOf(index));
    return [{code: 'role-assumed', section, message, because, ...(isTold ? {} : {proposed: use}), isForeign}];
  });
}

/** "3 Approval by the store", with a command in it, or with checks to do. */
function recordAssumed(section: Section, held: string): Assumption {
  const message = `"${section.title}" is taken for a record: nothing of it runs, though it holds ${held}`;
  return {code: 'role-assumed', section, message, because: section.title, proposed: 'record'};
}

/** An item, or a row of a table. */
const ITEM = /^\s*(?:(?:[-*+•]|\d+[.)])\s+\S|\|(?=.*[\p{L}\d]))/u;

/** What the items of a record ask for: "Print one label, it takes less than 4 seconds". A blank is only filled in. */
function workIn({role}: Section, lines: readonly string[]): string | undefined {
  // Whom to call, and when, is no work of the plan.
  if (role === 'contacts') return undefined;
  const listed = lines.filter(line => LISTED.test(line) && !hasBlank(line));
  if (listed.some(line => BOX.test(line) && wordsIn(line) >= TOLD_WORDS_MIN))
    return 'boxes that ask for more than a name';
  const items = listed.map(line => plainText(line));
  if (items.some(item => readThresholds(item, 0).length > 0)) return 'a check with a bound';
  return items.some(item => orderInProse(item) !== undefined) ? 'an order' : undefined;
}

/** An item, with its box or without. */
const LISTED = /^\s*(?:[-*+•]|\d+[.)])\s+\S/u;

/** "- [ ] Head of QA" asks for a name only. */
const BOX = /^\s*\S+\s+\[[ xX]\]\s/;
const TOLD_WORDS_MIN = 6;

/** A language without words, or a number before the title ("SECTION 7 AFTER"): its list may well be work. */
function isUnsure({title}: Section, isKnown: boolean): boolean {
  return !isKnown || /^(?:\p{L}+\s+)?\d+(?:\.\d+)*[.):]?\s/u.test(title);
}

/** "5. Inside a pod" behind "3. Deploy": numbered parts of the same work. */
function countedParts(sections: readonly Section[]): ReadonlySet<string> {
  const parts = siblingGroups(sections).map(siblings => siblings.filter(({title}) => /^\d+[.):]\s/.test(title)));
  const ofWork = parts.filter(part => part.some(({role, use}) => role !== 'other' && use === 'run'));
  return new Set(ofWork.flat().map(({id}) => id));
}

function isShort(text: string): boolean {
  return wordsIn(text) <= SHORT_WORDS_MAX;
}

function wordsIn(text: string): number {
  return text.match(/\p{L}+/gu)?.length ?? 0;
}

const SHORT_WORDS_MAX = 3;

/** Titles that say that something is done, but not what: "Procedure", "Steps". */
function isGeneric(title: string): boolean {
  return GENERIC.test(title) || isNumberedPart(title);
}

const GENERIC = phrase`^(?:[\d.]+\s*)?${'plain-title'}$`;

/** "RB-1: Deploy", "Playbook 2": procedures of which one is done. */
const COUNT = piece`[\s#-]*(?:\d+|[A-Z])(?![\p{L}\d])`;
const PROCEDURE = phrase`^(?:${'procedure'}|${'counted-procedure'})${COUNT}`;
const COUNTED = phrase`^${'counted-procedure'}${COUNT}\W*`;

/** "Procedure 1: Backend", "Procedure 2: Frontend" are parts of one, unless exactly one title names the deploy. */
function areParts(siblings: readonly Section[]): boolean {
  return siblings.some(({title}) => COUNTED.test(title)) && siblings.filter(isDeploy).length !== 1;
}

function isDeploy({title}: Section): boolean {
  return roleOf(title.replace(COUNTED, '')) === 'deploy';
}

type Chosen = {assumed: readonly Assumption[]; procedures?: readonly Procedure[]; procedure?: string};

function chooseProcedure(sections: readonly Section[], uses: UseMap, asked: string | undefined): Chosen {
  const group = siblingGroups(sections)
    .map(siblings => siblings.filter(({title, id}) => PROCEDURE.test(title) && uses.get(id) !== 'reference'))
    .find(siblings => siblings.length > 1 && !areParts(siblings));
  const named = asked === undefined ? undefined : sectionNamed(sections, group ?? [], asked);
  if (group === undefined && named === undefined) return {assumed: []};
  const siblings = sections.filter(({parent, depth}) => parent === named?.parent && depth === named?.depth);
  const all = group?.includes(named ?? (group[0] as Section)) === true ? group : siblings;
  const procedures = all.map(section => ({
    name: section.title,
    line: section.line,
    sections: sectionsInside(sections, section).map(({id}) => id),
  }));
  const deploying = all.filter(
    one => uses.get(one.id) === 'run' && one.role === 'deploy' && (!COUNTED.test(one.title) || isDeploy(one)),
  );
  const chosen = named ?? (deploying.length === 1 ? deploying[0] : undefined);
  const assumed: Assumption[] = [];
  for (const section of all) {
    if (section === chosen) continue;
    const own = sectionsInside(sections, section).filter(({id}) => uses.get(id) === 'run' || uses.get(id) === 'watch');
    const isRollback = uses.get(section.id) === 'rollback';
    for (const {id} of own) uses.set(id, isRollback ? 'rollback' : 'other');
  }
  if (named === undefined) {
    const first = chosen ?? (all[0] as Section);
    const names = all.map(({title}) => `"${title}"`).join(', ');
    assumed.push({
      code: 'procedure-assumed',
      section: first,
      message:
        chosen === undefined
          ? `the document holds ${all.length} procedures, and nothing says which one is meant: ${names}`
          : `"${first.title}" is the procedure of this run; the others are not: ${names}`,
      because: first.title,
      ...(chosen === undefined ? {} : {proposed: first.title}),
    });
  }
  return {assumed, procedures, ...(chosen === undefined ? {} : {procedure: chosen.title})};
}

function sectionNamed(sections: readonly Section[], group: readonly Section[], name: string): Section | undefined {
  const wanted = name.trim().toLowerCase();
  const holds = ({title}: Section) => title.toLowerCase().includes(wanted);
  return group.find(holds) ?? sections.find(({title}) => title.toLowerCase() === wanted) ?? sections.find(holds);
}

/** Doubts about parts that tell how an earlier step is done: "| 5 | Smoke test (see 4.1) |", and behind it "### 4.1 Smoke test". */
import {once} from '../../../text/memoize.ts';
import type {Block} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {partsIn} from '../../outline/text-parts.ts';
import {commandsOf, type Plan, type Section, type Step} from '../../plan.ts';
import {everyPhrase, phrase, piece} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import type {Leads} from '../lines-above.ts';
import {allLabels, type Label} from './labels.ts';

/** Where other steps stand between the two, the commands of the part would come too late, and perhaps a second time. */
export function detailDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const found = new Map<Section, FoundDoubt>();
  for (const {line, from, target} of [...detailsIn(plan, blocks, lines), ...wholeParts(plan, blocks, lines)]) {
    const doubt = found.has(target.section) ? undefined : doubtOf(line, from, target, lines);
    if (doubt !== undefined) found.set(target.section, doubt);
  }
  return [...found.values()];
}

/** The line in section `from` whose step the part tells. */
type Detail = {line: number; from: Section; target: Titled};

/** The parts of which each is the only one that another line points at: by their titles, all of them are done. */
export function toldApart(plan: Plan, blocks: readonly Block[], lines: LineIndex): (line: number) => boolean {
  const details = detailsIn(plan, blocks, lines).filter(({line, from, target: {section}}) => {
    const isForCase = lines.stepsAt(line).some(({condition, arm}) => condition !== undefined || arm !== undefined);
    return !isForCase && line < section.line && section.use === from.use;
  });
  const byLine = Map.groupBy(details, ({line}) => line);
  const own = new Set(
    details.filter(({line}) => byLine.get(line)?.length === 1).map(({target}) => target.section.line),
  );
  return line => own.has(line);
}

export function detailsIn({sections}: Plan, blocks: readonly Block[], lines: LineIndex): Detail[] {
  const titled = titledIn(sections);
  if (titled.size === 0) return [];
  const found: Detail[] = [];
  for (const part of partsIn(blocks)) {
    if (part.kind === 'code-block') continue;
    const from = lines.sectionAt(part.line);
    if (!isDone(from?.use)) continue;
    for (const name of namesIn(part.kind === 'row' ? part.cells : [part.text], part.kind === 'row')) {
      const target = titled.get(name);
      if (target !== undefined) found.push({line: part.line, from, target});
    }
  }
  return found;
}

/** "Tests of section 5 against app1": work of a person that is a whole part further below. */
function wholeParts({sections}: Plan, blocks: readonly Block[], lines: LineIndex): Detail[] {
  const titled = titledIn(sections, COUNTED_TITLE);
  if (titled.size === 0) return [];
  return partsIn(blocks).flatMap(part => {
    const from = part.kind === 'row' || part.kind === 'item' ? lines.sectionAt(part.line) : undefined;
    const own = lines.stepsAt(part.line);
    if (part.kind === 'code-block' || !isDone(from?.use) || own.length === 0) return [];
    if (own.some(({action, gate}) => action.kind !== 'manual' || gate === true)) return [];
    return (part.kind === 'row' ? part.cells : [part.text]).flatMap((text): Detail | [] => {
      const plain = plainText(text.slice(0, TEXT_LENGTH_MAX)).trim();
      const target = ELSEWHEN.test(plain) ? undefined : titled.get(WHOLE.exec(plain)?.[1] ?? '');
      return target === undefined ? [] : {line: part.line, from, target};
    });
  });
}

const WHOLE = phrase`^(?:\p{L}+\s+){1,4}?[(–—,]?\s*${'chapter'}\.?\s+(\d+)(?![\p{L}\d]|[.,:]\d)`;
/** "Only after section 5", "if section 5 fails": not the part itself. */
const ELSEWHEN = phrase`\<(?:${'hangs-on'}|${'redirects'}|${'after'}|${'moment'}|${'once-done'}|${'sends-back'}|${'calls-off'}|${'undo'}|${'rollback'})(?!\p{L})`;
const COUNTED_TITLE = phrase`^(?:${'chapter'}\s+)?(\d+)(?:[.):]|\s*[–—-])?\s+\p{L}`;

type Titled = {section: Section; endLine: number};

/** By their numbers: "4.1 Smoke test", "Zu 4.2". Of two with one number, neither is known. */
function titledIn(sections: readonly Section[], title = TITLE): ReadonlyMap<string, Titled> {
  const found = new Map<string, Titled>();
  const twice = new Set<string>();
  for (const [index, section] of sections.entries()) {
    const name = title.exec(section.title.slice(0, TEXT_LENGTH_MAX))?.[1]?.toLowerCase();
    if (name === undefined) continue;
    if (found.has(name)) twice.add(name);
    const next = sections.slice(index + 1, index + SECTIONS_MAX).find(({depth}) => depth <= section.depth);
    found.set(name, {section, endLine: (next?.line ?? Number.MAX_SAFE_INTEGER) - 1});
  }
  for (const name of twice) found.delete(name);
  return found;
}

/** "4.1", "5a", "4.2a", "A.3". */
const NUMBER = piece`\d+(?:\.\d+)+[a-z]?|\d+[a-z]|[A-Z](?:\.\d+)+`;
const TITLE = phrase`^(?:\p{L}{1,10}\.?\s+){0,2}(${NUMBER})(?!\p{L}|[\w.]*\d)`;
const SECTIONS_MAX = 200;
const TEXT_LENGTH_MAX = 1000;

/** The numbers that the text points at; a number alone in a cell is the row's own. */
function namesIn(texts: readonly string[], areCells: boolean): string[] {
  return texts.flatMap(text => {
    const plain = plainText(text.slice(0, TEXT_LENGTH_MAX)).trim();
    if (areCells && ALONE.test(plain)) return [plain.toLowerCase()];
    return [...POINTED.all(plain), ...ENDS.all(plain)].flatMap(({1: name}) => name?.toLowerCase() ?? []);
  });
}

const ALONE = phrase`^(?:${NUMBER})$`;
const POINTED = everyPhrase`\<(?:${'points-to'}|${'redirects'})\.?\s+(?:(?:${'chapter'}|${'part'})\.?\s+|§\s*)?(${NUMBER})(?![\p{L}\d]|\.\d)`;
/** "pg_upgrade – section 5a", "Smoke test (chapter 4.1)": the number ends it. */
const ENDS = everyPhrase`(?:^|[–—:;(,-]\s*)(?:(?!${'part'}\s)${'chapter'}\.?\s+|§\s*)(${NUMBER})(?=\W*$|\s*\))`;

function doubtOf(line: number, from: Section, {section, endLine}: Titled, lines: LineIndex): FoundDoubt | undefined {
  if (section.line <= line || section.id === from.id || section.use !== from.use) return undefined;
  const between = lines.stepsBetween(line + 1, section.line - 1);
  const last = between.at(-1);
  const all = lines.stepsBetween(section.line, endLine).filter(step => !isAskedBefore(step));
  const commanded = all.filter(step => commandsOf(step).length > 0);
  const own = commanded.length > 0 ? commanded : all.filter(({action}) => action.kind === 'manual');
  if (last === undefined || own.length === 0) return undefined;
  if (commanded.length === 0) return byHand(line, last.line, section, own);
  return {
    code: 'condition-assumed',
    line: section.line,
    section: section.id,
    steps: own.map(({id}) => id),
    message: `"${section.title}" tells how line ${line} is done, and its commands would run only behind line ${last.line}`,
    because: section.title,
    settle: 'move them to that line in the document, do them by hand, or confirm that they run where they stand',
  };
}

/** A person is led to the row first, and to its details only behind other work, perhaps a second time. */
function byHand(line: number, last: number, section: Section, own: readonly Step[]): FoundDoubt {
  return {
    code: 'condition-assumed',
    line: section.line,
    section: section.id,
    steps: own.map(({id}) => id),
    message: `"${section.title}" tells how line ${line} is done, and a person would be led to it only behind line ${last}, as if it were done there`,
    because: section.title,
    settle: 'move it to that line in the document, leave it out, or confirm that it is done where it stands',
  };
}

/** "Note on 3.12: make sure that it is dead:" behind 3.16: the commands below it belong to a step further up. */
export function noteDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const labels = once(() => labelsByName(plan));
  return plan.steps.flatMap((step): FoundDoubt | [] => {
    const section = lines.byId.get(step.section);
    if (section === undefined || !isDone(section.use) || commandsOf(step).length === 0 || isAskedBefore(step))
      return [];
    for (const {line, as} of leadsOf(step)) {
      const text = plan.source[line - 1] ?? '';
      const name = as === 'prose' ? nameIn(plainText(text).slice(0, TEXT_LENGTH_MAX)) : undefined;
      const [label, other] = name === undefined ? [] : (labels().get(name.toLowerCase()) ?? []);
      if (label === undefined || other !== undefined || lines.sectionAt(label.line)?.use !== section.use) continue;
      const own = lines.stepsBetween(label.line, Math.min(label.endLine, line - 1));
      const between = lines.stepsBetween(label.line + 1, line - 1).filter(one => !own.includes(one));
      const last = between.findLast(one => commandsOf(one).length > 0 || one.action.kind === 'manual');
      if (own.length === 0 || last === undefined) continue;
      return {
        code: 'condition-assumed',
        line,
        steps: [step.id, ...own.map(({id}) => id)],
        message: `line ${line} speaks of line ${label.line}, and its commands would run only behind line ${last.line}`,
        because: name ?? text,
        settle: 'move them to that line in the document, do them by hand, or confirm that they run where they stand',
      };
    }
    return [];
  });
}

function nameIn(text: string): string | undefined {
  const [, numbered, coded] = NOTE.exec(text) ?? [];
  return numbered ?? coded;
}

function labelsByName(plan: Plan): ReadonlyMap<string, readonly Label[]> {
  return Map.groupBy(allLabels(plan), ({name}) => name);
}

/** "Note on 3.12:", "Zu Schritt 7 –", "Re U3:". */
const NOTE = phrase`^\W*(?!(?:${'part'}|${'chapter'})\>)\p{L}+\s+(?:\p{L}+\s+){0,3}?(?:(?:${'chapter'}|${'part'})\.?\s+(\d+[a-z]?)|(${NUMBER}|[A-Z]{1,3}[.-]?\d+))\s*(?:[:：,;–—-]|\.\s)`;

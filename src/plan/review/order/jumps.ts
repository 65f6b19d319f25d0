/** Doubts about numbered steps that an earlier one sends past: "2. Preferred: … Continue with step 5." leaves out 3 and 4. */
import {allBlocks, type Block} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {outsideCode} from '../../document/source-lines.ts';
import {isDone} from '../../doubt.ts';
import type {Plan, Section} from '../../plan.ts';
import {everyPhrase, phrase} from '../../words/vocabulary.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';

/**
 * One for each part between the sentence and the part that it names: whether it is done hangs on which way was taken.
 * Where a condition was read, the run asks anyway.
 */
export function jumpDoubts({source, sections}: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const titles = titlesIn(sections, source.length);
  const usesByNumber = new Map(titles.flat().map(({name, line}) => [name, lines.sectionAt(line)?.use]));
  // "If it fails, go to section 5" names the chapter of the way back, and no item.
  const isElsewhere = (name: string, line: number) =>
    usesByNumber.has(name) && usesByNumber.get(name) !== lines.sectionAt(line)?.use;
  return [...listsIn(blocks, source), ...titles].flatMap(parts => {
    const places = Map.groupBy(parts.keys(), index => parts[index]?.name);
    // An earlier jump has asked about the parts up to here.
    let asked = 0;
    return parts.flatMap((part, index): FoundDoubt[] => {
      const jump = jumpIn(part, name => places.get(name)?.find(at => at > index + 1), source);
      if (jump === undefined || (!jump.isStep && isElsewhere(jump.name, part.line))) return [];
      const from = Math.max(index + 1, asked);
      asked = Math.max(asked, jump.to);
      return parts.slice(from, jump.to).flatMap(({line, endLine}) => {
        const own = lines.stepsBetween(line, endLine).filter(step => !isAskedBefore(step));
        if (!isDone(lines.sectionAt(line)?.use) || own.length === 0) return [];
        const message = `line ${jump.line} may send past line ${line}, which would be done all the same: "${jump.text}"`;
        return [mayNotRun(line, own, message, jump.text)];
      });
    });
  });
}

type Numbered = {name: string; line: number; endLine: number};

/** The items of each ordered list, with the numbers that the document gives them. */
function listsIn(blocks: readonly Block[], source: readonly string[]): Numbered[][] {
  return allBlocks(blocks).map(block =>
    (block.kind === 'list' ? block.items : []).flatMap(({line, endLine}) => {
      const name = ITEM.exec(source[line - 1] ?? '')?.[1];
      return name === undefined ? [] : [{name, line, endLine}];
    }),
  );
}

const ITEM = /^[\s>]*(\d+)[.)]\s/;

/** Titles beside each other: "### 5.3 Restore", "**Step 4: Start it**". */
function titlesIn(sections: readonly Section[], end: number): Numbered[][] {
  const beside = Map.groupBy(sections, ({parent, depth}) => `${parent} ${depth}`);
  return [...beside.values()].map(alike =>
    alike.flatMap(({title, line}, index) => {
      const name = TITLE.exec(title)?.[1];
      const endLine = (alike[index + 1]?.line ?? end + 1) - 1;
      return name === undefined ? [] : [{name, line, endLine}];
    }),
  );
}

const TITLE = phrase`^\W*(?:(?:${'part'}|${'chapter'})\s+)?(\d+(?:\.\d+)*[a-z]?)(?:[.):]|\s|$)`;

/** The first words of the part, outside code, that go on with one of the parts behind the next one. */
function jumpIn(
  {line, endLine}: Numbered,
  indexBehind: (name: string) => number | undefined,
  source: readonly string[],
) {
  for (const {line: at, text: raw} of outsideCode(source, line, Math.min(endLine, line + LINES_MAX))) {
    const text = plainText(raw.slice(0, TEXT_LENGTH_MAX));
    for (const {index} of JUMPS.all(text)) {
      const [words = '', ...names] = TARGET.exec(text.slice(index)) ?? [];
      const name = names.find(one => one !== undefined);
      const to = name === undefined ? undefined : indexBehind(name);
      if (name !== undefined && to !== undefined)
        return {name, to, line: at, text: words.slice(0, SHOWN_MAX), isStep: STEP.test(words)};
    }
  }
  return undefined;
}

const JUMPS = everyPhrase`\<${'go-past'}`;
const STEP = phrase`\<${'part'}\s+[\d.]+$`;
/** "weiter mit Schritt 5"; but not "go to 3 hosts". */
const TARGET =
  /^(?:(?:[^\s.;:]+\s+){3,5}?(\d+(?:\.\d+)*[a-z]?(?!\p{L}))|(?:[^\s.;:]+\s+){1,2}?(\d+(?:\.\d+)*[a-z]?)(?=$|[.,;:)]))(?![\d%])/u;
const LINES_MAX = 60;
const TEXT_LENGTH_MAX = 600;
const SHOWN_MAX = 100;

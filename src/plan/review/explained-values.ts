/** Doubts about words of commands that stand for something else: a sentence or a remark says so, or their form shows it. */
import {plainText} from '../document/inline.ts';
import {isDone} from '../doubt.ts';
import {commandsOf, contextOf, type Plan, requestsOf, type Step} from '../plan.ts';
import {standInsIn} from '../shell/stand-ins.ts';
import {phrase, phrasesOf, topicPattern} from '../words/vocabulary.ts';
import {WordPattern} from '../words/word-pattern.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import {isAskedBefore} from './lead-ins.ts';
import type {Leads} from './lines-above.ts';

const TOKEN = String.raw`(?:\x60([^\x60\n]{1,60})\x60|"([^"\n]{1,40})"|'([^'\n]{1,40})'|«([^»\n]{1,40})»|([A-Z][A-Z0-9_]+|\d[\d.]*)(?![\p{L}\p{N}]))`;

const EXPLANATIONS = phrasesOf('stands-for').map(
  source => String.raw`(?<![\p{L}])${source.replace('TOKEN', () => TOKEN)}`,
);
const EXPLAINS = EXPLANATIONS.map(source => new WordPattern(source, 'giu'));
const IS_EXPLAINED = new WordPattern(EXPLANATIONS.join('|'), 'iu');

export function explainedValueDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  return [
    ...inCommands(plan, lines),
    ...hangingRemarkDoubts(plan, lines),
    ...remarkedValueDoubts(plan, lines, leadsOf),
  ];
}

function inCommands({sections, steps, source, placeholders}: Plan, lines: LineIndex): FoundDoubt[] {
  const known = placeholders.map(({text}) => text);
  const bySection = Map.groupBy(steps, ({section}) => section);
  const counted = countedIn(source);
  return sections.flatMap(({id, use, line}, index) => {
    const own = isDone(use) ? (bySection.get(id) ?? []) : [];
    if (own.length === 0) return [];
    const end = (sections[index + 1]?.line ?? source.length + 1) - 1;
    const said = [...explainedIn(source, line, Math.min(end, line + SECTION_LINES_MAX), lines), ...counted];
    const found = own.flatMap(step => [
      ...said
        .filter(({token}) => !known.includes(token) && textsOf(step, source).some(({text}) => holds(text, token)))
        .map(one => ofToken(one, step)),
      ...textsOf(step, source).flatMap(({line: at, text}) => {
        const token = standInsIn(text).find(one => !known.some(blank => blank.includes(one) && text.includes(blank)));
        return token === undefined ? [] : [ofToken({line: at, token, words: token}, step)];
      }),
    ]);
    return [...Map.groupBy(found, one => `${one.line} ${one.because}`).values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : {...first, steps: [first, ...others].flatMap(({steps: ids = []}) => ids)},
    );
  });
}

const SECTION_LINES_MAX = 400;

/** "NN is the turbine, two figures": letters that the document, anywhere, lets stand for a number; where it first does. */
function countedIn(source: readonly string[]): Explained[] {
  const found = source.flatMap((text, index) => {
    const line = text.slice(0, LINE_LENGTH_MAX);
    const [words, token] = (LETTERS.test(line) ? COUNTED.exec(line) : null) ?? [];
    return words === undefined || token === undefined ? [] : [{line: index + 1, token, words}];
  });
  return [...Map.groupBy(found, ({token}) => token).values()].flatMap(all => all.slice(0, 1));
}

const LETTERS = /[nx#]{2}/i;
const COUNTED = phrase`(?<![\p{L}\p{N}])\x60?([NX#]{2,4})\x60?\s+(?:=|${'is'}|${'stands-as'})(?!\p{L})[^.]{0,60}`;

type Explained = {line: number; token: string; words: string};

function ofToken({line, token, words}: Explained, step: Step): FoundDoubt {
  return {
    code: 'value-assumed',
    line,
    steps: [step.id],
    message: `"${token}" reads as if it stood for something else: nothing says for what here`,
    because: words,
    settle: 'write what is meant, or say that it is meant as it stands',
  };
}

/** What the document says there. Who wrote the bindings meant what stands in them. */
function textsOf(step: Step, source: readonly string[]): readonly {line: number; text: string}[] {
  const place = contextOf(step)?.place;
  const own = [
    ...commandsOf(step).filter(({bound}) => bound !== true),
    ...requestsOf(step).map(({line}) => ({line, text: source[line - 1] ?? ''})),
  ];
  // A host that no key of the bindings names is called as the document calls it.
  const isNamed = place?.kind === 'host' && place.host !== place.destination;
  return place?.kind === 'host' && !isNamed ? [...own, {line: step.line, text: place.destination}] : own;
}

/** Whether the token stands in the command, not inside a longer word. */
function holds(command: string, token: string): boolean {
  if (/^([NX#])\1+$/i.test(token)) return command.includes(token);
  const at = command.indexOf(token);
  if (at === -1 || token === command) return token === command;
  const [before, after] = [command[at - 1] ?? ' ', command[at + token.length] ?? ' '];
  return !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after);
}

/** Explanations in the prose and comments of the section; other lines of a block explain nothing. */
function explainedIn(source: readonly string[], from: number, to: number, {stepsAt}: LineIndex): Explained[] {
  const found: Explained[] = [];
  for (let line = from; line <= to; line += 1) {
    const text = (source[line - 1] ?? '').slice(0, LINE_LENGTH_MAX);
    if (!IS_EXPLAINED.test(text) || !SPEAKS.test(text)) continue;
    if (stepsAt(line).some(step => textsOf(step, source).some(one => one.line === line))) continue;
    for (const match of EXPLAINS.flatMap(pattern => pattern.all(text))) {
      const token = match.slice(1).find(one => one !== undefined);
      if (token !== undefined) found.push({line, token, words: match[0]});
    }
  }
  return found;
}

const LINE_LENGTH_MAX = 400;
const SPEAKS = /[\p{L}]{2,}\s.*[\x60"'«A-Z\d]/u;

/** `swupdate -e slot_b  # <- slot_a if it runs from b`: what is run hangs on something that only a person knows. */
function hangingRemarkDoubts({steps, source}: Plan, lines: LineIndex): FoundDoubt[] {
  return steps.flatMap(step => {
    if (isAskedBefore(step) || !RUNS.has(lines.byId.get(step.section)?.use)) return [];
    return commandsOf(step).flatMap(({line, text}) => {
      const said = TRAILING.exec(source[line - 1] ?? '')?.[1] ?? '';
      const remark = plainText(said.replace(MARK, ''));
      if (!HANGS.test(remark) || text.includes(said)) return [];
      return {
        code: 'condition-assumed' as const,
        line,
        steps: [step.id],
        message: `what line ${line} runs depends on its remark: "${remark.slice(0, 100)}"`,
        because: remark.slice(0, 100),
        settle: 'confirm that it is right as it stands, do it by hand, or leave it out',
      };
    });
  });
}

const MARK = /^[\s#(*_]*(?:\^+|[↑⬆⇧←]|<-+)?\s*/u;
const HANGS = phrase`\<(?:${'if'}|${'condition'})\s+[\p{L}\d]`;

const TRAILING = /\s((?:#|←|<-)\s*\S.*)$/;
const RUNS: ReadonlySet<string | undefined> = new Set(['run', 'watch', 'rollback']);

/**
 * `export VERSION=3.18.0  # the version you are releasing`, or below "Set the variables (example values):": a value of
 * one day, of which the remark or the text above the block says what it is.
 */
function remarkedValueDoubts({steps, source}: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  return steps.flatMap(step => {
    if (!RUNS.has(lines.byId.get(step.section)?.use)) return [];
    const last = Math.max(step.endLine, ...commandsOf(step).map(({line}) => line));
    const above = leadsOf(step).find(({text, as}) => as !== 'comment' && EXAMPLE.test(text))?.text;
    const own = new Set(commandsOf(step).map(({line}) => line));
    return source.slice(step.line - 1, last).flatMap((raw, index): FoundDoubt | [] => {
      const line = step.line + index;
      const [, pairs = '', said = ''] = ASSIGNED.exec(raw.slice(0, LINE_LENGTH_MAX)) ?? [];
      const remark = OF_THE_DAY.test(said) ? said : own.has(line) ? above : undefined;
      const names = [...pairs.matchAll(PAIR)].flatMap(([, name = '']) => name);
      if (remark === undefined || names.length === 0) return [];
      const used = new RegExp(String.raw`\$\{?(?:${names.join('|')})(?!\w)`);
      const others = steps.filter(other => commandsOf(other).some(({text}) => used.test(text)));
      return {
        code: 'value-assumed',
        line,
        steps: [...new Set([step, ...others].map(({id}) => id))],
        message: `"${pairs}" may be an example: ${remark === said ? 'its remark' : 'the text above it'} says "${plainText(remark).slice(0, 100)}"`,
        because: pairs,
        settle: 'write the value of this run, or say that it is meant as it stands',
      };
    });
  });
}

const PAIR = /([A-Za-z_]\w*)=(?:"[^"]*"|'[^']*'|[^\s"'$`<>]+)/g;
const ASSIGNED =
  /^\s*(?:[$>]\s+)?(?:export\s+|set\s+)?((?:[A-Za-z_]\w*=["']?[^\s"'$`<>]+["']?(?:\s+(?!#)|(?=\s*;?\s*(?:#|$))))+)\s*;?\s*(?:#+\s*(\S.*))?$/;
const OF_THE_DAY = topicPattern('of-the-day');
const EXAMPLE = topicPattern('example-values');

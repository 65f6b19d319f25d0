/** Reads a fence under a heading. */
import {traitsOf} from '../../action-traits.ts';
import type {Block, Fence} from '../../document/blocks.ts';
import {readEmbedded} from '../../document/embedded.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import {readMarks} from '../../phrases/marks.ts';
import {referencesIn} from '../../phrases/reference-values.ts';
import {WORD_END} from '../../words/letters.ts';
import {anyOf, speaksOf} from '../../words/vocabulary.ts';
import {replaceStep, report} from '../draft.ts';
import {holdsCommands} from '../fences/fences.ts';
import {checklistIn, numberedParts} from '../fences/procedures.ts';
import {addBlanks, addFence, type Owner} from '../steps.ts';
import {ownerNow, type Walk} from './walk-state.ts';

/** `walkBlocks` reads the Markdown that a fence may hold. */
export function walkFence(walk: Walk, fence: Fence, walkBlocks: (blocks: readonly Block[]) => void): void {
  const {draft, place, label} = walk;
  const {section} = place.node;
  if (fence.unclosed === true && fence.body.every(({text}) => text.trim() === '')) return;
  const references = fence.info === '' ? referencesIn(fence) : [];
  draft.references.push(...references);
  if (references.length > 0) return;
  if (NOT_RUN.test(section.role) || NOT_MEANT.test(label?.text ?? '')) {
    noteNotRun(walk, fence);
    walk.prose.push(...fence.body);
    return;
  }
  if (answersLast(walk, fence)) return;
  const checklist = checklistIn(fence, `${label?.text ?? ''} ${section.title}`);
  if (checklist !== undefined) {
    walkBlocks(readEmbedded(checklist));
    return;
  }
  if (isNote(walk, fence)) {
    if (!askBlanks(walk, fence)) walk.prose.push(...fence.body);
    return;
  }
  const owner = ownerNow(walk, fence.line, fence.endLine);
  const title = label === undefined && isFurther(walk) ? firstComment(fence) : undefined;
  addParts(walk, fence, title === undefined ? owner : {...owner, title});
  walk.afterFence = true;
}

/** "**Expected output:**" over a fence: it shows what the step above prints, and is nothing to run. */
function answersLast({draft, place, label}: Walk, fence: Fence): boolean {
  const last = draft.steps.at(-1);
  if (label === undefined || !EXPECTED.test(label.text) || last?.section !== place.node.section.id) return false;
  if (!traitsOf(last.action).judged) return false;
  const said = fence.body.filter(({text}) => text.trim() !== '');
  const whole = said.map(({text}) => text.trim()).join(' ');
  const stated = /^[{[]/.test(whole)
    ? readExpectations(`Expected: ${whole}`, said[0]?.line ?? fence.line)
    : said.slice(0, OUTPUT_LINES_MAX).flatMap(({line, text}) => readExpectations(`Expected: ${text.trim()}`, line));
  replaceStep(draft, last.id, step => ({...step, expectations: [...step.expectations, ...stated]}));
  return true;
}

/** A longer output is an example of one. */
const OUTPUT_LINES_MAX = 5;
const EXPECTED = new RegExp(`^(?:\\W*)${anyOf('expected')}${WORD_END}`, 'iu');

/** The heading has named something already. */
function isFurther({draft, place}: Walk): boolean {
  return draft.steps.at(-1)?.section === place.node.section.id;
}

/** What a fence says it is for in its first line. */
function firstComment({body}: Fence): string | undefined {
  const text = /^\s*(?:#|--)\s+(\p{L}.{2,78}[^:{([;,])$/u.exec(body[0]?.text ?? '')?.[1];
  return text === undefined || readExpectations(`# ${text}`, 0).length > 0 ? undefined : text;
}

/** "Never do this in production:", "Example:", "Previously we used:": shown, and not to be run. */
const NOT_MEANT =
  /^\W*(?:(?:never|nunca|niemals)(?!.*\b(?:until|unless|without|before|forget|hasta|sin|bis|ohne)\b)|(?:do not|don['’]t) (?:run|use|execute|do)\b(?!.*\b(?:until|unless|without|before)\b)|(?:an |for )?examples?$|e\.g\.|(?:previously|formerly)\b|ejemplo$|beispiel$)/i;

const NOT_RUN = /^(?:contacts|reference|triggers|criteria|notes)$/;

/** Lines to fill in a fence; a line that ends in a colon names the ones below it. */
function askBlanks({draft, place}: Walk, fence: Fence): boolean {
  let named = '';
  const lines = fence.body.flatMap(({line, text}) => {
    if (/[:：?]\s*$/.test(text)) named = text.trim();
    return /_{3,}/.test(text) ? [{line, text: /\p{L}/u.test(text) ? text : `${named} ${text.trim()}`}] : [];
  });
  if (lines.length === 0 || /^[a-z]/i.test(fence.info)) return false;
  addBlanks(draft, place, lines, place.node.preamble);
  return true;
}

/** One step, or one for each part under a numbered comment. */
export function addParts({draft, place}: Pick<Walk, 'draft' | 'place'>, fence: Fence, owner: Owner): void {
  const parts = holdsCommands(fence) ? numberedParts(fence) : undefined;
  if (parts === undefined) {
    addFence(draft, place, fence, owner);
    return;
  }
  parts.forEach(({title, line, fence: part}, index) => {
    const isLast = index === parts.length - 1;
    addFence(draft, place, part, {
      ...owner,
      title,
      line: index === 0 && owner.boxes.length > 0 ? owner.line : line,
      endLine: part.endLine,
      boxes: isLast ? owner.boxes : [],
      expectations: isLast ? owner.expectations : [],
      marks: {...owner.marks, ...readMarks(title)},
    });
  });
}

/** Commands that stand for reference are told and never run as a block: they are not meant to follow each other. */
export function noteNotRun({draft, place, label}: Pick<Walk, 'draft' | 'place'> & Partial<Walk>, fence: Fence): void {
  if (!holdsCommands(fence)) return;
  const title = label !== undefined && NOT_MEANT.test(label.text) ? label.text : place.node.section.title;
  const message = `these commands are not run: "${title}" is for reference`;
  const hint = 'copy what the deployment needs into one of its steps';
  report(draft, 'info', 'reference-card', fence.line, '', message, hint);
}

const MESSAGE = speaksOf('message');
const DATA =
  /^(?:json|ya?ml|toml|ini|html|xml|markdown|md|text|txt|plain|plaintext|diff|output|log|conf|nginx|terraform|hcl|promql|env|dotenv|js|ts|typescript|javascript|python|py|ruby|php|java|go|csharp|dockerfile|mermaid|csv|properties|css|graphql|http)\b/i;

/** Text in a fence that is no program: a template, sample output, room for notes. */
function isNote({label, place}: Walk, fence: Fence): boolean {
  if (DATA.test(fence.info)) return true;
  if (fence.info !== '') return false;
  if (isChat(fence)) return false;
  return (
    !holdsCommands(fence) ||
    MESSAGE.test(label?.text ?? '') ||
    (MESSAGE.test(place.node.section.title) && !holdsCommands(fence))
  );
}

/** `/release deploy 16.4`: for a bot in a chat. A person sends it. */
function isChat({body}: Fence): boolean {
  const lines = body.filter(({text}) => text.trim() !== '');
  return lines.length > 0 && lines.every(({text}) => /^\s*[/!][a-z][\w-]*(?:\s|$)(?!.*\/$)/i.test(text));
}

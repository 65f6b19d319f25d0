import {report} from './draft.ts';
import {readEmbedded} from './embedded.ts';
import {holdsCommands} from './fences.ts';
import type {Block, Fence} from './markdown.ts';
import {readMarks} from './marks.ts';
import {checklistIn, numberedParts} from './procedures.ts';
import {referencesIn} from './references.ts';
import {addFence, type Owner} from './steps.ts';
import {speaksOf} from './vocabulary.ts';
import {ownerNow, type Walk} from './walk-state.ts';

/** `walkBlocks` reads the Markdown that a fence may hold. */
export function walkFence(walk: Walk, fence: Fence, walkBlocks: (blocks: readonly Block[]) => void): void {
  const {draft, place, label} = walk;
  const {section} = place.node;
  if (fence.unclosed === true) noteUnclosed(walk, fence);
  const references = fence.info === '' ? referencesIn(fence) : [];
  draft.references.push(...references);
  if (references.length > 0) return;
  if (NOT_RUN.test(section.role)) {
    noteNotRun(walk, fence);
    walk.prose.push(...fence.body);
    return;
  }
  const checklist = checklistIn(fence, `${label?.text ?? ''} ${section.title}`);
  if (checklist !== undefined) {
    walkBlocks(readEmbedded(checklist));
    return;
  }
  if (isNote(walk, fence)) {
    walk.prose.push(...fence.body);
    return;
  }
  addParts(walk, fence, ownerNow(walk, fence.line, fence.endLine));
  walk.afterFence = true;
}

const NOT_RUN = /^(?:contacts|reference|triggers|criteria|notes)$/;

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

function noteUnclosed({draft}: Walk, fence: Fence): void {
  const hint = 'close it with a line of the same marks; until then what follows may be read as a part of it';
  report(draft, 'warning', 'unclosed-fence', fence.line, '', 'this code block is never closed', hint);
}

/** Commands that stand for reference are told and never run as a block: they are not meant to follow each other. */
export function noteNotRun({draft, place}: Walk, fence: Fence): void {
  if (!holdsCommands(fence)) return;
  const {title} = place.node.section;
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
  return (
    !holdsCommands(fence) ||
    MESSAGE.test(label?.text ?? '') ||
    (MESSAGE.test(place.node.section.title) && !holdsCommands(fence))
  );
}

/** Recognisers of whole lists, and of blocks of which one is done. */
import {type Block, linesWithText} from '../document/blocks.ts';
import {plainText, readInline} from '../document/inline.ts';
import {tellsWhatHappens} from '../words/orders.ts';
import {isOptionTitle} from '../words/variant-titles.ts';
import {phrase} from '../words/vocabulary.ts';
import {choiceFound, isRadio, radioFound} from './choices.ts';
import {contactsOfItems} from './contacts.ts';
import {labelsFound, type Parts, type Recogniser, readInOrder, readInside, type Thing, thenRead} from './found.ts';
import {holdsReasons, holdsWork, isTask} from './item-shapes.ts';
import {conditionNow} from './settings.ts';

export const LISTS: readonly Recogniser<'list' | 'alternatives'>[] = [
  {
    name: 'people and incident steps',
    example: '## Contacts\n\n- On-Call: Ana, 555-0100\n- DBA: ________',
    on: 'list',
    read({items, ordered}, setting, reader) {
      if (setting.node.section.role !== 'contacts') return undefined;
      const work = items.filter(item => isTask(item) || holdsWork(item));
      return thenRead(reader.items(work, setting), here =>
        contactsOfItems(
          here,
          items.filter(item => !work.includes(item)),
          ordered,
        ),
      );
    },
  },
  {
    name: 'boxes of which one is ticked',
    example: '## Notes\n\n**Final Status:**\n- [ ] Done\n- [ ] Rolled back',
    on: 'list',
    read({items}, setting) {
      const {label, node} = setting;
      if (label === undefined || !isRadio(label.text, items, node.section.role === 'notes')) return undefined;
      return radioFound(setting, label, items);
    },
  },
  {
    name: 'items that are options',
    example: '## Deploy\n\n- Option A: press the button\n- Option B: `make deploy`',
    on: 'list',
    read({items}, setting, reader) {
      const titles = items.map(({text}) => readInline(text[0]?.text ?? '').text);
      if (items.length < 2 || !titles.every(isOptionTitle)) return undefined;
      const options = items.map(({line}, index) => ({title: (titles[index] ?? '').replace(/[:：]$/, ''), line}));
      const title = setting.label?.text ?? setting.node.section.title;
      const {found, armOf} = choiceFound(setting, title, options, {});
      return thenRead(found, here =>
        readInOrder(items, here, (item, at) =>
          readInside(at, {arm: armOf(item.line)}, inside => reader.items([item], inside)),
        ),
      );
    },
  },
  {
    name: 'bounds in a rollback',
    example: '## Rollback\n\n- Error rate > 10%\n- The shop is down',
    on: 'list',
    read(list, setting, reader) {
      if (setting.node.section.role !== 'rollback' || setting.role === 'trigger') return undefined;
      if (!holdsReasons(list.items)) return undefined;
      const assumed = 'a list with bounds in the rollback is taken for reasons to roll back';
      return reader.items(list.items, {...setting, role: 'trigger', assumed}, list);
    },
  },
  {
    name: 'what the commands above do',
    example:
      '## Deploy\n\n```bash\n./upgrade.sh\n```\n\n**What the script does:**\n1. Checks the disk\n2. Starts the service',
    on: 'list',
    read(list, setting) {
      const {label, before, node} = setting;
      if (label === undefined || !tellsWhatHappens(label.text) || before?.section !== node.section.id) return undefined;
      if (list.items.some(item => isTask(item) || holdsWork(item))) return undefined;
      const lines = linesWithText([list]);
      const endLine = lines.at(-1)?.line ?? 0;
      const told: Thing = {kind: 'evidence', of: before, boxes: [], expectations: [], endLine};
      return {things: [told, ...labelsFound(lines)], setting};
    },
  },
  {
    name: 'list',
    example: '## Deploy\n\n- [ ] Tell support\n- [ ] Stop the queue',
    on: 'list',
    read: (list, setting, reader) => reader.items(list.items, setting, list),
  },
  {
    name: 'blocks with "or" between them',
    example: '## Deploy\n\n```bash\nmake deploy\n```\n\nor\n\n```bash\nhelm upgrade web .\n```',
    on: 'alternatives',
    read({arms, ors}, setting, reader) {
      const condition = conditionNow(setting);
      const title = setting.label?.text ?? setting.node.section.title;
      const options = arms.map(arm => ({title: arm.title, line: arm.block.line}));
      const marks = condition === undefined ? {} : {condition};
      const {found, armOf} = choiceFound(setting, title, options, marks);
      const read = thenRead(found, here =>
        readInOrder(arms, here, ({block}, at) =>
          readInside(at, {arm: armOf(block.line), afterCommands: false}, inside => reader.blocks([block], inside)),
        ),
      );
      return {...read, things: [...labelsFound(ors), ...read.things]};
    },
  },
];

const OR = phrase`^[\W_]*${'or'}[\W_]*$`;

/** A label that contrasts what follows with what stands before: "Alternatively, by hand:". */
const OR_ELSE = phrase`^\W*${'or'}[ ,:][^:：]{0,120}[:：]$`;

/** Lists and code blocks with only an "or" between them; undefined where none begin at `index`. */
export function alternativesAt(blocks: readonly Block[], index: number): Parts['alternatives'] | undefined {
  const arms = [index];
  for (let at = index + 2; isOr(blocks[at - 1]) && isArm(blocks[at]); at += 2) arms.push(at);
  if (arms.length < 2 || !isArm(blocks[index])) return undefined;
  return {
    ors: linesWithText(arms.slice(1).flatMap(at => blocks[at - 1] ?? [])),
    arms: arms.map((at, arm) => {
      const block = blocks[at] as Block;
      return {block, title: (arm === 0 ? undefined : labelOf(blocks[at - 1])) ?? nameOf(block)};
    }),
  };
}

function isOr(block: Block | undefined): boolean {
  if (block?.kind !== 'paragraph' || block.lines.length !== 1) return false;
  const text = plainText(block.lines[0]?.text ?? '');
  return OR.test(text) || OR_ELSE.test(text);
}

/** The title of an alternative, where its label says more than "or". */
function labelOf(block: Block | undefined): string | undefined {
  const text = block?.kind === 'paragraph' ? plainText(block.lines[0]?.text ?? '') : '';
  return OR.test(text) ? undefined : text.replace(/\s*[:：]$/, '');
}

function isArm(block: Block | undefined): boolean {
  return block?.kind === 'list' || block?.kind === 'code-block';
}

function nameOf(block: Block): string {
  if (block.kind === 'list') return plainText(block.items[0]?.text[0]?.text ?? '') || 'list';
  if (block.kind !== 'code-block') return 'alternative';
  return block.body.find(({text}) => /^\s*[^\s#]/.test(text))?.text.trim() ?? 'commands';
}

/** Recognisers of list items: tasks, ordered items, bullets. */
import {traitsOf} from '../action-traits.ts';
import {linesWithText, proseLines, textOfLines} from '../document/blocks.ts';
import {besideStruck, withoutStruck} from '../document/inline.ts';
import {hasBlank, readBlanks} from '../phrases/blanks.ts';
import {quotesCommand} from '../shell/command-likeness.ts';
import {isOrder} from '../words/orders.ts';
import {inlineChoiceFound, readInlineChoice} from './choices.ts';
import {withClaim} from './claims.ts';
import {notRun} from './code/not-run.ts';
import {type Found, type ItemPart, labelsFound, notesFound, type Recogniser, thenRead} from './found.ts';
import {codeAtPlace, inlineFound} from './item-code.ts';
import {
  codeBlocksIn,
  isBlankItem,
  isName,
  isResult,
  isRollbackDecision,
  isStep,
  isTask,
  resultsOf,
} from './item-shapes.ts';
import {
  boundsFound,
  commandsIn,
  groupFound,
  isGroup,
  namesFound,
  ownOf,
  readItself,
  readWithNested,
  triggerOf,
} from './item-steps.ts';
import {blanksFound, inputStep} from './make-steps.ts';

export const ITEMS: readonly Recogniser<'item'>[] = [
  {
    name: 'item that is struck out',
    example: '## Deploy\n\n1. ~~Empty the queue~~ not this time\n\n   ```bash\n   ./drain.sh\n   ```',
    on: 'item',
    read({item, raw}, setting) {
      const rest = besideStruck(raw);
      if (rest === undefined || isOrder(rest) || quotesCommand(withoutStruck(raw))) return undefined;
      // With more text beside it, the review asks: in a language without words, nobody knows what that says.
      const cards = rest === '' ? codeBlocksIn(item).flatMap(codeBlock => notRun(setting, codeBlock)) : [];
      return {things: [...cards, ...notesFound(item.text), ...labelsFound(linesWithText(item.blocks))], setting};
    },
  },
  {
    name: 'result of the commands above',
    example: '## Deploy\n\n```bash\ncurl -i https://x.test\n```\n\n- [ ] Returns 301 redirect',
    on: 'item',
    read({item, list}, setting) {
      const {before, node, afterCommands} = setting;
      if (list === undefined || !afterCommands || !isResult(item)) return undefined;
      if (before?.section !== node.section.id || !traitsOf(before.action).judged) return undefined;
      // The step of the code block ticks the box with its evidence.
      const boxes = isTask(item) ? [item.line] : [];
      const {endLine} = item;
      return {things: [{kind: 'evidence', of: before, boxes, expectations: resultsOf(item), endLine}], setting};
    },
  },
  {
    name: 'item that only tells',
    example: '## Deploy\n\n- The old box stays as it is.\n\n```bash\n./ship.sh\n```',
    on: 'item',
    read({item, list}, setting) {
      if (list === undefined || isTask(item)) return undefined;
      const isReason = setting.node.section.role === 'rollback' && setting.role === 'trigger';
      if (isReason || isStep(item, list, setting)) return undefined;
      const cards = codeBlocksIn(item).flatMap(codeBlock => notRun(setting, codeBlock));
      const blanks = item.text.filter(({text}) => hasBlank(text));
      const asked = thenRead({things: cards, setting}, here => blanksFound(here, blanks));
      return {
        ...asked,
        things: [...asked.things, ...notesFound(item.text), ...labelsFound(linesWithText(item.blocks))],
      };
    },
  },
  {
    name: 'trigger',
    example: '## When to roll back\n\n- [ ] Error rate > 5%\n- [ ] Payments fail',
    on: 'item',
    read({item}, setting) {
      const isTrigger =
        setting.node.section.role === 'triggers' || setting.role === 'trigger' || isRollbackDecision(item);
      return isTrigger ? triggerOf(item, {...setting, label: undefined}) : undefined;
    },
  },
  {
    name: 'answers on one line',
    example: '## Verify\n\n- Status: [ ] PASS [ ] FAIL',
    on: 'item',
    read({item, raw, inner, codeBlocks}, setting) {
      const choice = readInlineChoice(`${isTask(item) ? '[ ] ' : ''}${raw}`) ?? readInlineChoice(raw);
      if (choice === undefined || inner.length > 0 || codeBlocks.length > 0) return undefined;
      const {problems} = ownOf(item, raw, setting);
      const found = inlineChoiceFound(setting, choice, item.line, isTask(item) ? [item.line] : []);
      return {...found, things: [...problems, ...found.things]};
    },
  },
  {
    name: 'names that are checked together',
    example: '## Prepare\n\n- [ ] Variables present:\n  - [ ] `DATABASE_URL`\n  - [ ] `REDIS_URL`',
    on: 'item',
    read(part, setting, reader) {
      const {inner} = part;
      if (!isGroup(part, setting) || !inner.every(one => isTask(one) && isName(one))) return undefined;
      return readItself(part, setting, reader, (own, subject) => namesFound(own, subject, inner));
    },
  },
  {
    name: 'group of tasks',
    example: '## Prepare\n\n- [ ] Team:\n  - [ ] On-call is told\n  - [ ] Support is told',
    on: 'item',
    read(part, setting, reader) {
      if (!isGroup(part, setting)) return undefined;
      return readItself(part, setting, reader, (own, subject) => groupFound(part, own, subject, reader));
    },
  },
  {
    name: 'item with code blocks',
    example: '## Deploy\n\n- [ ] Pull it:\n  ```bash\n  git pull\n  ```',
    on: 'item',
    read(part, setting, reader) {
      if (part.codeBlocks.length === 0) return undefined;
      return readWithNested(part, setting, reader, (own, subject, itself) =>
        withBlanks(itself, codeAtPlace(itself, own, withClaim(subject, itself.raw, codeIn(itself)), setting, reader)),
      );
    },
  },
  {
    name: 'item with commands',
    example: '## Prepare\n\n- [ ] Tag it: `git tag v1`',
    on: 'item',
    read(part, setting, reader) {
      const commands = commandsIn(part, setting);
      if (commands.length === 0) return undefined;
      return readWithNested(part, setting, reader, (own, subject, itself) =>
        withBlanks(itself, inlineFound(itself, own, withClaim(subject, itself.raw, commands.join('\n')), commands)),
      );
    },
  },
  {
    name: 'item with a blank',
    example: '## Prepare\n\n- [ ] Ticket: ________',
    on: 'item',
    read(part, setting, reader) {
      const {item, raw} = part;
      if (!isBlankItem(item, raw)) return undefined;
      const blanks = readBlanks(raw, item.line, false);
      return readWithNested(part, setting, reader, (own, subject) =>
        inputStep(own, subject, blanks.length > 0 ? blanks : [{label: 'value', line: item.line}]),
      );
    },
  },
  {
    name: 'task or bound',
    example: '## Monitor\n\n- [ ] Error rate < 1%',
    on: 'item',
    read: (part, setting, reader) =>
      readWithNested(part, setting, reader, (own, subject, itself) => boundsFound(itself, own, subject, setting)),
  },
];

/** "Look at the slot: `cat /etc/slot`, write it down: ___": what is filled in behind the commands is asked after them. */
function withBlanks({item}: ItemPart, found: Found): Found {
  const blanks = [...item.text, ...proseLines(item.blocks)].filter(({text}) => hasBlank(text));
  return thenRead(found, here => blanksFound(here, blanks));
}

function codeIn({codeBlocks}: ItemPart): string {
  return codeBlocks.map(({body}) => textOfLines(body, '\n')).join('\n');
}

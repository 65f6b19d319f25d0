/** Reads people and how to reach them. */
import type {Item, TextLine} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {hasBlank, readBlanks} from '../../phrases/blanks.ts';
import type {Draft, Place} from '../draft.ts';
import {addInput, ownerAt} from '../steps.ts';

/** People and how to reach them, and what to do in an incident where the list counts. */
export function readContacts(
  draft: Draft,
  place: Place,
  items: readonly Item[],
  ordered: boolean,
  label: string | undefined,
): void {
  const open = items.flatMap(item =>
    item.text.flatMap(({line, text}) => {
      if (ordered && !hasBlank(text)) {
        draft.incident.push({text: plainText(text), line});
        return [];
      }
      return contactsIn(text).flatMap(one =>
        readContact(draft, one, line)?.blank === true ? [{line, text: one}] : [],
      );
    }),
  );
  askFor(draft, place, open, label);
}

/** Who is still unknown is asked for, in one step. */
export function askFor(draft: Draft, place: Place, open: readonly TextLine[], label: string | undefined): void {
  const blanks = open
    .flatMap(({line, text}) => readBlanks(draft, text, line, false))
    .map(({computed: _, ...blank}) => blank);
  const [first] = blanks;
  if (first === undefined) return;
  const title = label ?? place.node.section.title;
  addInput(draft, place, ownerAt(title, first.line, blanks.at(-1)?.line ?? first.line), blanks);
}

/** `**Primary:** Ana / **Backup:** Bo` names two. */
export function contactsIn(text: string): string[] {
  const parts = text.split(/\s+[/|]\s+|\s*,\s+(?=\*\*)/);
  return parts.length > 1 && parts.every(part => /[:：]/.test(part)) ? parts : [text];
}

/** `Developer: ____`, `**On-Call:** Ana, 555-0100`. A name in the bindings fills the blank. */
export function readContact(draft: Draft, text: string, line: number): {blank: boolean} | undefined {
  const match = /^([^:：]{2,60})[:：]\s*(.*)$/u.exec(plainText(text.replaceAll(/(?:\\?_){3,}/g, ' ')));
  const role = match?.[1]?.trim();
  if (role === undefined || (match?.[2] === '' && !hasBlank(text))) return undefined;
  const bound = Object.entries(draft.bindings.contacts).find(([key]) => key.toLowerCase() === role.toLowerCase())?.[1];
  const blank = bound === undefined && hasBlank(text);
  draft.contacts.push({role, name: bound ?? (blank ? '' : (match?.[2] ?? '').trim()), line, blank});
  return {blank};
}

/** Reads people and how to reach them. */
import {compact} from '../../text/compact.ts';
import {type Item, linesWithText, type TextLine} from '../document/blocks.ts';
import {plainText, readInline} from '../document/inline.ts';
import {computedFrom, hasBlank, readBlanks} from '../phrases/blanks.ts';
import {isPerson} from '../phrases/marks.ts';
import type {Contact, MetaEntry} from '../plan.ts';
import {type Found, labelsFound, type Setting, type Thing, thenRead} from './found.ts';
import {inputStepFor} from './make-steps.ts';

/** Reads people; the items of a numbered list are what to do in an incident. */
export function contactsOfItems(setting: Setting, items: readonly Item[], ordered: boolean): Found {
  const lines = items.flatMap(({text}) => text);
  const steps = ordered ? lines.filter(({text}) => !hasBlank(text)) : [];
  const incident = steps.map(({line, text}): Thing => ({kind: 'incident', text: plainText(text), line}));
  const told = labelsFound([...lines, ...linesWithText(items.flatMap(({blocks}) => blocks))]);
  return thenRead({things: [...incident, ...told], setting}, here =>
    peopleFound(
      here,
      lines.filter(line => !steps.includes(line)),
    ),
  );
}

/** Unknown people are asked for, in one step. */
export function peopleFound(setting: Setting, lines: readonly TextLine[]): Found {
  const said = lines.flatMap(({line, text}) => contactsIn(text).map(one => ({line, text: one})));
  const found = said.map(one => ({...one, contact: contactIn(setting, one.text, one.line)}));
  const blanks = found
    .filter(({contact}) => contact?.blank === true)
    .flatMap(({line, text}) => readBlanks(text, line, false))
    .map(({computed: _, ...blank}) => blank);
  const contacts = found.flatMap(({contact}) => contactsFound(contact));
  return thenRead({things: contacts, setting}, here =>
    inputStepFor(here, setting.label?.text ?? setting.node.section.title, blanks),
  );
}

export function contactsFound(contact: Contact | undefined): Thing[] {
  return contact === undefined ? [] : [{kind: 'contact', contact}];
}

/** `**Primary:** Ana / **Backup:** Bo` gives two contacts. */
function contactsIn(text: string): string[] {
  const parts = text.split(/\s+[/|]\s+|\s*,\s+(?=\*\*)/);
  return parts.length > 1 && parts.every(part => /[:：]/.test(part)) ? parts : [text];
}

/** `Developer: ____`, `**On-Call:** Ana, 555-0100`. `contacts:` of the bindings fills a blank. */
export function contactIn({where}: Setting, text: string, line: number): Contact | undefined {
  const match = /^([^:：]{2,60})[:：]\s*(.*)$/u.exec(plainText(text.replaceAll(/(?:\\?_){3,}/g, ' ')));
  const role = match?.[1]?.trim();
  if (role === undefined || (match?.[2] === '' && !hasBlank(text))) return undefined;
  const named = Object.entries(where.bindings.contacts);
  const bound = named.find(([key]) => key.toLowerCase() === role.toLowerCase())?.[1];
  const blank = bound === undefined && hasBlank(text);
  return {role, name: bound ?? (blank ? '' : (match?.[2] ?? '').trim()), line, blank};
}

/** `**Key:** value` lines at the head of a document and in its notes describe the deployment. */
export function keysIn(lines: readonly TextLine[], setting: Setting): Thing[] {
  const {preamble, section} = setting.node;
  if (!preamble && !/^(?:notes|reference|other)$/.test(section.role)) return [];
  return lines.flatMap(({line, text}): Thing[] => {
    const inline = readInline(text);
    const plain = preamble ? PLAIN_KEY.exec(inline.text) : null;
    const key = inline.lead ?? plain?.[1];
    const value = inline.lead === undefined ? (plain?.[2] ?? '') : inline.rest;
    // "**@ola** stop the queue" is said by somebody.
    if (key === undefined || value === '' || key.startsWith('@')) return [];
    const blank = hasBlank(text);
    const meta = keyFound(setting, {key, value: blank ? '' : value, line, blank});
    return [meta, ...(preamble && isPerson(key) ? contactsFound(contactIn(setting, text, line)) : [])];
  });
}

export function keyFound({node}: Setting, entry: MetaEntry): Thing {
  const computed = entry.blank ? computedFrom(entry.key, node.preamble) : undefined;
  return {kind: 'meta', entry: compact({...entry, computed})};
}

/** A short key and a short value; a sentence with a colon is none. */
const PLAIN_KEY = /^(\p{Lu}[\p{L}\p{N}/-]*(?:\s[\p{L}\p{N}/-]+){0,3}):\s+(\S.{0,100})$/u;

/** Finds the place that an item names for its commands: "2. Stop it, on `work1`:", and between its code blocks. */
import {matchesOf} from '../../../text/matches.ts';
import {type Block, type Item, textOfLines} from '../../document/blocks.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {
  type HostNames,
  hostsMentioned,
  leadingHost,
  type NamedPlace,
  placeIn,
  placeOfTitle,
} from '../../phrases/host-mentions.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {placeBesideCommand} from '../../words/named-hosts.ts';
import {codeBlocksIn, textOf} from '../item-shapes.ts';

/** The place that the words of an item name; words inside its commands do not count. */
export function placeOfItem(item: Item, names: HostNames): NamedPlace | undefined {
  const text = textOf(item);
  const told = text.replaceAll(/`[^`]*`/g, '…');
  const outside = text.replaceAll(BRACKETS, ' ');
  // "On `web2` (on web1 it is done already)": the brackets tell of another.
  const own = hostsMentioned(outside, names).length > 0 ? told.replaceAll(BRACKETS, ' ') : told;
  return (
    placeBesideCommand(text, names) ??
    leadingHost(plainText(own), names, true) ??
    placeInCode(item, text, names) ??
    behindCommand(text, names) ??
    placeOfTitle(told)
  );
}

const BRACKETS = /\([^()]*\)/g;

/** The place that stands in a text beside its command: "`stop.sh` (both tills)", "`stop.sh` on `till-1` says off". */
export function placeBeside(raw: string, names: HostNames): NamedPlace | undefined {
  return placeBesideCommand(raw, names) ?? behindCommand(raw, names);
}

/** The host behind the last command: "`stop.sh` on `till-1`". */
function behindCommand(raw: string, names: HostNames): NamedPlace | undefined {
  if (names.size === 0) return undefined;
  const text = raw.replaceAll(/`([^`]*)`/g, (code, inside: string) =>
    names.has(inside.toLowerCase()) ? inside : code,
  );
  const command = codeSpans(text).at(-1);
  if (command === undefined || !looksLikeCommand(command)) return undefined;
  const behind = text.slice(text.lastIndexOf('`') + 1);
  const place = /^\s+\p{L}/u.test(behind) ? leadingHost(behind, names, false) : undefined;
  if (place === undefined || place.here) return undefined;
  const reached = hostsMentioned(command, names);
  return hostsMentioned(place.phrase, names).some(name => reached.includes(name)) ? undefined : place;
}

/** "2. Stop it, on `work1`": a name in code, ahead of the commands. `scp web1:dump .` is run here, for that host. */
function placeInCode(item: Item, text: string, names: HostNames): NamedPlace | undefined {
  const codes = matchesOf(text, /`([^`]*)`/g).filter(([, inside = '']) => !names.has(inside.toLowerCase()));
  const place = leadingHost(plainText(text.slice(0, codes[0]?.index)), names, true);
  if (place === undefined || place.here) return undefined;
  const block = codeBlocksIn(item)[0]?.body.map(line => line.text) ?? [];
  const reached = hostsMentioned([...codes.map(([code]) => code), ...block].join(' '), names);
  return hostsMentioned(place.phrase, names).some(name => reached.includes(name)) ? undefined : place;
}

/** The place that the paragraph directly above a code block in an item names: "Then on `db2`:". */
export function placeAbove({blocks}: Item, codeBlock: Block, names: HostNames): NamedPlace | undefined {
  const above = blocks[blocks.indexOf(codeBlock) - 1];
  if (above?.kind !== 'paragraph') return undefined;
  return placeIn(textOfLines(above.lines), names, true);
}

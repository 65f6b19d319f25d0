/** The verdict of every rule on a row of its own, and what to bind where nothing can give one. Pure. */
import type {VerdictLine} from '../../run/wording/verdict-lines.ts';
import {cut, displayWidth, wrap} from '../../text/width.ts';
import {standingLook} from '../rules/standing-look.ts';
import type {Pen} from '../widgets/pen.ts';

/** Keeps the given order, blind rules last. Details stand on the same row where they fit, else below a rule in trouble. */
export function verdictRows(verdicts: readonly VerdictLine[], pen: Pen): string[] {
  const blind = verdicts.filter(({assessment}) => assessment.standing.kind === 'blind');
  const others = verdicts.filter(({assessment}) => assessment.standing.kind !== 'blind');
  return [...others.flatMap(line => rowsOf(line, pen)), ...blindRows(blind, pen)];
}

/** The words that show a guess as one. */
const GUESS = 'a guess';

function rowsOf(line: VerdictLine, pen: Pen): string[] {
  const {assessment, text, details = [], guess, rule} = line;
  const {sign, token} = standingLook(assessment.standing.kind, pen.glyphs);
  const head = pen.plain(`${sign.padEnd(2)} ${text}`);
  const role = `${rule.role}, line ${rule.line}`;
  const said = [...(guess === undefined ? [] : [GUESS]), ...details, role];
  const row = pen.write(token, cut(head, pen.width, pen.glyphs.ellipsis));
  const isTrouble = ['tripped', 'breached', 'grey'].includes(assessment.standing.kind);
  const beside = fittingBeside(isTrouble ? [role] : said, pen.width - displayWidth(head) - SET_IN, pen);
  const first = beside === '' ? row : `${row}  ${pen.write('muted', beside)}`;
  if (!isTrouble && guess === undefined && line.failing === undefined && line.staleMs === undefined) return [first];
  const rest = details.filter(detail => !beside.includes(pen.plain(detail)));
  const below =
    rest.length === 0
      ? []
      : wrap(pen.plain(rest.join(` ${pen.glyphs.separator} `)), Math.max(1, pen.width - SET_IN - 1));
  return [first, ...below.map(text => pen.write('muted', `   ${text}`))];
}

const SET_IN = 2;

function fittingBeside(parts: readonly string[], room: number, pen: Pen): string {
  let row = '';
  for (const part of parts) {
    const next = pen.plain(row === '' ? part : `${row} ${pen.glyphs.separator} ${part}`);
    if (displayWidth(next) > room) continue;
    row = next;
  }
  return row;
}

/** Blind rules are never green. The last rows say how to bind them to a probe. */
function blindRows(lines: readonly VerdictLine[], pen: Pen): string[] {
  if (lines.length === 0) return [];
  return [
    '',
    pen.rule(`${lines.length} blind: nothing measures them`),
    ...lines.map(({rule}) => {
      const row = pen.plain(`${pen.glyphs.unknown}  ${rule.text}`);
      const place = `line ${rule.line}`;
      return fitsWith(row, place, pen);
    }),
    ...wrap(
      'In the bindings file, a probe under probes: and an entry { match: "…", probe: NAME } under rules: tie a rule to what measures it.',
      pen.width,
    ).map(text => pen.write('muted', text)),
  ];
}

function fitsWith(row: string, place: string, pen: Pen): string {
  const room = pen.width - displayWidth(place) - SET_IN;
  return `${pen.write('standing.blind', cut(row, room, pen.glyphs.ellipsis))}  ${pen.write('muted', place)}`;
}

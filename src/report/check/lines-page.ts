/** The page of `tminus check --lines`: the document, with a margin that says how each line was read. */
import type {Plan, Section} from '../../plan/plan.ts';
import {sectionUse} from '../../run/review.ts';
import {type LineAs, lineMargin} from '../../run/wording/line-margin.ts';
import {toAscii} from '../../text/ascii.ts';
import {plural} from '../../text/figures.ts';
import {type Paint, paintIn} from '../../text/paint.ts';
import {cut} from '../../text/width.ts';
import type {Reviewing} from './check-review.ts';
import {factRows} from './page-elements.ts';

/** `width`: of the terminal; undefined where lines must stay whole. */
type LinesPageOptions = {reviewing: Reviewing; width: number | undefined; colour: boolean; ascii: boolean};

const AS_WIDTH = 11;
const TAB = '    ';

/** Lines such as `  87  command      git stash`, then the counts and a verdict. */
export function linesPage(plan: Plan, {reviewing, width, colour, ascii}: LinesPageOptions): string {
  const paint = paintIn(colour);
  const margin = lineMargin(plan, ({id}: Section) => sectionUse(plan, reviewing, id));
  const numberWidth = String(margin.length).length;
  const rows = margin.map(({line, as}) => {
    const number = paint.faint(String(line).padStart(numberWidth));
    const word = toneOf(as, paint)((as === 'layout' ? '' : as).padEnd(AS_WIDTH));
    const row = `${number}  ${word}  ${shown(plan.source[line - 1] ?? '')}`.trimEnd();
    return width === undefined ? row : cut(row, width);
  });
  const counts = [...Map.groupBy(margin, ({as}) => as)]
    .filter(([as]) => as !== 'layout' && as !== 'not-read')
    .map(([as, {length}]) => plural(length, as));
  const text = [
    ...rows,
    '',
    ...factRows(counts, width),
    verdict(
      margin.filter(({as}) => as === 'not-read'),
      paint,
    ),
  ];
  const page = `${text.join('\n')}\n`;
  return ascii ? toAscii(page) : page;
}

function verdict(unread: readonly {line: number}[], paint: Paint): string {
  if (unread.length === 0) return paint.good('every line was read');
  const lines = unread.map(({line}) => line).join(', ');
  return paint.bad(`${plural(unread.length, 'line')} not read: ${lines}`);
}

function toneOf(as: LineAs, paint: Paint): (text: string) => string {
  switch (as) {
    case 'heading':
      return paint.strong;
    case 'step':
    case 'gap':
      return paint.info;
    case 'command':
      return paint.code;
    case 'expectation':
    case 'threshold':
      return paint.good;
    case 'trigger':
      return paint.warn;
    case 'not-read':
      return paint.bad;
    default:
      return paint.faint;
  }
}

/** A line of the document without control characters; its indentation stays. */
function shown(text: string): string {
  return text.replaceAll('\t', TAB).replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
}

/** The part of `tminus check` about names that are still open or only guessed. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {plural} from '../../text/figures.ts';
import {displayWidth, shorten, widest} from '../../text/width.ts';
import {DATABASE, openNames, openQueries, type Page, partHeading} from './page.ts';

/** Everything that has no value yet or was only guessed: names, the database, what rules are tied to. */
export function openLines(page: Page): readonly string[] {
  const {plan} = page;
  const rows = [
    ...plan.placeholders.filter(({bound}) => !bound).map(placeholderRow),
    ...databaseRows(page),
    ...guessedRows(plan),
  ];
  if (rows.length === 0) return [];
  const nameWidth = Math.min(widest(rows.map(({name}) => name)), Math.floor(page.width / 2));
  return [
    partHeading(page, 'NOT BOUND', plural(openNames(page).length, 'name')),
    ...rows.map(row => rowLine(page, row, nameWidth)),
  ];
}

/** `mark`: `open` for a person to fill in, `later` when the run finds it by itself, `guess` for a look. */
type Row = {name: string; said: string; mark: 'open' | 'later' | 'guess'};

function placeholderRow({text, lines, capture}: Plan['placeholders'][number]): Row {
  const where = linesText(lines);
  return capture === true
    ? {name: text, said: `captured during the run · ${where}`, mark: 'later'}
    : {name: text, said: where, mark: 'open'};
}

function databaseRows(page: Page): readonly Row[] {
  const lines = openQueries(page);
  return lines.length === 0 ? [] : [{name: DATABASE, said: `for the queries of ${linesText(lines)}`, mark: 'open'}];
}

/** Ties that were made by what is likely: a look is cheaper than a rule that judges the wrong thing. */
function guessedRows({rules}: Plan): readonly Row[] {
  return rules.flatMap(({tie, line, signal, text}: Rule): readonly Row[] =>
    tie?.by === 'guess'
      ? [{name: `line ${line} ← ${signal}`, said: `guessed for "${text}": ${tie.because}`, mark: 'guess'}]
      : [],
  );
}

function rowLine({paint, width}: Page, {name, said, mark}: Row, nameWidth: number): string {
  const fitted = shorten(name, nameWidth);
  const sign = mark === 'open' ? paint.warn('○') : paint.faint(mark === 'later' ? '◇' : '?');
  const gap = ' '.repeat(Math.max(0, nameWidth - displayWidth(fitted)));
  return `  ${sign} ${paint.code(fitted)}${gap}  ${paint.faint(shorten(said, width - nameWidth - 6))}`;
}

function linesText(lines: readonly number[]): string {
  return `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`;
}

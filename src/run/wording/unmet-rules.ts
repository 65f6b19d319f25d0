/** A rule that is not met, and one that nearly is not, in whole words. */
import {type Operator, type Rule, unreachable} from '../../plan/plan.ts';
import {boundFigure, quantityText} from '../../text/figures.ts';
import {isInverted} from '../rules/measure.ts';
import {isRelative} from '../rules/relative.ts';
import {STANDING_WORDS} from './standing-words.ts';
import {nameOf, type VerdictLine} from './verdict-lines.ts';

/** `error rate 3 %, must be below 1 %: tripped`. `alike`: lines of the same figure, each with its own bound. `at`: of the figure. */
export function unmetText(line: VerdictLine, alike: readonly VerdictLine[] = [line], at = ''): string {
  const {standing} = line.assessment;
  const row =
    standing.kind === 'breached' && line.distance !== undefined
      ? `, ${line.distance.times} of ${line.distance.of} before it trips`
      : '';
  return `${heldAgainst(line, alike, at)}: ${STANDING_WORDS[standing.kind].toLowerCase()}${row}`;
}

/** `P95 response time 780 ms, must be below 850 ms` */
export function heldAgainst(line: VerdictLine, alike: readonly VerdictLine[] = [line], at = ''): string {
  const {rule, assessment, isAfterRollback} = line;
  // After a rollback the name says the bound already.
  if (isAfterRollback === true) return nameOf(line);
  const value = assessment.value === undefined ? '' : ` ${quantityText(assessment.value, rule.unit)}`;
  const must = [...new Set(alike.map(each => mustText(each.rule)))].join(' and ');
  return `${nameOf(line)}${value}${at}, must ${must}`;
}

function mustText(rule: Rule): string {
  const bound = isRelative(rule) ? `${quantityText(rule.value, rule.unit)} of the baseline` : boundText(rule);
  return `${WORDS[isInverted(rule) ? otherSide(rule.op) : rule.op]} ${bound}`;
}

function boundText({value, unit}: Rule): string {
  return unit === 'count' ? boundFigure(value) : `${boundFigure(value)} ${unit}`;
}

const WORDS: Readonly<Record<Operator, string>> = {
  '<': 'be below',
  '<=': 'be at most',
  '>': 'be above',
  '>=': 'be at least',
  '=': 'be',
  '!=': 'not be',
};

/** What holds where this does not. */
function otherSide(op: Operator): Operator {
  switch (op) {
    case '<':
      return '>=';
    case '<=':
      return '>';
    case '>':
      return '<=';
    case '>=':
      return '<';
    case '=':
      return '!=';
    case '!=':
      return '=';
    default:
      return unreachable(op);
  }
}

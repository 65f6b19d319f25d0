import type {Plan} from '../plan/plan.ts';
import {toAscii} from './ascii.ts';
import {problemLines} from './check-problems.ts';
import {ruleLines} from './check-rules.ts';
import {rollbackLines, sectionLines} from './check-steps.ts';
import {clip, plural, shorten, widthOf, wrap} from './layout.ts';
import {isAutomatic} from './operations.ts';
import {type Page, partHeading, problemCounts, unboundNames} from './page.ts';
import {paintIn} from './paint.ts';
import {spanText} from './times.ts';

export type CheckPageOptions = {width: number; colour: boolean; ascii: boolean; file: string};

/** The page `tminus check` prints: verdict, plan, rollback, rules, open names, problems, and what to type next. */
export function checkPage(plan: Plan, {width, colour, ascii, file}: CheckPageOptions): string {
  const page: Page = {plan, width, paint: paintIn(colour), file};
  const parts = [
    titleLines(page),
    verdictLines(page),
    sectionLines(page),
    rollbackLines(page),
    ruleLines(page),
    unboundLines(page),
    problemLines(page),
    nextLines(page),
  ];
  const lines = parts.filter(part => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]));
  const text = `${lines.map(line => clip(line, width)).join('\n')}\n`;
  return ascii ? toAscii(text) : text;
}

function titleLines({plan, width, paint}: Page): readonly string[] {
  const subtitle = plan.subtitle === undefined ? [] : wrap(plan.subtitle, width).map(line => paint.faint(line));
  return [...wrap(plan.title, width).map(line => paint.strong(line)), ...subtitle];
}

function verdictLines(page: Page): readonly string[] {
  const {plan, width} = page;
  const facts = [
    plural(plan.steps.length, 'step'),
    `${plan.steps.filter(isAutomatic).length} run by themselves`,
    plural(plan.rules.length, 'rule'),
    plan.rollback === null ? 'no rollback section' : `rollback of ${plural(plan.rollback.steps.length, 'step')}`,
    ...(plan.expectedDuration === undefined
      ? []
      : [`expected to take ${spanText(plan.expectedDuration.minMs, plan.expectedDuration.maxMs)}`]),
    problemCounts(plan),
  ];
  // Broken between the facts, never inside one.
  const unbroken = facts.map(fact => fact.replaceAll(' ', '\u00a0')).join(' · ');
  return [verdict(page), ...wrap(unbroken, width).map(line => line.replaceAll('\u00a0', ' ').replace(/^· | ·$/g, ''))];
}

function verdict({plan, paint}: Page): string {
  const names = unboundNames(plan).length;
  if (!plan.steps.some(isAutomatic)) return paint.warn('○ nothing to run');
  if (names === 0) return paint.good('✓ runnable');
  return paint.warn(`◐ runnable after binding ${plural(names, 'name')}`);
}

function unboundLines(page: Page): readonly string[] {
  const {plan, width, paint} = page;
  const open = plan.placeholders.filter(({bound}) => !bound);
  if (open.length === 0) return [];
  const nameWidth = Math.min(Math.max(...open.map(({text}) => widthOf(text))), Math.floor(width / 2));
  const rows = open.map(({text, lines, capture}) => {
    const where = `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`;
    const said = capture === true ? `captured during the run · ${where}` : where;
    const name = shorten(text, nameWidth);
    const sign = capture === true ? paint.faint('◇') : paint.warn('○');
    const gap = ' '.repeat(Math.max(0, nameWidth - widthOf(name)));
    return `  ${sign} ${paint.code(name)}${gap}  ${paint.faint(shorten(said, width - nameWidth - 6))}`;
  });
  return [partHeading(page, 'NOT BOUND', plural(unboundNames(plan).length, 'name')), ...rows];
}

function nextLines({plan, paint, file, width}: Page): readonly string[] {
  const name = /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
  const next =
    unboundNames(plan).length > 0
      ? [
          [`tminus check ${name}`, 'once tminus.yaml beside it gives the names above their values'],
          [`tminus run ${name}`, 'works meanwhile, too: every step can be ticked by hand'],
        ]
      : [
          [`tminus check ${name} --connect`, 'also proves hosts, databases and the rollback'],
          [`tminus run ${name}`, 'opens the console'],
        ];
  const commandWidth = Math.max(...next.map(([command = '']) => widthOf(command)));
  // Beside the command where there is room, else left out: the command is what matters.
  const roomy = commandWidth + 2 + Math.max(...next.map(([, why = '']) => widthOf(why))) + 6 <= width;
  return next.map(([command = '', why = ''], index) => {
    const lead = index === 0 ? 'next  ' : '      ';
    const gap = ' '.repeat(commandWidth - widthOf(command) + 2);
    return `${paint.faint(lead)}${paint.strong(command)}${roomy ? gap + paint.faint(why) : ''}`;
  });
}

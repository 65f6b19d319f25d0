/** Says what was read from each section in lines that can be compared, with digests of its text and of this reading. */
import {createHash} from 'node:crypto';
import {isRun} from '../action-traits.ts';
import type {Doubt, SectionReading} from '../doubt.ts';
import {unreachable} from '../kinds.ts';
import type {Plan, Rule, Section, Step} from '../plan.ts';
import type {Command, Context, Expectation, HttpRequest, Stage} from '../script.ts';

/** `database`: where queries go that name none. */
export type ReadingSetting = {doubts: readonly Doubt[]; database?: string | undefined};

/** One for each section, in document order. */
export function readingsOf(plan: Plan, setting: ReadingSetting): SectionReading[] {
  const steps = Map.groupBy(plan.steps, ({section}) => section);
  const rules = Map.groupBy(plan.rules, ({section}) => section);
  const doubted = new Set(setting.doubts.map(({section}) => section));
  return plan.sections.map((section, index) => {
    const own = steps.get(section.id) ?? [];
    const judged = rules.get(section.id) ?? [];
    const reads = [...own.flatMap(step => stepLines(step, setting)), ...judged.map(ruleLine)];
    const places = new Set(own.flatMap(step => placeOfStep(step, setting) ?? []));
    const asks = doubted.has(section.id) || own.some(isRun) || judged.some(({role}) => role === 'trigger');
    return {
      section: section.id,
      asks,
      ...(places.size === 0 ? {} : {place: [...places].join(' + ')}),
      text: digest(textOf(plan.source, section, plan.sections[index + 1])),
      reading: digest([section.use === 'rollback' ? 'rollback' : '', ...reads]),
      reads,
    };
  });
}

/** The lines of the section with its heading, without those of the next section. */
function textOf(source: readonly string[], {line}: Section, next: Section | undefined): string[] {
  const lines = source.slice(line - 1, (next?.line ?? source.length + 1) - 1).map(text => text.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

const DIGITS = 16;

function digest(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, DIGITS);
}

function placeOfStep({action}: Step, {database}: ReadingSetting): string | undefined {
  switch (action.kind) {
    case 'script':
    case 'tail':
      return placeName(action.context);
    case 'sql':
      return action.database ?? database ?? 'database';
    case 'http':
    case 'prometheus':
      return placeName(action.context);
    default:
      return undefined;
  }
}

/** The name and never the address, which the bindings give. */
function placeName(context: Context | undefined): string {
  return context?.place.kind === 'host' ? context.place.host : 'here';
}

function stepLines(step: Step, setting: ReadingSetting): string[] {
  const marks = [step.condition, step.scope, step.gate === true ? 'a person decides' : undefined]
    .filter(mark => mark !== undefined)
    .map(mark => ` (${mark})`)
    .join('');
  const under = step.arm === undefined ? '' : 'option: ';
  const lines = actionLines(step, setting).map(line => `${under}${line}${line.endsWith(marks) ? '' : marks}`);
  return [...lines, ...step.expectations.map(expectationLine)];
}

function actionLines(step: Step, setting: ReadingSetting): string[] {
  const {action, title} = step;
  switch (action.kind) {
    case 'script':
      return action.stages.flatMap(stage => stageLines(stage, action.context));
    case 'sql':
      return action.statements.map(({text}) => `${placeOfStep(step, setting)} query ${oneLine(text)}`);
    case 'http':
      return action.requests.map(request => requestLine(request, action.context));
    case 'tail':
      return [`${placeName(action.context)} follow ${action.file ?? action.command ?? action.source}`];
    case 'log':
      return [`search ${action.source} absent ${action.absent ?? '-'} present ${action.present ?? '-'}`];
    case 'prometheus':
      return [`${action.context?.place.kind === 'host' ? `${placeName(action.context)} ` : ''}measure ${action.query}`];
    case 'choice':
      return [`choose ${action.arms.map(arm => arm.title).join(' | ')}`];
    case 'input':
      return [`fill in ${action.blanks.map(({label}) => label).join(', ')}`];
    case 'manual':
      return [`by hand: ${title}`];
    case 'rule':
      return [`judged: ${title}`];
    default:
      return unreachable(action);
  }
}

function stageLines(stage: Stage, context: Context): string[] {
  if (stage.kind === 'http') return [requestLine(stage.request, context)];
  if (stage.kind === 'commands') return stage.commands.map(command => commandLine(command, context));
  return [
    'one of:',
    ...stage.arms.flatMap(({label, commands, manual}, index) => {
      const name = String.fromCharCode(FIRST_ARM + (index % ARMS_LETTERED));
      return manual
        ? [`${name}) by hand: ${label}`]
        : commands.map(command => `${name}) ${commandLine(command, context)}`);
    }),
  ];
}

const FIRST_ARM = 'A'.charCodeAt(0);
const ARMS_LETTERED = 26;

function commandLine({text, directory, condition, captures}: Command, context: Context): string {
  const where = [placeName(context), directory ?? context.directory].filter(one => one !== undefined).join(' ');
  const kept = captures.map(({name}) => ` -> ${name}`).join('');
  return `${where} $ ${oneLine(text)}${condition === undefined ? '' : ` (${condition})`}${kept}`;
}

function requestLine({method, url, body, curl, expectations}: HttpRequest, context: Context | undefined): string {
  const sent = body === undefined ? '' : ` ${oneLine(body)}`;
  const asked = curl === undefined ? `${method} ${url}${sent}` : `$ ${oneLine(curl.text)}`;
  return [`${placeName(context)} ${asked}`, ...expectations.map(({text}) => `expects ${text}`)].join('; ');
}

function expectationLine({text, check}: Expectation): string {
  return `expects ${text}${check === undefined ? ' (a person judges)' : ` (${JSON.stringify(check)})`}`;
}

function ruleLine({role, metric, statistic, op, value, unit, person}: Rule): string {
  const measured = person ? 'a person reports' : (statistic ?? 'measured');
  return `${role} ${metric} ${measured} ${op} ${value} ${unit}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

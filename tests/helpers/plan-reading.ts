/** A plan as plain text that a person can hold beside the document and review. */

import type {Expectation, Plan, Rule, Section, Span, Step} from '../../src/plan/plan.ts';
import {kindOf, unreachable} from '../../src/plan/plan.ts';
import type {Command, Context, HttpRequest, ScriptArm, Stage} from '../../src/plan/script.ts';

/** Sections with their steps and rules, then the rollback, what is left open, and the problems. */
export function readingOf(plan: Plan): string {
  const blocks = [
    headOf(plan),
    ...plan.sections.map(section => sectionOf(plan, section)),
    rollbackOf(plan),
    listed(
      'references',
      plan.references.map(({line, metric, kind, value, unit}) => `${line} ${metric} ${kind} ${value} ${unit}`),
    ),
    listed(
      'contacts',
      plan.contacts.map(({line, role, name, blank}) => `${line} ${role}: ${blank ? '(blank)' : name}`),
    ),
    listed(
      'incident',
      (plan.incident ?? []).map(({line, text}) => `${line} ${text}`),
    ),
    listed('placeholders', plan.placeholders.map(placeholderOf)),
    listed(
      'problems',
      plan.problems.map(({severity, code, line}) => `${severity} ${code}:${line}`),
    ),
  ];
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`;
}

function headOf(plan: Plan): string {
  return [
    `# ${plan.title}`,
    ...(plan.subtitle === undefined ? [] : [`## ${plan.subtitle}`]),
    ...(plan.expectedDuration === undefined ? [] : [`takes ${span(plan.expectedDuration)}`]),
    ...plan.meta.map(({line, key, value, blank}) => `meta ${line} ${key}: ${blank ? '(blank)' : value}`),
  ].join('\n');
}

function sectionOf(plan: Plan, section: Section): string {
  const {window} = section;
  const times = [
    ...(section.estimate === undefined ? [] : [`takes ${span(section.estimate)}`]),
    ...(window === undefined ? [] : [`from ${time(window.fromMs)} to ${time(window.toMs)}`]),
  ];
  const head = `${'='.repeat(section.depth)} ${section.line} [${section.role}] ${section.title}`;
  const shown = new Set<string>();
  const steps = plan.steps
    .filter(step => step.section === section.id)
    .flatMap(step => {
      const rules = step.action.kind === 'rule' ? step.action.rules : [];
      for (const id of rules) shown.add(id);
      return [
        ...stepOf(step),
        ...rules.flatMap(id => plan.rules.filter(rule => rule.id === id).map(rule => `    ${ruleOf(rule)}`)),
      ];
    });
  const rules = plan.rules
    .filter(rule => rule.section === section.id && !shown.has(rule.id))
    .map(rule => `  ${ruleOf(rule)}`);
  return [[head, ...times].join(' · '), ...steps, ...rules].join('\n');
}

function stepOf(step: Step): string[] {
  const facts = [
    ...(step.arm === undefined ? [] : [`arm ${step.arm.arm} of ${step.arm.choice}`]),
    ...(step.boxes.length === 0 ? [] : [`box ${step.boxes.join(' ')}`]),
    ...(step.everyMs === undefined ? [] : [`every ${time(step.everyMs)}`]),
    ...(step.timeoutMs === undefined ? [] : [`timeout ${time(step.timeoutMs)}`]),
    ...(step.condition === undefined ? [] : [`if: ${step.condition}`]),
    ...(step.destructive === undefined ? [] : [`DESTRUCTIVE ${step.destructive}`]),
  ];
  return [
    [`  ${step.id} ${kindOf(step.action)}: ${step.title}`, ...facts].join(' · '),
    ...actionOf(step).map(line => `    ${line}`),
    ...step.expectations.map(one => `    ${expectationOf(one)}`),
    ...step.instructions.map(text => `    | ${text.replaceAll('\n', ' ⏎ ')}`),
  ];
}

function actionOf({action}: Step): string[] {
  switch (action.kind) {
    case 'manual':
    case 'rule':
      return [];
    case 'input':
      return action.blanks.map(
        ({line, label, computed}) => `_ ${line} ${label}${computed === undefined ? '' : ` (${computed})`}`,
      );
    case 'choice':
      return action.arms.map(
        ({id, title, steps, recommended}) =>
          `o ${id} ${title}${recommended === true ? ' (recommended)' : ''}${steps.length === 0 ? '' : ` -> ${steps.join(' ')}`}`,
      );
    case 'script':
      return [place(action.context), ...action.stages.flatMap(stageOf)];
    case 'sql':
      return action.statements.flatMap(({line, text, expectations}) => [
        `${line} SQL ${text.replace(/\s+/g, ' ').trim()}`,
        ...expectations.map(one => `  ${expectationOf(one)}`),
      ]);
    case 'http':
      return action.requests.flatMap(requestOf);
    case 'tail':
      return [
        `${place(action.context)} log "${action.source}" ${action.file ?? action.command ?? ''}`,
        ...action.alternatives.map(text => `or ${text}`),
      ];
    case 'log':
      return [`log ${action.source} absent ${action.absent ?? '-'} present ${action.present ?? '-'}`];
    case 'prometheus':
      return [`prometheus ${action.query}`];
    default:
      return unreachable(action);
  }
}

function place({place: where, directory}: Context): string {
  const start = directory === undefined ? '' : ` in ${directory}`;
  return where.kind === 'local' ? `@local${start}` : `@${where.destination}${start}`;
}

function stageOf(stage: Stage): string[] {
  switch (stage.kind) {
    case 'commands':
      return stage.commands.map(commandOf);
    case 'alternatives':
      return stage.arms.flatMap(armOf);
    case 'http':
      return [...requestOf(stage.request), ...(stage.condition === undefined ? [] : [`  if: ${stage.condition}`])];
    default:
      return unreachable(stage);
  }
}

function armOf(arm: ScriptArm, index: number): string[] {
  const word = index === 0 ? 'either' : 'or';
  return [
    `${word}${arm.manual ? ' by hand' : ''}: ${arm.label}`,
    ...arm.commands.map(command => `  ${commandOf(command)}`),
  ];
}

function commandOf(command: Command): string {
  return [
    `${command.line} $ ${(command.label ?? command.text).replaceAll('\n', ' ⏎ ')}`,
    ...(command.directory === undefined ? [] : [`in ${command.directory}`]),
    ...(command.condition === undefined ? [] : [`if: ${command.condition}`]),
    ...(command.destructive === undefined ? [] : [`DESTRUCTIVE ${command.destructive}`]),
    ...(command.captures.length === 0 ? [] : [`captures ${command.captures.map(({name}) => name).join(' ')}`]),
  ].join(' · ');
}

function requestOf({line, method, url, headers, body, expectations}: HttpRequest): string[] {
  const sent = [
    ...(headers.length === 0 ? [] : [`${headers.length} headers`]),
    ...(body === undefined ? [] : [body.replace(/\s+/g, ' ')]),
  ];
  return [[`${line} ${method} ${url}`, ...sent].join(' · '), ...expectations.map(one => `  ${expectationOf(one)}`)];
}

function expectationOf({line, text, readable, check, metric, op, value, unit}: Expectation): string {
  const bound = op === undefined ? '' : ` ${metric ?? ''} ${op} ${value} ${unit ?? ''}`;
  const judged = check !== undefined ? JSON.stringify(check) : readable ? `bound${bound}` : 'a person judges';
  return `? ${line} ${text} => ${judged}`;
}

function ruleOf(rule: Rule): string {
  return [
    `${rule.id} ${rule.role}: ${rule.metric}${rule.statistic === undefined ? '' : ` ${rule.statistic}`} ${rule.op} ${rule.value} ${rule.unit}`,
    ...(rule.target === undefined ? [] : [`target ${rule.target}`]),
    ...(rule.person ? ['a person reports'] : [`over ${time(rule.windowMs)} n>=${rule.samples} x${rule.consecutive}`]),
    ...(rule.opens === undefined ? [] : [`from ${time(rule.opens.fromMs)} to ${time(rule.opens.toMs)}`]),
    `"${rule.text}"`,
  ].join(' · ');
}

function rollbackOf({rollback}: Plan): string {
  if (rollback === null) return 'no rollback';
  const {line, heading, estimate, triggers, steps, doesNotUndo} = rollback;
  return [
    `rollback ${line} ${heading}${estimate === undefined ? '' : ` · takes ${span(estimate)}`}`,
    `  triggers ${triggers.join(' ') || '-'}`,
    `  steps ${steps.join(' ') || '-'}`,
    ...doesNotUndo.map(text => `  leaves ${text}`),
  ].join('\n');
}

function placeholderOf({text, lines, bound, capture}: Plan['placeholders'][number]): string {
  return `${text} (${lines.join(' ')})${capture === true ? ' captured' : bound ? ' bound' : ''}`;
}

function listed(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map(line => `  ${line}`)].join('\n');
}

function span({minMs, maxMs}: Span): string {
  return minMs === maxMs ? time(minMs) : `${time(minMs)} to ${time(maxMs)}`;
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
];

function time(ms: number): string {
  const [size, name] = UNITS.find(([one]) => ms !== 0 && ms % one === 0) ?? [1, 'ms'];
  return `${ms / size}${name}`;
}

/** Found in the document: the rollback calls something by a name that only resembles the one it has elsewhere. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {contextOf, requestsOf} from '../../../plan/plan.ts';
import {lineText, type Told} from '../document-course.ts';
import type {Finding} from '../finding.ts';

export function mistakenNames(told: Told): Finding[] {
  const names = [...unitsOf(told), ...addressesOf(told)];
  const back = names.filter(({phase}) => phase === 'rollback');
  const deploy = names.filter(({phase}) => phase === 'deploy');
  const own = new Set(back.map(({line}) => line));
  const found = new Map<string, Finding>();
  for (const name of back) {
    const alike = deploy.find(other => other.kind === name.kind && isMistaken(name, other));
    if (alike === undefined || found.has(name.text) || isNamedElsewhere(told, name, own)) continue;
    found.set(name.text, {
      kind: 'another-name',
      weight: 'risk',
      line: name.line,
      title: `the rollback says ${name.text}, which nothing else names; line ${alike.line} says ${alike.text}`,
      evidence: [lineText(told, alike.line), lineText(told, name.line)],
      mend: `Write ${alike.text} in line ${name.line}, if it is the same that is meant.`,
      basis: 'told',
      about: name.text,
    });
  }
  return [...found.values()];
}

type Name = {kind: 'unit' | 'address'; text: string; place: string; line: number; phase: Doing['phase']};

function unitsOf({course}: Told): Name[] {
  return course.flatMap(({needs, place, phase, command: {line}}) =>
    needs.flatMap(need =>
      need.kind === 'unit'
        ? [{kind: 'unit' as const, text: need.name.replace(/\.service$/, ''), place, line, phase}]
        : [],
    ),
  );
}

/** The addresses that name their port. */
function addressesOf({plan}: Told): Name[] {
  const back = new Set(plan.rollback?.steps ?? []);
  return plan.steps.flatMap(step => {
    const place = contextOf(step)?.place;
    return requestsOf(step).flatMap(({url, line}) => {
      const text = /^(?:https?:\/\/)?([\w.-]+:\d+(?:\/[^?#]*)?)/.exec(url)?.[1];
      const phase = back.has(step.id) ? ('rollback' as const) : ('deploy' as const);
      const at = place?.kind === 'host' ? place.host : 'local';
      return text === undefined ? [] : [{kind: 'address' as const, text, place: at, line, phase}];
    });
  });
}

/** Two letters are exchanged, or one is more, less or another; of an address the port alone. */
function isMistaken(name: Name, other: Name): boolean {
  if (name.place !== other.place || name.text === other.text) return false;
  if (name.kind === 'address') return withoutPort(name.text) === withoutPort(other.text);
  const [a, b] = [name.text, other.text];
  if (Math.min(a.length, b.length) < LENGTH_MIN || a.replaceAll(/\d/g, '') === b.replaceAll(/\d/g, '')) return false;
  return distance(a, b) === 1;
}

const LENGTH_MIN = 4;

function withoutPort(address: string): string {
  return address.replace(/:\d+/, '');
}

/** What a person writes of it, or another section, knows it as well. */
function isNamedElsewhere({plan}: Told, {kind, text}: Name, own: ReadonlySet<number>): boolean {
  const word = kind === 'address' ? (/:(\d+)/.exec(text)?.[1] ?? text) : text;
  const named = new RegExp(String.raw`(?<![\w-])${word.replaceAll(/[^\w]/g, String.raw`\$&`)}(?![\w-])`);
  return plan.source.some((line, index) => !own.has(index + 1) && named.test(line));
}

/** 0, 1, or 2 for everything that is further. */
function distance(a: string, b: string): number {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left === '' && right === '') return 0;
  const isExchanged = left.length === 2 && left === [...right].reverse().join('');
  return Math.max(left.length, right.length) <= 1 || isExchanged ? 1 : 2;
}

/** Recognisers of whole sections (prose that is one step, decisions), and the host of an earlier login. */

import {compact} from '../../text/compact.ts';
import {plainText} from '../document/inline.ts';
import {sectionKey} from '../outline/section-marks.ts';
import {isNumberedPart} from '../outline/section-role.ts';
import type {SectionNode} from '../outline/sections.ts';
import {readMarks} from '../phrases/marks.ts';
import {problemAt} from '../problem.ts';
import type {Context} from '../script.ts';
import {problemsFound, type Recogniser, rulesFound, stepsIn, type Thing, thenRead} from './found.ts';
import {manualStep, ruleStep, type Subject, subjectAt} from './make-steps.ts';
import {rulesIn} from './rules.ts';
import {PASSIVE_ROLES, WORK_ROLES} from './settings.ts';

export const SECTIONS: readonly Recogniser<'section'>[] = [
  {
    name: 'section told in prose',
    example: '## Deploy\n\nThe on-call engineer restarts the queue by hand.',
    on: 'section',
    read({node, things}, setting) {
      const isEmpty = !things.some(({kind}) => kind === 'step' || kind === 'rule');
      const prose = things.flatMap(thing => (thing.kind === 'note' ? [thing] : []));
      if (!isEmpty || !isStepInProse(node, prose)) return undefined;
      const told = prose.filter(({text}) => sectionKey(text) === undefined);
      const subject = subjectOf(node, told.at(-1)?.line ?? node.section.line);
      const rules = JUDGED.test(node.section.role)
        ? told.flatMap(({line, text}) => rulesIn(setting, plainText(text), line))
        : [];
      const instructions = told.map(({text}) => plainText(text));
      return thenRead({things: rulesFound(rules), setting}, here => ruleStep(here, subject, rules, instructions));
    },
  },
  {
    name: 'decision in a heading',
    example: '## Deploy\n\n### Go/No-Go decision\n\n- [ ] All checks are green',
    on: 'section',
    read({node, things}, setting) {
      const {section, preamble} = node;
      if (preamble || PASSIVE_ROLES.includes(section.role) || /^(?:triggers|criteria|rollback)$/.test(section.role))
        return undefined;
      if (readMarks(section.title).gate !== true) return undefined;
      const own = stepsIn(things).slice(-GATE_STEPS_MAX);
      if (own.some(step => step.gate === true || step.action.kind === 'choice')) return undefined;
      // When all steps in it are done, a person must still decide.
      return manualStep(setting, subjectOf(node, section.line));
    },
  },
];

/** A gate counts only among the last steps of its section. */
const GATE_STEPS_MAX = 60;

/** Whether the prose of a section is a step: in sections of work, and under a numbered heading. */
function isStepInProse({section, hasParts, preamble, blocks}: SectionNode, prose: readonly {text: string}[]): boolean {
  if (hasParts) return false;
  const isNumbered = !preamble && (isNumberedPart(section.title) || /^\d+(?:\.\d+)*[.):]\s/.test(section.title));
  // The heading is a numbered step, and says all of it.
  if (blocks.length === 0) return isNumbered && (WORK_ROLES.includes(section.role) || section.role === 'other');
  if (prose.every(({text}) => sectionKey(text) !== undefined)) return false;
  if (WORK_ROLES.includes(section.role) || JUDGED.test(section.role)) return true;
  return section.role === 'other' && isNumbered;
}

const JUDGED = /^(?:monitor|validate|criteria)$/;

function subjectOf({section}: SectionNode, endLine: number): Subject {
  const subject = subjectAt(section.title, section.line, endLine);
  const gate = readMarks(section.title).gate === true ? {gate: true as const} : {};
  const {condition, owner, scope} = section;
  return {...subject, marks: {...subject.marks, ...gate, ...compact({owner, scope, condition})}};
}

/**
 * The outermost sections whose commands are clearly for the host of an earlier login: they act on its services or
 * directories, and lead to no other host. With several logins, the document itself must say more.
 */
export function sectionsOnHost(lines: readonly string[], nodes: readonly SectionNode[]): ReadonlySet<string> {
  if (!lines.some(line => LOGIN.test(line))) return NONE;
  const tops = nodes.filter(({section, top, preamble}) => !preamble && section.id === top);
  const there = new Set<string>();
  const onHost = new Set<string>();
  for (const [index, {section}] of tops.entries()) {
    const own = lines.slice(section.line, (tops[index + 1]?.section.line ?? lines.length + 1) - 1);
    const login = own.findIndex(line => LOGIN.test(line));
    if (login !== -1) for (const path of pathsIn(own.slice(login))) there.add(path);
    else if (there.size > 0 && !own.some(line => LEADS_AWAY.test(line)) && isServed(own, there)) onHost.add(section.id);
  }
  return onHost;
}

/** Reports that commands were taken to run on that host, once for each section. */
export function loginAssumed(
  lines: readonly string[],
  loginBefore: Context | undefined,
  things: readonly Thing[],
): readonly Thing[] {
  if (loginBefore === undefined || loginBefore.place.kind !== 'host') return [];
  const first = stepsIn(things).find(({action}) => action.kind === 'script' && action.context.id === loginBefore.id);
  if (first === undefined) return [];
  const message = `taken to run on ${loginBefore.place.destination}, where the document logged in before`;
  const hint = 'say it with a line `ssh …`, or under `contexts:` in the bindings: a host by its name there, or local';
  return problemsFound([problemAt(lines, 'info', 'place-assumed', first.line, '', message, hint)]);
}

const NONE: ReadonlySet<string> = new Set();
const LINE_LENGTH_MAX = 2000;
/** A login without a command, so that it stays. */
const LOGIN = /^\s*(?:[-*\d.)]+\s+)?(?:[`$]\s*)?ssh\s(?:-\w+\s\S+\s){0,6}[^\s-][^\s`]{0,200}`?\s*$/;
const LEADS_AWAY = /(?:^|[\s`$])(?:ssh|scp|rsync|sftp|ansible(?:-playbook)?|kubectl|terraform)\s/;
const SERVES =
  /(?:^|[`$;&|(]|\s)(?:sudo|systemctl|service|journalctl|supervisorctl|initctl|apachectl|apt-get|yum|dnf)\s+[\w-]/;
const PATH = /(?<![\w.:/<>-])\/(?:(?:usr|var|etc|opt|srv|home|data|mnt)\/)?[\w.-]+(?=\/)/g;

function isServed(own: readonly string[], there: ReadonlySet<string>): boolean {
  return own.some(line => SERVES.test(line.slice(0, LINE_LENGTH_MAX)) || pathsIn([line]).some(path => there.has(path)));
}

/** `/opt/app` of `/opt/app/bin/deploy`, `/backup` of `/backup/shop.sql`. */
function pathsIn(lines: readonly string[]): string[] {
  return lines.flatMap(line => `${line.slice(0, LINE_LENGTH_MAX)}/`.match(PATH) ?? []);
}

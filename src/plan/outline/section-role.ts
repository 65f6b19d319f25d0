/** Finds the role of a section from its title. */
import {memoize} from '../../text/memoize.ts';
import {isNoRollbackReason} from '../phrases/decisions.ts';
import {HOUR_MS, readWindow} from '../phrases/quantity.ts';
import {readTimeMark} from '../phrases/time-marks.ts';
import type {SectionRole} from '../plan.ts';
import type {RoleTopic} from '../words/language.ts';
import {phrase, rolePattern, topicPattern} from '../words/vocabulary.ts';

/** The role that a title names; undefined when it names none. The first role that matches counts. */
export const roleOf = memoize(roleBy);

function roleBy(title: string): SectionRole | undefined {
  const whole = title.slice(0, TITLE_LENGTH_MAX).replace(DECORATION, '').trim();
  if (isNoRollbackReason(whole)) return 'reference';
  if (ASIDE.test(whole)) return besideRollback(whole);
  if (/\bvalidat/i.test(whole) && (readWindow(whole)?.fromMs ?? 0) > 0) return 'validate';
  const numbered = NUMBERING.exec(whole)?.[0] ?? '';
  const named = whole.slice(numbered.length);
  // Text in brackets is a remark; it counts only when the rest of the title names no role.
  const bare = named.replaceAll(/\s*\([^()]*\)/g, '').trim();
  const inRemark = named === bare ? undefined : roleIn(named);
  const isLimited = inRemark === 'rollback' && LIMIT.test(named);
  const found = roleIn(bare) ?? (isLimited ? undefined : (inRemark ?? (whole === named ? undefined : roleIn(whole))));
  if (DAYS_BEFORE.test(whole) && (found === undefined || ASKED_BEFORE.has(found))) return 'prepare';
  if (found !== undefined || isNumberedPart(whole)) return found ?? 'deploy';
  const at = readTimeMark(whole);
  // A gate judges what was done before it.
  if (at === undefined || !('offsetMs' in at)) return GATE.test(whole) ? 'verify' : undefined;
  return at.offsetMs <= -LONG_BEFORE_MS ? 'prepare' : 'deploy';
}

/** "Phase 2", "Step 3: Switch over": a part of the work, whatever its subject is. */
export function isNumberedPart(title: string): boolean {
  return PART.test(title);
}

/**
 * The role of a section inside another. It is the parent's role, unless the parent may hold sections of the title's
 * role.
 */
export function childRole(parent: SectionRole | undefined, title: string): SectionRole {
  const own = roleOf(title);
  if (parent === undefined || parent === 'other') return own ?? parent ?? 'other';
  if (own === undefined || own === parent) return parent;
  if ((parent === 'rollback' && ASIDE.test(title)) || isNoRollbackReason(title)) return own;
  return PARTS[parent].includes(own) ? own : parent;
}

/** The role of a rollback told in one sentence: `rollback`, unless the section around it is never run. */
export function sentenceRole(parent: SectionRole | undefined): SectionRole {
  if (parent === undefined || parent === 'other' || PARTS[parent].includes('rollback')) return 'rollback';
  return parent;
}

/** What is done after a rollback, and is no rollback itself. */
export function isAfterRollback(title: string): boolean {
  return AFTER.test(title);
}

/** "(at most 20 min, otherwise abort)", "(roll back after 04:00)": what limits the section, and no name of it. */
const LIMIT = phrase`\([^()]*(?:\d|\<${'otherwise'}\>)|\((?:[^\s()]+\s+){6}`;
const TITLE_LENGTH_MAX = 300;
/** Emoji and dashes in front of a title. */
const DECORATION = /^[^\p{L}\p{N}([<{#`"']+/u;
/** Work that is done half a day or more before the start is preparation. */
const LONG_BEFORE_MS = 12 * HOUR_MS;

/** "3.2", "Phase 2:", "Step 1 -", "B)". */
const NUMBERING = phrase`^(?:${'part'}\s+)?(?:\d+(?:\.\d+)*[a-z]?|[A-Z])(?:[.):]|\s*[-–—:]|(?=\s))\s*`;
const PART = phrase`^(?:${'optional'}:?\s+)?${'part'}(?:\s+(?:\d|[A-Z]\>))`;
const DOING = phrase`^${'doing'}\>`;
const ASIDE = topicPattern('rollback-aside');
const AFTER = topicPattern('rollback-after');
const GATE = topicPattern('gate');
/** "Checks (2-3 days before)". */
const DAYS_BEFORE = phrase`\d\s*${'days-before'}\>`;
const ASKED_BEFORE: ReadonlySet<SectionRole> = new Set(['verify', 'monitor', 'deploy']);
const MESSAGE = topicPattern('message');

function roleIn(title: string): SectionRole | undefined {
  if (AFTER.test(title) || beginsWithRollback(title)) return 'rollback';
  return (
    ROLES.find(({role, pattern}) => pattern.test(title) && !(GIVES_WAY.has(role) && DOING.test(title)))?.role ??
    (DOING.test(title) ? 'deploy' : undefined)
  );
}

/** "If it goes wrong before the switch": the way back from there, and no preparation. */
function beginsWithRollback(title: string): boolean {
  const back = BACK.exec(title)?.index;
  const before = back === undefined ? undefined : PREPARES.exec(title)?.index;
  return back !== undefined && before !== undefined && back < before;
}

/** "Update the documentation", "Deploy the monitoring stack": a verb makes the section work, whatever its object is. */
const GIVES_WAY: ReadonlySet<SectionRole> = new Set(['reference', 'notes', 'monitor', 'contacts']);

const ORDER: readonly RoleTopic[] = [
  'contacts',
  'triggers',
  'prepare',
  'criteria',
  'rollback',
  'reference',
  'notes',
  'monitor',
  'validate',
  'verify',
  'deploy',
];

const ROLES = ORDER.map(role => ({role, pattern: rolePattern(role)}));

/**
 * The role of something about the rollback: a rehearsal or preparation comes before the deploy; logs and notices never
 * run.
 */
function besideRollback(title: string): SectionRole {
  if (MESSAGE.test(title)) return 'reference';
  if (NOTES.test(title) || LOG.test(title)) return 'notes';
  return NOT_AT_ALL.test(title) ? 'reference' : 'prepare';
}

const NOTES = rolePattern('notes');
const BACK = rolePattern('rollback');
const PREPARES = rolePattern('prepare');
const LOG = topicPattern('log');
const NOT_AT_ALL = /^(?:\W|\d)*(?:non-?|no\s|known\s)|\b(?:lack|absence)\b/iu;

/**
 * Which roles a section of each role may hold. `## Deployment` may hold "Step 3: Verify", but "Verify success" inside a
 * rollback is part of the rollback.
 */
const PARTS: Readonly<Record<RoleTopic, readonly SectionRole[]>> = {
  prepare: ['contacts'],
  deploy: ['prepare', 'verify', 'monitor', 'rollback', 'triggers', 'criteria', 'contacts', 'notes', 'reference'],
  verify: ['monitor', 'rollback', 'triggers', 'criteria', 'contacts', 'notes', 'reference'],
  monitor: ['triggers', 'criteria', 'rollback', 'contacts', 'notes', 'reference'],
  validate: ['triggers', 'criteria', 'rollback'],
  triggers: [],
  rollback: ['triggers', 'contacts'],
  criteria: [],
  contacts: [],
  notes: [],
  reference: [],
};

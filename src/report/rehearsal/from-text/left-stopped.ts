/** Found in the document: something is stopped, held or switched off, and a rollback does not bring it back. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {operands} from '../../../plan/script.ts';
import {lineText, shown, type Told} from '../document-course.ts';
import type {Finding} from '../finding.ts';

/**
 * `systemctl stop worker` before the new code, and `systemctl start worker` behind it: a rollback in between leaves the
 * worker stopped, unless it starts it. The same where the rollback itself stops something and never starts it.
 */
export function leftStopped(told: Told): Finding[] {
  const {course, plan} = told;
  const deploy = course.filter(({phase, step}) => phase === 'deploy' && isOfPhase(plan, step));
  const back = course.filter(({phase}) => phase === 'rollback');
  if (back.length === 0 || back.some(runsScript)) return [];
  const seen = new Set<string>();
  const found = [...deploy, ...back].flatMap((doing): Left[] => {
    const held = heldBy(doing);
    if (held === undefined || doing.isOptional || seen.has(keyOf(doing, held))) return [];
    const rest = doing.phase === 'deploy' ? back : back.slice(back.indexOf(doing) + 1);
    if (rest.some(other => frees(other, doing, held)) || saidByHand(told, doing, held)) return [];
    if (doing.phase === 'rollback' && !isOwnToStart(held, doing, deploy)) return [];
    if (doing.phase === 'deploy' && back.some(other => holdsSame(heldBy(other), held))) return [];
    const later = doing.phase === 'deploy' ? deploy.slice(deploy.indexOf(doing) + 1) : [];
    const opener = later.find(other => frees(other, doing, held));
    if (doing.phase === 'deploy' && opener === undefined && !isStopped(held)) return [];
    seen.add(keyOf(doing, held));
    return [{doing, held, opener}];
  });
  // A move of a hundred hosts makes one mistake a hundred times.
  const groups = Map.groupBy(found, ({doing, held}) => `${doing.phase} ${held.program} ${held.verb}`).values();
  return [...groups].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    return more.length < ALIKE_MAX
      ? [first, ...more].map(one => findingOf(told, [one]))
      : [findingOf(told, [first, ...more])];
  });
}

type Left = {doing: Doing; held: Held; opener: Doing | undefined};

const ALIKE_MAX = 3;

function findingOf(told: Told, alike: readonly [Left, ...Left[]]): Finding {
  const [{doing, held, opener}] = alike;
  const {line} = doing.command;
  const name = held.subject === '' ? held.program : held.subject;
  const by = opener === undefined ? 'a person' : `line ${opener.command.line} of the deploy`;
  const others = alike.slice(1).map(one => one.doing.command.line);
  return {
    kind: 'left-stopped',
    // What the deploy never starts again may be meant to stay so.
    weight: doing.phase === 'deploy' && opener === undefined ? 'note' : 'risk',
    line,
    title:
      doing.phase === 'deploy'
        ? `${name} stays ${held.state} after a rollback: only ${by} brings it back`
        : `the rollback leaves ${name} ${held.state}`,
    evidence: [
      lineText(told, line),
      ...(opener === undefined ? [] : [lineText(told, opener.command.line)]),
      `no line of the rollback (${told.plan.rollback?.heading ?? ''}) brings it back`,
      ...(others.length === 0 ? [] : [`the same in ${others.length} more lines: ${others.join(', ')}`]),
    ],
    mend: `Add to the rollback: ${opener === undefined ? freeing(doing, held) : shown(opener)}${doing.place === 'local' ? '' : ` (on ${doing.place})`}.`,
    basis: 'told',
    about: held.subject,
  };
}

/** A rollback of one phase takes back that phase alone. */
function isOfPhase({sections, rollback}: Told['plan'], {section}: Doing['step']): boolean {
  if (rollback?.phase === undefined) return true;
  for (let at: string | undefined = section; at !== undefined; at = sections.find(({id}) => id === at)?.parent)
    if (at === rollback.phase) return true;
  return false;
}

/** What the deploy has started anew, the rollback stops for good. */
function isOwnToStart(held: Held, doing: Doing, deploy: readonly Doing[]): boolean {
  if (!SERVICE.test(held.program)) return false;
  const touched = deploy.filter(
    one => SERVICE.test(one.words[0] ?? '') && held.subject.split(' ').some(name => one.words.includes(name)),
  );
  return (
    touched.length === 0 ||
    touched.some(one => heldBy(one) !== undefined || one.words.includes('restart') || doing.place !== one.place)
  );
}

function holdsSame(one: Held | undefined, other: Held): boolean {
  const sorted = (held: Held) => held.subject.split(' ').sort().join(' ');
  return one !== undefined && sorted(one) === sorted(other);
}

type Held = {program: string; verb: string; subject: string; state: string};

const VERBS: Readonly<Record<string, {by: RegExp; state: string}>> = {
  stop: {by: /^(?:start|restart|reload-or-restart|try-restart|up|resume|enable)$/, state: 'stopped'},
  disable: {by: /^(?:enable|start|activate|ready)$/, state: 'disabled'},
  mask: {by: /^unmask$/, state: 'masked'},
  pause: {by: /^(?:resume|unpause|continue)$/, state: 'paused'},
  suspend: {by: /^(?:resume|unsuspend)$/, state: 'suspended'},
  drain: {by: /^(?:undrain|uncordon|enable|resume|ready|activate)$/, state: 'drained'},
  cordon: {by: /^uncordon$/, state: 'cordoned'},
  lock: {by: /^unlock$/, state: 'locked'},
  freeze: {by: /^(?:unfreeze|thaw)$/, state: 'frozen'},
  down: {by: /^(?:up|start)$/, state: 'down'},
  standby: {by: /^(?:unstandby|online)$/, state: 'on standby'},
  unmonitor: {by: /^monitor$/, state: 'unmonitored'},
  'maintenance:start': {by: /^maintenance:(?:end|stop)$/, state: 'in maintenance'},
  'maintenance:on': {by: /^maintenance:off$/, state: 'in maintenance'},
  'maintenance:enable': {by: /^maintenance:disable$/, state: 'in maintenance'},
};

/** Words that name the kind of a thing, not the thing. */
const KINDS = /^(?:server|service|dags|pool|node|rollout|backend|site|queue|job|host|vhost|channel|stack|container)$/;

function heldBy({words}: Doing): Held | undefined {
  const [program = '', ...rest] = words;
  if (/^(?:git|docker|psql|mysql|rm|echo|cat|kill|npm|yarn|grep|ls|cd)$/.test(program) && !/^docker$/.test(program))
    return undefined;
  if (program === 'crontab')
    return rest.includes('-r') ? {program, verb: '-r', subject: '', state: 'without its table'} : undefined;
  if (program === 'kubectl' && rest[0] === 'scale')
    return rest.includes('--replicas=0')
      ? {program, verb: 'scale', subject: operands(rest).join(' '), state: 'at 0 replicas'}
      : undefined;
  if (program === 'touch' && /maint|offline|\bdown\b/i.test(rest[0] ?? ''))
    return {program, verb: 'touch', subject: rest[0] ?? '', state: 'in maintenance'};
  const at = rest.slice(0, VERB_WITHIN).findIndex(word => VERBS[word] !== undefined);
  const verb = rest[at];
  if (at === -1 || verb === undefined) return undefined;
  const state = VERBS[verb]?.state ?? '';
  return {program, verb, subject: subjectOf(rest, at), state};
}

const VERB_WITHIN = 4;

/** What is left of the words without the verb, options and kinds. */
function subjectOf(rest: readonly string[], at: number): string {
  return rest
    .filter((word, index) => index !== at && !word.startsWith('-') && !KINDS.test(word))
    .map(word => word.replace(/\.service$/, ''))
    .join(' ');
}

function frees({words, place}: Doing, doing: Doing, held: Held): boolean {
  const [program = '', ...rest] = words;
  // The units of two hosts are two; a cluster is one, from wherever it is told.
  if (place !== doing.place && (SERVICE.test(held.program) || held.verb === 'touch')) return false;
  if (held.verb === 'touch') return program === 'rm' && rest.includes(held.subject);
  const isSame = program === held.program || (SERVICE.test(program) && SERVICE.test(held.program));
  if (!isSame) return /^(?:reboot)$/.test(program);
  if (held.verb === '-r') return !rest.includes('-l');
  if (held.verb === 'scale')
    return rest[0] === 'scale' && !rest.includes('--replicas=0') && operands(rest).join(' ') === held.subject;
  const by = VERBS[held.verb]?.by;
  const at = rest.slice(0, VERB_WITHIN).findIndex(word => by?.test(word) === true);
  if (at === -1) return false;
  const subject = subjectOf(rest, at);
  return (
    subject === '' ||
    subject === held.subject ||
    held.subject === '' ||
    held.subject.split(' ').every(word => subject.split(' ').includes(word))
  );
}

const SERVICE = /^(?:systemctl|service|rc-service|initctl|supervisorctl)$/;

/** What only stops for good (`systemctl disable old-timer`) is meant to. */
function isStopped({verb}: Held): boolean {
  return /^(?:stop|down|drain|pause|lock|freeze|suspend|-r|scale|maintenance)/.test(verb);
}

/** The rollback has a step for a person that speaks of it. */
function saidByHand({plan}: Told, {words}: Doing, {subject, verb}: Held): boolean {
  const ids = new Set(plan.rollback?.steps ?? []);
  const by = VERBS[verb]?.by.source.replaceAll(/[\^$]/g, '') ?? 'start|restart';
  const asked = new RegExp(String.raw`\b(?:${by}|back on|lift|re-?open|remove|take off)\b`, 'i');
  const wanted = [
    ...subject.split(' '),
    ...(words[0] === 'crontab' ? ['cron'] : []),
    ...(/maint/.test(verb) ? ['maintenance', 'banner'] : []),
  ]
    .flatMap(word => word.split(/[-_./]/))
    .filter(word => word.length > 2)
    .map(word => word.toLowerCase());
  return plan.steps.some(({id, title, instructions, action}) => {
    if (!ids.has(id) || action.kind === 'script') return false;
    const text = [title, ...instructions].join(' ');
    if (CONTINUES.test(text) || (asked.test(text) && text.split(' ').length <= 3)) return true;
    return asked.test(text) && (wanted.length === 0 || wanted.some(word => text.toLowerCase().includes(word)));
  });
}

/** "Continue with 6A": what stands there is not among the commands of this rollback. */
const CONTINUES =
  /\b(?:continue|go on|proceed) (?:with|at|to)\b|\bweiter (?:mit|bei)\b|\bpoursuivre\b|\bcontinuar con\b/i;

function freeing({words}: Doing, {verb}: Held): string {
  if (verb === '-r') return 'crontab FILE, with the table that crontab -l had printed before the deploy';
  const counter: Readonly<Record<string, string>> = {
    stop: 'start',
    pause: 'resume',
    drain: 'undrain',
    down: 'up',
    lock: 'unlock',
    freeze: 'unfreeze',
    suspend: 'resume',
  };
  return words.map(word => (word === verb ? (counter[verb] ?? word) : word)).join(' ');
}

/** What a script of the document's own does nobody can say ahead. */
function runsScript({words}: Doing): boolean {
  return /^(?:\.{0,2}\/\S+|\S+\.sh|ansible-playbook|make|kamal|cap|fab|reboot)$/.test(words[0] ?? '');
}

function keyOf({place}: Doing, {program, subject}: Held): string {
  return `${place} ${program} ${subject}`;
}

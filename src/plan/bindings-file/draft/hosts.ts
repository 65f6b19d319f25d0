/** Drafts hosts, contexts and choices: where the commands of a document may run. */
import {compact} from '../../../text/compact.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import {neverCreated} from '../../rollback/rollback-inputs.ts';
import {findPlaceholders} from '../../shell/placeholders.ts';
import {emptyBindings} from '../types.ts';
import {type DraftContext, type DraftedHost, lineRemark, slug, uniqueName} from './draft-context.ts';
import type {Entry, Part} from './yaml-text.ts';

/** Every destination that no binding covers, in document order. */
export function draftHosts(plan: Plan): readonly DraftedHost[] {
  const found = new Map<string, {line: number; directory?: string}>();
  const lineOf = (text: string, near: number) => {
    const below = plan.source.findIndex((line, index) => index >= near - 1 && line.includes(text));
    return below === -1 ? near : below + 1;
  };
  for (const step of plan.steps) {
    const place = contextOf(step)?.place;
    if (place?.kind !== 'host' || place.host !== place.destination) continue;
    const before = found.get(place.destination);
    const directory = before?.directory ?? commandsOf(step).find(one => /^[/~]/.test(one.directory ?? ''))?.directory;
    found.set(
      place.destination,
      compact({
        line: before?.line ?? lineOf(place.destination, step.line),
        directory,
      }),
    );
  }
  for (const {text, lines, bound, capture} of plan.placeholders) {
    if (!bound && capture !== true && DESTINATION.test(text) && !found.has(text))
      found.set(text, {line: lines[0] ?? 1});
  }
  const names = new Set<string>(['local']);
  return [...found].map(([written, {line, directory}]) =>
    compact({
      name: uniqueName(hostName(written), names),
      written,
      isOpen: findPlaceholders(written).length > 0,
      line: plan.placeholders.find(({text}) => text === written)?.lines[0] ?? line,
      directory,
    }),
  );
}

export function hostsPart(outline: DraftContext): Part {
  const {hosts, answers} = outline;
  const entries = hosts.map(({name, written, isOpen, line, directory}): Entry => {
    const destination = answers.get(`hosts.${name}`) ?? (isOpen ? null : written);
    const aside: Record<string, string> =
      destination === null
        ? {destination: 'user@address, or a name of ~/.ssh/config; local: this machine is the host'}
        : {};
    const value = written === name ? {destination} : {matches: written, destination};
    const more = directory === undefined || findPlaceholders(directory).length > 0 ? {} : {directory};
    return {key: name, value, above: [lineRemark(outline.plan, line)], aside, more};
  });
  return {
    name: 'hosts',
    about: ['Where commands run: destinations as the checklist writes them, and the real ones.'],
    entries,
  };
}

/** Sections whose commands name no place, in a document where other commands run on a host. */
export function contextsPart({plan, hosts, answers}: DraftContext): Part {
  const [host] = hosts;
  const missing = neverCreated(plan.steps, plan.rollback, emptyBindings);
  const sections = new Map(plan.sections.map(section => [section.id, section]));
  const entries = new Map<string, Entry>();
  const inRollback = new Set(plan.rollback?.steps ?? []);
  for (const step of host === undefined ? [] : plan.steps) {
    const title = sections.get(step.section)?.title ?? '';
    if (contextOf(step)?.place.kind !== 'local' || title === '' || entries.get(title)?.isProposal === false) continue;
    const needed = missing.find(({made}) => made !== undefined && step.line <= made.line && made.line <= step.endLine);
    const isServers =
      needed !== undefined ||
      inRollback.has(step.id) ||
      commandsOf(step).some(({text}) => OF_A_SERVER.test(text) && !GOES_ELSEWHERE.test(text));
    if (!isServers && entries.has(title)) continue;
    const because =
      needed === undefined
        ? []
        : [`the rollback needs ${needed.what} on ${needed.where}, and line ${needed.made?.line} makes it`];
    const above = [`line ${step.line}: ${commandsOf(step)[0]?.text ?? step.title}`, ...because];
    const value = answers.get(`contexts.${title}`) ?? (isServers ? null : 'local');
    entries.set(title, {
      key: title,
      value,
      above,
      isProposal: !isServers,
      aside: {'': `local, ${hosts.map(({name}) => name).join(', ')}`},
    });
  }
  return {
    name: 'contexts',
    about: ['Where commands run in sections that do not say it themselves; this machine, when nothing is said.'],
    entries: [...entries.values()],
  };
}

/** Choices that must be made before the run; a final answer ("Final Status") is given at its end. */
export function choicesPart({plan, answers}: DraftContext): Part {
  const entries = new Map<string, Entry>();
  for (const step of plan.steps) {
    const above = optionsOf(step);
    if (above === undefined || entries.has(step.title)) continue;
    const value = answers.get(`choices.${step.title}`) ?? null;
    entries.set(step.title, {key: step.title, value, above: [`line ${step.line}, one of:`, ...above]});
  }
  return {name: 'choices', about: ['Which option is taken.'], entries: [...entries.values()]};
}

function optionsOf({action}: Step): readonly string[] | undefined {
  if (action.kind !== 'choice' || !action.arms.some(({steps}) => steps.length > 0)) return undefined;
  return action.arms.map(
    ({title, recommended}) =>
      `  ${title}${recommended === true && !/recommended/i.test(title) ? ' (recommended)' : ''}`,
  );
}

const DESTINATION = /^[^\s@/:]+@[^\s@/]+$/;
/** Commands that hardly anybody runs on their own machine. */
const OF_A_SERVER =
  /\bsudo\b|\b(?:systemctl|supervisorctl|service|nginx|apachectl)\s|(?:^|[\s'"=])\/(?:etc|var|srv|opt)\//;

/** Commands that name themselves where they work. */
const GOES_ELSEWHERE = /^\s*(?:sudo\s+)?(?:ssh|scp|rsync|kubectl|oc|helm|docker|podman|aws|gcloud|az)\s/;

/** `user@your-vps-ip` is vps, `deploy@web1.example.com` is web1. */
function hostName(written: string): string {
  const machine = written.slice(written.lastIndexOf('@') + 1).replace(/^ssh:\/\//, '');
  const isAddress = /^[\d.:[\]]+$/.test(machine);
  const bare = machine
    .replace(/[<>{}[\]$]/g, '')
    .replace(/^your[-_ ]/i, '')
    .replace(/[-_ ](?:ip|host|hostname|address|name|fqdn)$/i, '');
  return isAddress ? 'host' : slug(bare.split('.')[0] ?? '', 'host', '-');
}

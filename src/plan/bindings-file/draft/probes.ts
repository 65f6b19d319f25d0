/** Drafts logs, probes for the thresholds of a document, and the rules that tie them. */
import {compact} from '../../../text/compact.ts';
import {commandsOf, type Plan, type Rule} from '../../plan.ts';
import {findPlaceholders} from '../../shell/placeholders.ts';
import {commentsOfMatch, type DraftContext, lineRemark, linesRemark, matchesOf, uniqueName} from './draft-context.ts';
import {type DraftedRequest, draftRequests} from './requests.ts';
import {ERROR_LINES} from './steps.ts';
import {type Family, familyOf} from './subjects.ts';
import type {Entry, Part} from './yaml-text.ts';
import {literal} from './yaml-text.ts';

/** `isProposal`: it is only proposed, so its rules stay blind until somebody accepts it. */
type Probe = {
  name: string;
  value: object;
  rules: readonly Rule[];
  isProposal: boolean;
  /** Rules whose tie to this probe is only likely. */
  guessed?: readonly Rule[];
  statistic?: string;
};

export function draftProbes(outline: DraftContext): {logs: Part; probes: Part; rules: Part} {
  const {plan} = outline;
  const logs = logsPart(outline);
  const blind = plan.rules.filter(
    ({person, signal, source}) => !person && signal === undefined && source === 'document',
  );
  const families = Map.groupBy(blind.slice(0, RULES_NAMED_MAX), familyOf);
  const taken = new Set<string>();
  const requests = draftRequests(plan, families.get('latency') ?? [], taken);
  const log = logs.entries.find(({isProposal}) => isProposal !== true)?.key;
  const measured = [...families]
    .filter(([family]) => family !== 'latency' && family !== 'other')
    .flatMap(([family, rules]) => machineProbe(family, rules, {outline, log, taken, requests}));
  const probes: readonly Probe[] = [...requests, ...measured];
  return {logs, probes: probesPart(plan, probes), rules: rulesPart(plan, blind.slice(0, RULES_NAMED_MAX), probes)};
}

/** The file must stay small enough to be read; no checklist has more rules. */
const RULES_NAMED_MAX = 1000;

function logsPart({plan, hosts}: DraftContext): Part {
  const names = new Set<string>();
  const entries = plan.steps.flatMap(({action, line}): Entry[] => {
    if (action.kind !== 'tail' || action.file === undefined) return [];
    const {place} = action.context;
    const host = place.kind === 'host' ? hosts.find(({written}) => written === place.destination) : undefined;
    const isOpen = findPlaceholders(action.file).length > 0;
    const value = compact({on: host?.name, tail: isOpen ? null : literal(action.file)});
    return [{key: uniqueName(action.source, names), value, above: [lineRemark(plan, line)]}];
  });
  return {name: 'logs', about: ['Files that are followed from the start of the run.'], entries};
}

type Known = {outline: DraftContext; log: string | undefined; taken: Set<string>; requests: readonly DraftedRequest[]};

/** A probe of the machine or its database. Without a host, nobody knows which machine, so it is a proposal. */
function machineProbe(family: Family, rules: readonly Rule[], {outline, log, taken, requests}: Known): Probe[] {
  const {plan, host, database} = outline;
  const on = host === undefined ? {} : {on: host};
  const probe = (name: string, value: object, isProposal: boolean): Probe[] => [
    {name: uniqueName(name, taken), value, rules, isProposal},
  ];
  switch (family) {
    case 'memory': {
      const shares = rules.filter(({unit}) => unit === '%');
      if (shares.length === rules.length)
        return probe('memory', {run: "free | awk '/^Mem:/ {print 100*$3/$2}'", ...on}, host === undefined);
      const sizes = rules.filter(({unit}) => unit !== '%');
      return [
        {
          name: uniqueName('memory', taken),
          value: {rss: processPattern(plan), ...on},
          rules: sizes,
          isProposal: host === undefined,
        },
      ];
    }
    case 'cpu':
      return probe('cpu', {cpu: true, ...on}, host === undefined);
    case 'disk':
      return probe('disk', {disk: '/', ...on}, host === undefined);
    case 'connections':
      return probe('connections', compact({postgres: 'connections', on: database}), database === undefined);
    case 'queries':
      return probe('query_time', compact({postgres: 'statements', on: database}), true);
    case 'errors':
      return errorProbes(rules, log, taken, requests);
    default:
      return [];
  }
}

/** Errors are counted in the log. The share of failed requests is known only for T-Minus's own requests. */
function errorProbes(
  rules: readonly Rule[],
  log: string | undefined,
  taken: Set<string>,
  requests: readonly DraftedRequest[],
): Probe[] {
  const counts = rules.filter(({unit}) => unit !== '%');
  const shares = rules.filter(({unit}) => unit === '%');
  const counted: Probe[] =
    log === undefined || counts.length === 0
      ? []
      : [{name: uniqueName('errors', taken), value: {log, count: ERROR_LINES}, rules: counts, isProposal: false}];
  const asked = requests.find(({isProposal}) => !isProposal);
  // That probe exists already, so only the tie is proposed.
  const tied: Probe[] =
    asked === undefined
      ? []
      : [{name: asked.name, value: {}, rules: shares, isProposal: true, statistic: 'error-rate'}];
  return [...counted, ...tied];
}

/** The process that the document itself looks for, or the service that it restarts. */
function processPattern({steps}: Plan): string | null {
  const texts = steps.flatMap(commandsOf).map(({text}) => text);
  for (const form of PROCESS_FORMS) {
    const found = texts.map(text => form.exec(text)?.[1]).find(name => name !== undefined);
    if (found !== undefined) return found;
  }
  return null;
}

const PROCESS_FORMS: readonly RegExp[] = [
  /\bps\b[^|]*\|\s*grep\s+(?:-\w+\s+)*["']?\[?([\w.-]{3,})/,
  /\bpgrep\s+(?:-\w+\s+)*["']?([\w.-]{3,})/,
  /\bsystemctl\s+(?:re)?(?:start|load)\s+([\w.-]{3,})/,
];

function probesPart(plan: Plan, probes: readonly Probe[]): Part {
  const entries = probes
    .filter(({value}) => Object.keys(value).length > 0)
    .map(({name, value, rules, isProposal}): Entry => {
      const lines = [...new Set(rules.map(({line}) => line))];
      const answered = probes.filter(other => other.name === name).flatMap(other => other.rules);
      const above = lines.length === 0 ? [] : [linesRemark(plan, lines)];
      return {key: name, value: {...value, ...paceFor(answered)}, above, isProposal};
    });
  return {
    name: 'probes',
    about: ['What is measured again and again while the run goes on, every 15 s unless `every:` says otherwise.'],
    entries,
  };
}

/** A shorter pace, when otherwise a rule could never have enough samples within its window. */
function paceFor(rules: readonly Rule[]): {every?: string} {
  const seconds = Math.min(...rules.map(({windowMs, samples}) => Math.floor(windowMs / samples / 1000)));
  return seconds < USUAL_SECONDS ? {every: `${Math.max(1, seconds)}s`} : {};
}

const USUAL_SECONDS = 15;

/** Every blind rule with the probe that could feed it. */
function rulesPart(plan: Plan, blind: readonly Rule[], probes: readonly Probe[]): Part {
  const nameOf = matchesOf(plan.rules);
  const entries = blind.map((rule): Entry => {
    const probe = probes.find(({rules}) => rules.includes(rule));
    const match = literal(nameOf(rule));
    const how = probe?.statistic === undefined ? {} : {statistic: probe.statistic};
    const isProposal = probe === undefined || probe.isProposal || probe.guessed?.includes(rule) === true;
    return {value: {match, probe: probe?.name ?? null, ...how}, ...commentsOfMatch(plan, match, rule.line), isProposal};
  });
  return {
    name: 'rules',
    about: ['Which probe answers for which threshold of the checklist. Without one a rule is blind.'],
    entries,
  };
}

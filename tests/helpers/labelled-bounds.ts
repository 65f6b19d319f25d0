/** Documents whose bounds and triggers were labelled by hand, and how a reading of them is judged. */
import {readFileSync} from 'node:fs';
import type {Plan, Rule} from '../../src/plan/plan.ts';
import {planOf} from './plan-view.ts';

/** `labels`: what each line says, by its number: `trigger error rate > 5 % over 5m`, `trigger said`, `doubt`. */
export type LabelledDocument = {
  name: string;
  lines: readonly string[];
  labels: ReadonlyMap<number, readonly string[]>;
  /** Lines of which a doubt is enough. */
  doubtful: ReadonlySet<number>;
};

/**
 * `right`: exactly the labelled rules; `doubt`: no wrong figure, and a doubt in the line; `wrong`: another rule; `lost`:
 * no rule and no doubt; `invented`: a rule in a line that states none.
 */
export type Judged = {line: number; text: string; as: 'right' | 'doubt' | 'wrong' | 'lost' | 'invented'; found: string};

/** Documents stand behind `======== name`; behind ` ⟸ ` of a line stands what it says, behind ` ⟸? ` what it may say. */
export function labelledDocuments(file: URL): LabelledDocument[] {
  return readFileSync(file, 'utf8')
    .split(/^=+ (?=\S)/m)
    .slice(1)
    .map(part => {
      const [name = '', ...given] = part.trimEnd().split('\n');
      const cut = given.map(line => line.split(/\s+⟸\??\s*/));
      const doubtful = new Set(given.flatMap((line, index) => (line.includes(' ⟸? ') ? [index + 1] : [])));
      const labels = cut.flatMap(([, label], index) =>
        label === undefined ? [] : [[index + 1, label.split(';').map(one => one.trim())] as const],
      );
      return {name, lines: cut.map(([text = '']) => text), labels: new Map(labels), doubtful};
    });
}

/** Lines that are read otherwise than labelled. */
export function misread(document: LabelledDocument): Judged[] {
  return judge(document).filter(({as, line}) => as !== 'right' && !(as === 'doubt' && document.doubtful.has(line)));
}

/** Every labelled line, and every line with a rule. */
function judge({lines, labels}: LabelledDocument): Judged[] {
  const plan = planOf(...lines);
  return lines.flatMap((text, index) => {
    const line = index + 1;
    const rules = plan.rules.filter(rule => rule.line === line);
    const label = labels.get(line);
    if (label === undefined && rules.length === 0) return [];
    return [{line, text, as: judgedAs(label, rules, plan, line), found: rules.map(shown).join('; ')}];
  });
}

function judgedAs(label: readonly string[] | undefined, rules: readonly Rule[], plan: Plan, line: number) {
  if (label === undefined) return 'invented';
  const doubted = (plan.proposal?.doubts ?? []).some(
    doubt => doubt.line === line && /^(?:trigger-assumed|expectation-assumed|not-read)$/.test(doubt.code),
  );
  const stated = label.filter(one => one !== 'doubt');
  const left = rules.filter(rule => !stated.some(one => isAs(rule, one)));
  const missed = stated.filter(one => !rules.some(rule => isAs(rule, one)));
  if (left.length === 0 && missed.length === 0)
    return stated.length === label.length ? 'right' : doubted ? 'right' : 'lost';
  if (left.some(rule => !isSaid(rule))) return 'wrong';
  if (doubted) return missed.length === 0 && stated.length < label.length ? 'right' : 'doubt';
  return left.length > 0 ? 'wrong' : 'lost';
}

/** Somebody has to say that it happened: nothing is measured. */
function isSaid({person, op, value}: Rule): boolean {
  return person && op === '>' && value === 0;
}

const LABEL =
  /^(\S+) (.+?)(?: (p\d+|max|slope))?(?: ([<>]=?|=) ([\d.]+) (\S+))(?: over (\d+)([mhd]))?(?: opens (\d+)([mhd]))?(?: x(\d+))?$/;

function isAs(rule: Rule, label: string): boolean {
  if (label === 'trigger said') return rule.role === 'trigger' && isSaid(rule);
  const [, role, metric = '', statistic, op, value, unit, over, overUnit, opens, opensUnit, times] =
    LABEL.exec(label) ?? [];
  if (role === undefined) throw new Error(`no label: ${label}`);
  return (
    rule.role === role &&
    metric.split(' ').every(word => `${rule.metric} ${rule.statistic ?? ''}`.includes(word)) &&
    (statistic === undefined || rule.statistic === statistic) &&
    rule.op === op &&
    Math.abs(rule.value - Number(value)) < 0.001 * Math.max(1, Number(value)) &&
    rule.unit === unit &&
    (over === undefined || rule.windowMs === ms(over, overUnit)) &&
    (opens === undefined || rule.opens?.toMs === ms(opens, opensUnit)) &&
    (times === undefined || rule.consecutive === Number(times))
  );
}

function ms(figure: string, unit = ''): number {
  return Number(figure) * ({m: 60_000, h: 3_600_000, d: 86_400_000}[unit] ?? 0);
}

function shown({role, metric, statistic, op, value, unit, windowMs, person}: Rule): string {
  return `${role} ${metric} ${statistic ?? ''} ${op} ${value} ${unit} ${windowMs / 60_000}m${person ? ' person' : ''}`;
}

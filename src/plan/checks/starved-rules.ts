/** Check: rules whose signal is sampled too rarely for a verdict within their window. */
import type {Rule, SignalSource} from '../plan.ts';
import type {Problem} from '../problem.ts';

export function starvedRules(
  rules: readonly Rule[],
  signals: Readonly<Record<string, SignalSource>>,
  isAtPace: (signal: string) => boolean,
): Problem[] {
  return rules.flatMap(rule => {
    const {signal} = rule;
    const everyMs = signal === undefined || !isAtPace(signal) ? undefined : signals[signal]?.everyMs;
    if (signal === undefined || everyMs === undefined) return [];
    const readings = Math.floor(rule.windowMs / everyMs);
    return readings >= rule.samples ? [] : [problemOf(rule, signal, everyMs, readings)];
  });
}

function problemOf(rule: Rule, signal: string, everyMs: number, readings: number): Problem {
  const wanted = `${rule.samples} readings in ${shortly(rule.windowMs)}`;
  const window = shortly(Math.ceil((rule.samples * everyMs) / MINUTE_MS) * MINUTE_MS);
  const every = Math.floor(rule.windowMs / rule.samples / SECOND_MS);
  const oftener = every < 1 ? '' : `, or the probe \`every: ${every}s\``;
  return {
    severity: rule.role === 'trigger' ? 'warning' : 'info',
    code: 'starved-rule',
    line: Math.max(1, rule.line),
    column: 1,
    message: `"${rule.text}" takes ${wanted}, and \`${signal}\` gives ${readings} (every ${shortly(everyMs)}): it is never judged`,
    hint: `give the rule \`window: ${window}\`, fewer \`samples:\`${oftener}`,
  };
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

function shortly(ms: number): string {
  return ms % MINUTE_MS === 0 ? `${ms / MINUTE_MS}m` : `${Math.round(ms / SECOND_MS)}s`;
}

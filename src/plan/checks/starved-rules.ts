/** Check: rules whose signal is sampled too rarely for a verdict within their window. */
import type {Rule, SignalSource} from '../plan.ts';
import {type Problem, problemOf} from '../problem.ts';

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
    return readings >= rule.samples ? [] : [starved(rule, signal, everyMs, readings)];
  });
}

function starved(rule: Rule, signal: string, everyMs: number, readings: number): Problem {
  const wanted = `${rule.samples} readings in ${shortly(rule.windowMs)}`;
  const window = shortly(Math.ceil((rule.samples * everyMs) / MINUTE_MS) * MINUTE_MS);
  const every = Math.floor(rule.windowMs / rule.samples / SECOND_MS);
  const oftener = every < 1 ? '' : `, or the probe \`every: ${every}s\``;
  const severity = rule.role === 'trigger' ? 'warning' : 'info';
  const message = `"${rule.text}" takes ${wanted}, and \`${signal}\` gives ${readings} (every ${shortly(everyMs)}): it is never judged`;
  const hint = `give the rule \`window: ${window}\`, fewer \`samples:\`${oftener}`;
  return problemOf(severity, 'starved-rule', Math.max(1, rule.line), message, hint);
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

function shortly(ms: number): string {
  return ms % MINUTE_MS === 0 ? `${ms / MINUTE_MS}m` : `${Math.round(ms / SECOND_MS)}s`;
}

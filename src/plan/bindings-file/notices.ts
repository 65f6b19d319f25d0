/** Reads the entries of `notify:`: who is told of what, and how. */
import {z} from 'zod';
import {refuse, strict, text} from './fields.ts';
import type {Channel, Occasion} from './types.ts';

const OCCASIONS = [
  'trigger',
  'failed',
  'needs-person',
  'rollback',
  'deploy',
  'window',
  'closed',
] as const satisfies Occasion[];
/** The occasions of an entry that names none. */
const USUAL: readonly Occasion[] = ['trigger', 'failed', 'needs-person', 'rollback', 'closed'];
/** Of Grafana: what is a stretch of time on its charts. */
const USUAL_OF_CHARTS: readonly Occasion[] = ['deploy', 'rollback'];
const ANNOTATIONS = '/api/annotations';
const EXAMPLE = '{webhook: "${HOOK}", on: [trigger, rollback, closed]}';
const KINDS = ['run', 'webhook', 'slack', 'ntfy', 'grafana', 'mail'] as const;

const occasion = z.enum(OCCASIONS, {error: `unknown occasion; one of ${OCCASIONS.join(', ')}`});
const address = text.refine(url => /^https?:\/\/[^\s/]/i.test(url), {error: 'expected an address; write `https://…`'});

export const notice = strict(
  {
    on: z.preprocess(given => (typeof given === 'string' ? [given] : given), z.array(occasion)).optional(),
    run: text.optional(),
    webhook: address.optional(),
    slack: address.optional(),
    ntfy: address.optional(),
    grafana: address.optional(),
    token: text.optional(),
    mail: text.optional(),
  },
  EXAMPLE,
).transform(({on, token, ...ways}, context): {on: readonly Occasion[]; by: Channel} => {
  const [kind, ...others] = KINDS.filter(name => ways[name] !== undefined);
  if (kind === undefined) return refuse(context, ways, `says no way to tell anybody; write ${EXAMPLE}`);
  if (others.length > 0) return refuse(context, ways, `holds ${kind} and ${others[0]}; give each an entry of its own`);
  if (token !== undefined && kind !== 'grafana')
    return refuse(context, ways, `${kind} takes no token; only grafana does`);
  const by = kind === 'grafana' ? annotations(ways[kind] ?? '', token) : channel(kind, ways[kind] ?? '');
  return {on: on ?? (kind === 'grafana' ? USUAL_OF_CHARTS : USUAL), by};
});

/** Of the address of Grafana itself. */
function annotations(address: string, token: string | undefined): Channel {
  const url = address.replace(/\/+$/, '');
  const at = {kind: 'grafana', url: url.endsWith(ANNOTATIONS) ? url : `${url}${ANNOTATIONS}`} as const;
  return token === undefined ? at : {...at, token};
}

function channel(kind: Exclude<(typeof KINDS)[number], 'grafana'>, to: string): Channel {
  switch (kind) {
    case 'run':
      return {kind, run: to};
    case 'mail':
      return {kind, to};
    default:
      return {kind, url: to};
  }
}

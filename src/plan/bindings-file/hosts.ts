/** The schema of `hosts:`: one host each, or a group of hosts that Ansible knows. */
import {z} from 'zod';
import {compact} from '../../text/compact.ts';
import {parseInterval} from '../phrases/interval.ts';
import type {WithoutLine} from './actions.ts';
import {refuse, strict, text, texts, wholeNumber, withShortForm} from './fields.ts';
import type {Batches, GroupBinding, HostBinding, HostCount} from './types.ts';

const hostCount = z.any().transform((value, context): HostCount => {
  const [, figure = '', sign] = /^\s*(\d+)\s*(%?)\s*$/.exec(String(value)) ?? [];
  if (figure === '' || (sign === '%' && Number(figure) > 100))
    return refuse(context, value, `\`${String(value)}\` is no number of hosts; write 2, or a share such as 10%`);
  return sign === '%' ? {percent: Number(figure)} : {hosts: Number(figure)};
});

const batches = z
  .any()
  .transform((value): readonly unknown[] => (Array.isArray(value) ? value : [value]))
  .pipe(z.array(hostCount).min(1, {error: 'names no batch; write them as [1, 25%, 100%]'}))
  .refine(sizes => sizes.every(size => ('hosts' in size ? size.hosts : size.percent) > 0), {
    error: 'has a batch of 0 hosts; each is at least 1, or a share such as 25%',
  });

/** `person`: somebody looks at the batch and begins the next one. */
const pause = z.any().transform((value, context): number | 'person' => {
  if (value === 'person') return value;
  const read = typeof value === 'string' ? parseInterval(value) : undefined;
  const hint = 'write it with a unit, as 5m or 90s, or `person`';
  return read ?? refuse(context, value, `\`${String(value)}\` is no pause; ${hint}`);
});

export const host = withShortForm(
  'destination',
  strict(
    {
      matches: texts.optional(),
      destination: text.optional(),
      directory: text.optional(),
      config: text.optional(),
      transport: z.literal('openssh').optional(),
      inventory: text.optional(),
      group: text.optional(),
      'max-failures': hostCount.optional(),
      forks: wholeNumber.min(1, {error: 'must be at least 1'}).optional(),
      batches: batches.optional(),
      pause: pause.optional(),
    },
    '{matches: user@your-vps-ip, destination: deploy@host}',
  ),
).transform((given, context): WithoutLine<HostBinding> => {
  const {matches = [], destination, directory, config, transport} = given;
  const mistake = mistakeIn(given);
  if (mistake !== undefined) return refuse(context, given, mistake);
  const {inventory, group: name} = given;
  if (inventory !== undefined && name !== undefined) {
    const group: GroupBinding = compact({
      inventory,
      name,
      maxFailures: given['max-failures'] ?? {hosts: 0},
      forks: given.forks,
      batches: given.batches,
      pause: given.pause,
    });
    return compact({matches, destination: `group ${name} of ${inventory}`, directory, group});
  }
  return compact({matches, destination: destination ?? '', directory, config, transport});
});

type Given = {[Key in 'destination' | 'config' | 'transport' | 'inventory' | 'group']?: string | undefined} & {
  'max-failures'?: HostCount | undefined;
  forks?: number | undefined;
} & {[Key in keyof Batches]?: Batches[Key] | undefined};

/** One host has a destination, a group has an inventory: what belongs to the other is named. */
function mistakeIn(given: Given): string | undefined {
  const {destination, inventory, group} = given;
  const named = (keys: readonly (keyof Given)[]) => keys.find(key => given[key] !== undefined);
  if (inventory !== undefined || group !== undefined) {
    if (inventory === undefined) return 'has a group and no inventory; add `inventory: hosts.ini`';
    if (group === undefined) return 'has an inventory and no group; add `group: NAME`, or `group: all`';
    if (given.pause !== undefined && given.batches === undefined)
      return 'has a pause and no batches to pause between; add `batches: [1, 25%, 100%]`';
    const foreign = named(['destination', 'config', 'transport']);
    if (foreign === undefined) return undefined;
    return `is a group and has ${foreign}; how its hosts are reached is for the inventory to say, remove ${foreign}`;
  }
  if (destination === undefined)
    return 'has no destination; add `destination: user@address`, or `inventory` and `group`';
  const foreign = named(['max-failures', 'forks', 'batches', 'pause']);
  return foreign === undefined ? undefined : `is one host and has ${foreign}, which is for a group; remove ${foreign}`;
}

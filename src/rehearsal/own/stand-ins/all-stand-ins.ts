/** Every program that a stand-in plays. */
import {BUILDERS} from './builders.ts';
import {CLOUDS} from './clouds.ts';
import {CLUSTERS} from './clusters.ts';
import {CONTAINERS} from './containers.ts';
import {FRAMEWORKS} from './frameworks.ts';
import {INFRASTRUCTURE} from './infrastructure.ts';
import {PACKAGES} from './packages.ts';
import {SERVICES} from './services.ts';
import type {StandIn} from './stand-in.ts';
import {STORES} from './stores.ts';

const CARRIERS: StandIn = {
  programs: ['sudo', 'doas', 'su', 'runuser', 'setsid', 'chroot', 'flock', 'unbuffer', 'script', 'parallel'],
  what: 'runs what stands behind it',
  rows: [],
  carries: true,
};

const ALL: readonly StandIn[] = [
  CARRIERS,
  ...PACKAGES,
  ...SERVICES,
  ...CONTAINERS,
  ...CLUSTERS,
  ...INFRASTRUCTURE,
  ...CLOUDS,
  ...BUILDERS,
  ...FRAMEWORKS,
  ...STORES,
];

const byName = new Map(ALL.flatMap(one => one.programs.map(program => [program, one] as const)));

/** Names that start others, `npx` among them, have a row for what is unknown behind them. */
export function standInFor(program: string): StandIn | undefined {
  return byName.get(program.replace(/^.*\//, '').replace(/^(python|pip|php|node|ruby)[\d.]+$/, '$1'));
}

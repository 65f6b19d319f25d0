/** What a person may set for every console: names, values, and what they mean. Pure; the file is read elsewhere. */
import {nearest} from '../../text/nearest.ts';
import type {Theme} from '../terminal/theme.ts';
import {TIME_MODES} from './log-view.ts';

type Setting = {
  /** What it may be; `themes`: the name of one of the themes that are there; `file`: a path. */
  values: readonly string[] | 'themes' | 'file';
  /** Where nothing is set. */
  standard: string;
  help: string;
};

const SWITCH = ['on', 'off'] as const;

const TABLE = {
  theme: {values: 'themes', standard: 'midnight', help: 'colours of the console'},
  mouse: {
    values: SWITCH,
    standard: 'off',
    help: 'click chooses a step, a log or a panel, the wheel scrolls, dragging copies; it never starts anything',
  },
  times: {values: TIME_MODES, standard: 'clock', help: 'what stands before the lines of a log'},
  ascii: {values: SWITCH, standard: 'off', help: 'no other signs than ASCII'},
  title: {values: SWITCH, standard: 'on', help: 'the title of the terminal says where the run is'},
  alerts: {
    values: SWITCH,
    standard: 'on',
    help: 'the bell and a notification (OSC 9), once, when something needs a person',
  },
  'sign-key': {values: 'file', standard: '', help: 'the SSH key that `tminus signoff --sign` signs a record with'},
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof TABLE;

export const SETTING_NAMES = Object.keys(TABLE) as readonly SettingName[];

export const SETTINGS: Readonly<Record<SettingName, Setting>> = TABLE;

export type SettingValues = Readonly<Record<SettingName, string>>;

export const STANDARD_SETTINGS = Object.fromEntries(
  SETTING_NAMES.map(name => [name, TABLE[name].standard]),
) as SettingValues;

/** `theme` may be any name here: whether it is there is known where themes are. */
export function settingProblem(name: string, value: string): string | undefined {
  if (!isSetting(name)) return unknownSetting(name);
  const {values} = SETTINGS[name];
  if (values === 'themes') return /^[\w-]+$/.test(value) ? undefined : `${name}: "${value}" is not the name of a theme`;
  if (values === 'file') return value === '' ? `${name}: names a file` : undefined;
  return values.includes(value) ? undefined : `${name}: "${value}" is not one of ${values.join(', ')}`;
}

export function isSetting(name: string): name is SettingName {
  return Object.hasOwn(TABLE, name);
}

export function unknownSetting(name: string): string {
  const meant = nearest(name, [...SETTING_NAMES, 'keys']);
  const all = `there are ${SETTING_NAMES.join(', ')} and keys`;
  return `there is no setting "${name}"; ${meant === undefined ? all : `did you mean ${meant}?`}`;
}

/** In one console: what holds now, what the file says, and which themes there are. `theme`: one that was chosen here. */
export type SettingsView = {
  now: SettingValues;
  kept: SettingValues;
  themes: readonly string[];
  theme: Theme | null;
};

export const NO_SETTINGS: SettingsView = {
  now: STANDARD_SETTINGS,
  kept: STANDARD_SETTINGS,
  themes: [],
  theme: null,
};

/** Every key of the console, once. Hints, help, palette and the README's table are made from it. */
import {REVIEW_KEYS} from './review-keys.ts';
import type {PanelName} from './view-state.ts';

export type KeyGroup = 'Run' | 'Move' | 'Logs and output' | 'Charts' | 'Screen';

type Entry = {
  id: string;
  /** The first one is shown; names as `terminal-input.ts` gives them. */
  keys: readonly [string, ...string[]];
  group: KeyGroup;
  /** A word or two for the hint row. */
  hint: string;
  /** One sentence for the help. */
  help: string;
  /** Panels in which it works; absent: in all. */
  where?: readonly PanelName[];
};

const PANES = ['output', 'logs'] as const;

const TABLE = [
  {
    id: 'enter',
    keys: ['enter'],
    group: 'Run',
    hint: 'run',
    help: 'run or tick the step; fold or unfold the section',
    where: ['checklist'],
  },
  {
    id: 'tick',
    keys: ['space'],
    group: 'Run',
    hint: 'tick',
    help: 'tick the step: done, and seen by you',
    where: ['checklist'],
  },
  {
    id: 'run-on',
    keys: ['a'],
    group: 'Run',
    hint: 'run on',
    help: 'run on by itself until something needs a person or fails; again: stop running on',
  },
  {id: 'cancel', keys: ['x'], group: 'Run', hint: 'cancel', help: 'cancel the running step'},
  {id: 'retry', keys: ['r'], group: 'Run', hint: 'retry', help: 'run a failed step again'},
  {id: 'skip', keys: ['s'], group: 'Run', hint: 'skip', help: 'skip the step, with a reason'},
  {
    id: 'note',
    keys: ['n'],
    group: 'Run',
    hint: 'note',
    help: 'write a note into the record',
    where: ['checklist', 'charts'],
  },
  {id: 'complaint', keys: ['c'], group: 'Run', hint: 'complaint', help: 'count a complaint of a user'},
  {id: 'hold', keys: ['H'], group: 'Run', hint: 'hold', help: 'hold the run: no new step starts; again: let it go on'},
  {id: 'dismiss', keys: ['d'], group: 'Run', hint: 'dismiss', help: 'dismiss the tripped trigger, with a reason'},
  {
    id: 'approve',
    keys: ['A'],
    group: 'Run',
    hint: 'approve',
    help: 'approve what a person of another account asks for; it shows what',
  },
  {
    id: 'answer',
    keys: ['u'],
    group: 'Run',
    hint: 'unlock',
    help: 'answer what a host asks: a password, a passphrase, whether its key is right',
  },
  {
    id: 'baton',
    keys: ['b'],
    group: 'Run',
    hint: 'baton',
    help: 'pass the baton to another console, or take it when it is free or your own',
  },
  {
    id: 'roll-back',
    keys: ['R', 'ctrl+r'],
    group: 'Run',
    hint: 'roll back',
    help: 'roll back, from anywhere: countdown; again: now; Esc: cancel',
  },
  {id: 'down', keys: ['j', 'down'], group: 'Move', hint: 'down', help: 'down'},
  {id: 'up', keys: ['k', 'up'], group: 'Move', hint: 'up', help: 'up'},
  {id: 'page-down', keys: ['pagedown', 'ctrl+f', 'ctrl+d'], group: 'Move', hint: 'page', help: 'a page down'},
  {id: 'page-up', keys: ['pageup', 'ctrl+b', 'ctrl+u'], group: 'Move', hint: 'page', help: 'a page up'},
  {id: 'top', keys: ['g', 'home'], group: 'Move', hint: 'start', help: 'to the start'},
  {id: 'bottom', keys: ['G', 'end'], group: 'Move', hint: 'end', help: 'to the end; a log follows again'},
  {id: 'left', keys: ['h', 'left'], group: 'Move', hint: 'left', help: 'fold; scroll left; previous signal'},
  {id: 'right', keys: ['l', 'right'], group: 'Move', hint: 'right', help: 'unfold; scroll right; next signal'},
  {id: 'next-panel', keys: ['tab'], group: 'Move', hint: 'panels', help: 'next panel'},
  {id: 'previous-panel', keys: ['shift+tab'], group: 'Move', hint: 'panels', help: 'previous panel'},
  {id: 'panel-checklist', keys: ['1'], group: 'Move', hint: 'checklist', help: 'the checklist'},
  {id: 'panel-output', keys: ['2'], group: 'Move', hint: 'output', help: 'the output of the steps'},
  {id: 'panel-charts', keys: ['3'], group: 'Move', hint: 'charts', help: 'the charts'},
  {id: 'panel-logs', keys: ['4'], group: 'Move', hint: 'logs', help: 'the logs'},
  {
    id: 'search',
    keys: ['/'],
    group: 'Logs and output',
    hint: 'search',
    help: 'search; smart case, regular expressions',
  },
  {id: 'match-next', keys: ['n'], group: 'Logs and output', hint: 'next', help: 'next match', where: PANES},
  {id: 'match-previous', keys: ['N'], group: 'Logs and output', hint: 'previous', help: 'previous match', where: PANES},
  {id: 'source-previous', keys: ['['], group: 'Logs and output', hint: 'source', help: 'previous log source'},
  {id: 'source-next', keys: [']'], group: 'Logs and output', hint: 'source', help: 'next log source'},
  {id: 'keep', keys: ['&'], group: 'Logs and output', hint: 'keep', help: 'keep only the log lines that match'},
  {id: 'hide', keys: ['!'], group: 'Logs and output', hint: 'hide', help: 'hide the log lines that match'},
  {id: 'error-next', keys: ['e'], group: 'Logs and output', hint: 'errors', help: 'next error line'},
  {id: 'error-previous', keys: ['E'], group: 'Logs and output', hint: 'errors', help: 'previous error line'},
  {id: 'follow', keys: ['f'], group: 'Logs and output', hint: 'follow', help: 'follow the end, or stand still'},
  {id: 'pause', keys: ['p'], group: 'Logs and output', hint: 'pause', help: 'pause the panes; the run goes on'},
  {id: 'wrap', keys: ['W'], group: 'Logs and output', hint: 'wrap', help: 'wrap long lines'},
  {
    id: 'signals',
    keys: ['v'],
    group: 'Charts',
    hint: 'signals',
    help: 'all signals and verdicts in the centre; again: the output',
  },
  {
    id: 'samples',
    keys: ['enter'],
    group: 'Charts',
    hint: 'samples',
    help: 'list the samples of the chart; Enter on one shows the log lines of that second',
    where: ['charts'],
  },
  {id: 'zoom-in', keys: ['+', '='], group: 'Charts', hint: 'closer', help: 'show less time', where: ['charts']},
  {id: 'zoom-out', keys: ['-'], group: 'Charts', hint: 'wider', help: 'show more time', where: ['charts']},
  {id: 'zoom', keys: ['z'], group: 'Screen', hint: 'zoom', help: 'the focused panel fills the screen, or not'},
  {
    id: 'copy',
    keys: ['y'],
    group: 'Screen',
    hint: 'copy',
    help: 'copy what is focused, without borders; says where to',
  },
  {
    id: 'incident',
    keys: ['i'],
    group: 'Screen',
    hint: 'incident',
    help: 'the incident layout: triggers, timeline, errors, contacts, what the rollback does',
  },
  {
    id: 'review',
    keys: ['o'],
    group: 'Screen',
    hint: 'review',
    help: 'the review: what was read of the document, and what of it you have confirmed',
  },
  {id: 'palette', keys: [':'], group: 'Screen', hint: 'find', help: 'find an action or a step by name'},
  {id: 'help', keys: ['?'], group: 'Screen', hint: 'help', help: 'this help'},
  {
    id: 'close',
    keys: ['esc', 'ctrl+g'],
    group: 'Screen',
    hint: 'back',
    help: 'close what is open; leave zoom, search and filters',
  },
  {id: 'redraw', keys: ['ctrl+l'], group: 'Screen', hint: 'redraw', help: 'draw the screen again'},
  {
    id: 'leave',
    keys: ['q', 'ctrl+c'],
    group: 'Screen',
    hint: 'leave',
    help: 'leave: detach, keep watching, or abort; it asks',
  },
] as const satisfies readonly Entry[];

export type ActionId = (typeof TABLE)[number]['id'];
export type KeyBinding = Entry & {id: ActionId};

export const KEYS: readonly KeyBinding[] = TABLE;

export const KEY_GROUPS: readonly KeyGroup[] = ['Run', 'Move', 'Logs and output', 'Charts', 'Screen'];

/** What the key does in this panel. */
export function actionFor(key: string, panel: PanelName): ActionId | undefined {
  return KEYS.find(({keys, where}) => keys.includes(key) && (where === undefined || where.includes(panel)))?.id;
}

export function bindingOf(id: ActionId): KeyBinding {
  const binding = KEYS.find(key => key.id === id);
  if (binding === undefined) throw new Error(`no key for ${id}`);
  return binding;
}

const SHOWN: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  pagedown: 'PgDn',
  pageup: 'PgUp',
  home: 'Home',
  end: 'End',
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
};

/** The keys of the review as rows of the help. */
export const REVIEW_HELP: readonly Pick<Entry, 'keys' | 'help'>[] = REVIEW_KEYS;

/** A key as people write it. */
export function keyLabel(key: string): string {
  return SHOWN[key] ?? key.replace(/^ctrl\+(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

export function keyLabels({keys}: Pick<Entry, 'keys'>): string {
  return keys.map(keyLabel).join(' ');
}

/** The table of the README. */
export function keyTableMarkdown(): string {
  const row = ({keys, help}: Pick<Entry, 'keys' | 'help'>, where: string) =>
    `| ${keys.map(name => `\`${keyLabel(name)}\``).join(' ')} | ${help} | ${where} |`;
  const rows = KEY_GROUPS.flatMap(group =>
    KEYS.filter(key => key.group === group).map(key => row(key, key.where?.join(', ') ?? 'everywhere')),
  );
  return ['| key | does | where |', '|---|---|---|', ...rows, ...REVIEW_HELP.map(key => row(key, 'review'))].join('\n');
}

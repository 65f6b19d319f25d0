/** The table of keys, as they are where nobody has changed them. */
import type {KeyEntry} from './review-key-table.ts';
import type {PanelName} from './view-state.ts';

export type KeyGroup = 'Run' | 'Move' | 'Logs and output' | 'Charts' | 'Screen';

export type TableEntry = KeyEntry & {
  group: KeyGroup;
  /** Panels in which the key works; absent: in all. */
  where?: readonly PanelName[];
};

const PANES = ['output', 'logs'] as const;

export const KEY_TABLE = {
  Run: [
    {
      id: 'enter',
      keys: ['enter'],
      hint: 'run',
      help: 'run or tick the step; fold or unfold the section',
      where: ['checklist'],
    },
    {id: 'tick', keys: ['space'], hint: 'tick', help: 'tick the step: done, and seen by you', where: ['checklist']},
    {
      id: 'run-on',
      keys: ['a'],
      hint: 'run on',
      help: 'run on by itself from the first open step until something needs a person or fails; again: stop',
    },
    {id: 'cancel', keys: ['x'], hint: 'cancel', help: 'cancel the running step'},
    {id: 'retry', keys: ['r'], hint: 'retry', help: 'run a failed step again'},
    {id: 'skip', keys: ['s'], hint: 'skip', help: 'skip the step, with a reason'},
    {id: 'note', keys: ['n'], hint: 'note', help: 'write a note into the record', where: ['checklist', 'charts']},
    {id: 'complaint', keys: ['c'], hint: 'complaint', help: 'count a complaint of a user'},
    {
      id: 'review',
      keys: ['o'],
      hint: 'review',
      help: 'the review: what was read, and what a person has to confirm before it runs',
    },
    {id: 'hold', keys: ['H'], hint: 'hold', help: 'hold the run: no new step starts; again: let it go on'},
    {id: 'dismiss', keys: ['d'], hint: 'dismiss', help: 'dismiss the tripped trigger, with a reason'},
    {
      id: 'approve',
      keys: ['A'],
      hint: 'approve',
      help: 'approve what another account asks for; it shows what',
    },
    {
      id: 'answer',
      keys: ['u'],
      hint: 'what waits',
      help: 'go to what waits for you; answer what a host asks: a password, a passphrase, whether its key is right',
    },
    {
      id: 'baton',
      keys: ['b'],
      hint: 'baton',
      help: 'pass the baton to another console, or take it when it is free or your own',
    },
    {
      id: 'incident-drafts',
      keys: ['I'],
      hint: 'write report',
      help: 'write the incident report; a draft, with an issue and a message to the team, to copy or to send',
    },
    {
      id: 'roll-back',
      keys: ['R', 'ctrl+r'],
      hint: 'roll back',
      help: 'roll back, from anywhere: countdown; again: now; Esc: cancel',
    },
  ],
  Move: [
    {id: 'down', keys: ['j', 'down'], hint: 'down', help: 'down'},
    {id: 'up', keys: ['k', 'up'], hint: 'up', help: 'up'},
    {id: 'page-down', keys: ['pagedown', 'ctrl+f', 'ctrl+d'], hint: 'page', help: 'a page down'},
    {id: 'page-up', keys: ['pageup', 'ctrl+b', 'ctrl+u'], hint: 'page', help: 'a page up'},
    {id: 'top', keys: ['g', 'home'], hint: 'start', help: 'to the start'},
    {id: 'bottom', keys: ['G', 'end'], hint: 'end', help: 'to the end; a log follows again'},
    {id: 'left', keys: ['h', 'left'], hint: 'left', help: 'fold; scroll left; previous signal'},
    {id: 'right', keys: ['l', 'right'], hint: 'right', help: 'unfold; scroll right; next signal'},
    {id: 'next-panel', keys: ['tab'], hint: 'panels', help: 'next panel'},
    {id: 'previous-panel', keys: ['shift+tab'], hint: 'panels', help: 'previous panel'},
    {id: 'panel-checklist', keys: ['1'], hint: 'checklist', help: 'the checklist'},
    {id: 'panel-output', keys: ['2'], hint: 'output', help: 'the output of the steps'},
    {id: 'panel-charts', keys: ['3'], hint: 'charts', help: 'the charts'},
    {id: 'panel-logs', keys: ['4'], hint: 'logs', help: 'the logs'},
  ],
  'Logs and output': [
    {id: 'search', keys: ['/'], hint: 'search', help: 'search; smart case, regular expressions'},
    {id: 'match-next', keys: ['n'], hint: 'next', help: 'next match', where: PANES},
    {id: 'match-previous', keys: ['N'], hint: 'previous', help: 'previous match', where: PANES},
    {id: 'source-previous', keys: ['['], hint: 'source', help: 'previous log source'},
    {id: 'source-next', keys: [']'], hint: 'source', help: 'next log source'},
    {
      id: 'hosts',
      keys: ['enter'],
      hint: 'hosts',
      help: 'list the hosts of a step on a group; Enter on one shows what it printed',
      where: ['output'],
    },
    {
      id: 'merge',
      keys: ['M'],
      hint: 'all logs',
      help: 'all logs as one, by time; each with its name and colour; again: the log of the line alone',
    },
    {id: 'split', keys: ['S'], hint: 'split', help: 'two logs, one above the other; Tab goes between them; again: one'},
    {
      id: 'bookmark',
      keys: ['m'],
      hint: 'bookmark',
      help: 'mark the line that was jumped to, or else the first on the screen; again: unmark it',
      where: PANES,
    },
    {
      id: 'mark-next',
      keys: ["'"],
      hint: 'marks',
      help: 'next bookmark or marker: the deploy began (D) or ended (E), a trigger tripped (T), a rollback (R)',
      where: PANES,
    },
    {id: 'mark-previous', keys: ['"'], hint: 'marks', help: 'previous bookmark or marker', where: PANES},
    {
      id: 'keep',
      keys: ['&'],
      hint: 'keep',
      help: 'keep only events that match; several keep more',
    },
    {id: 'hide', keys: ['!'], hint: 'hide', help: 'hide events that match'},
    {id: 'filters', keys: ['F'], hint: 'filters', help: 'the filters of the log: turn them off and on, take them away'},
    {id: 'error-next', keys: ['e'], hint: 'errors', help: 'next error line'},
    {id: 'error-previous', keys: ['E'], hint: 'errors', help: 'previous error line'},
    {
      id: 'new-errors',
      keys: ['D'],
      hint: 'new errors',
      help: 'kinds of errors in the logs; those first that are new since the deploy; Enter shows one',
    },
    {id: 'follow', keys: ['f'], hint: 'follow', help: 'follow the end, or stand still'},
    {id: 'pause', keys: ['p'], hint: 'pause', help: 'pause the panes; the run goes on'},
    {
      id: 'times',
      keys: ['t'],
      hint: 'times',
      help: 'the times of the log lines: the clock, since the deploy, since the line before, as written',
    },
    {id: 'wrap', keys: ['W'], hint: 'wrap', help: 'wrap long lines'},
  ],
  Charts: [
    {id: 'signals', keys: ['v'], hint: 'signals', help: 'all signals and verdicts in the centre; again: the output'},
    {
      id: 'samples',
      keys: ['enter'],
      hint: 'samples',
      help: 'list the samples of the chart; Enter on one shows the log lines of that second',
      where: ['charts'],
    },
    {id: 'zoom-in', keys: ['+', '='], hint: 'closer', help: 'show less time', where: ['charts']},
    {id: 'zoom-out', keys: ['-'], hint: 'wider', help: 'show more time', where: ['charts']},
  ],
  Screen: [
    {id: 'zoom', keys: ['z'], hint: 'zoom', help: 'the focused panel fills the screen, or not'},
    {
      id: 'select-lines',
      keys: ['V'],
      hint: 'select lines',
      help: 'select lines: the moves select more, again: begin here; y copies them, w saves them, Esc ends it',
      where: PANES,
    },
    {
      id: 'copy',
      keys: ['y'],
      hint: 'copy',
      help: 'copy the selected lines, or what is focused, without borders; says where to',
    },
    {
      id: 'copy-event',
      keys: ['Y'],
      hint: 'copy event',
      help: 'copy the event that was jumped to; with all its lines, such as a traceback; says where to',
      where: PANES,
    },
    {
      id: 'save',
      keys: ['w'],
      hint: 'save',
      help: 'save the log or the output to a file: the selected lines, or all that the filters let through',
      where: PANES,
    },
    {
      id: 'pager',
      keys: ['P'],
      hint: 'pager',
      help: 'open the log or the output in $PAGER; only what the filters let through where some are on',
      where: PANES,
    },
    {
      id: 'incident',
      keys: ['i'],
      hint: 'look',
      help: 'look at the incident: triggers, timeline, errors, contacts, what the rollback does',
    },
    {
      id: 'palette',
      keys: [':'],
      hint: 'find',
      help: 'find by name: an action, a log, a signal, a setting, a theme or a step',
    },
    {id: 'help', keys: ['?'], hint: 'help', help: 'all keys in columns; / filters them, Enter does what is chosen'},
    {id: 'close', keys: ['esc', 'ctrl+g'], hint: 'back', help: 'close what is open; leave zoom, search and filters'},
    {
      id: 'mouse',
      keys: ['T'],
      hint: 'mouse',
      help: 'the mouse on or off; it chooses, scrolls and copies, and starts nothing',
    },
    {
      id: 'suspend',
      keys: ['ctrl+z'],
      hint: 'suspend',
      help: 'back to the shell; fg comes here again, the run goes on',
    },
    {id: 'redraw', keys: ['ctrl+l'], hint: 'redraw', help: 'draw the screen again'},
    {id: 'leave', keys: ['q', 'ctrl+c'], hint: 'leave', help: 'leave: detach, keep watching, or abort; it asks'},
  ],
} as const satisfies Readonly<Record<KeyGroup, readonly Omit<TableEntry, 'group'>[]>>;

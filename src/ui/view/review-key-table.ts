/** The table of keys of the review. Its help and the README's table are made from it. */

/** A row in a table of keys. */
export type KeyEntry = {
  id: string;
  /** The first one is shown. They have the names that `terminal-input.ts` gives them. */
  keys: readonly [string, ...string[]];
  /** A word or two for the hint row. */
  hint: string;
  /** One sentence for the help. */
  help: string;
};

export const REVIEW_KEYS = [
  {
    id: 'confirm',
    keys: ['enter'],
    hint: 'confirm',
    help: 'take what is proposed for the question; without a question confirm the section, and go to the next that asks; it runs nothing',
  },
  {id: 'yes', keys: ['y'], hint: 'yes', help: 'answer the question: it is as assumed, or you have looked at it'},
  {id: 'by-hand', keys: ['h'], hint: 'by hand', help: 'answer the question: a person does it'},
  {id: 'ignore', keys: ['m'], hint: 'leave out', help: 'answer the question: the line is left out'},
  {
    id: 'alike',
    keys: ['Y'],
    hint: 'alike',
    help: 'list the lines that ask the same; there y, h or m answers all of them',
  },
  {
    id: 'place',
    keys: ['p'],
    hint: 'place',
    help: 'choose where the section runs; a place that the document or the bindings name stays',
  },
  {
    id: 'one-of',
    keys: ['o'],
    hint: 'take this one',
    help: 'of several sections that do the same, take this one; the others do not run; it says first which',
  },
  {id: 'question-next', keys: [']'], hint: 'question', help: 'next open question of the document'},
  {id: 'question-previous', keys: ['['], hint: 'question', help: 'previous open question of the document'},
  {id: 'section-next', keys: ['J', '}'], hint: 'section', help: 'next section'},
  {id: 'section-previous', keys: ['K', '{'], hint: 'section', help: 'previous section'},
  {id: 'search', keys: ['/'], hint: 'search', help: 'search in the document; a search without capitals finds both'},
  {id: 'match-next', keys: [';'], hint: 'next match', help: 'next line with what was searched'},
  {id: 'match-previous', keys: [','], hint: 'previous match', help: 'previous line with what was searched'},
  {id: 'go-to', keys: [':'], hint: 'go to', help: 'go to a line by its number, or to a section by a part of its title'},
  {id: 'back', keys: ['ctrl+o', 'backspace'], hint: 'back', help: 'back to where the cursor was before it jumped'},
  {id: 'use-run', keys: ['r'], hint: 'run', help: 'the run works through the section'},
  {id: 'use-watch', keys: ['w'], hint: 'watch', help: 'the run watches the section after the deploy'},
  {id: 'use-rollback', keys: ['b'], hint: 'rollback', help: 'the section is part of the rollback'},
  {id: 'use-triggers', keys: ['t'], hint: 'triggers', help: 'the section says when to roll back'},
  {id: 'use-other', keys: ['x'], hint: 'other procedure', help: 'the section is another procedure: it does not run'},
  {id: 'use-never', keys: ['n'], hint: 'never runs', help: 'the section is for reference: it never runs'},
  {
    id: 'confirm-clear',
    keys: ['A'],
    hint: 'all without question',
    help: 'confirm all sections without a question; one that destroys something or changes files or data in place, and the rollback, only after all of its commands were on the screen',
  },
  {
    id: 'undo',
    keys: ['u'],
    hint: 'undo',
    help: 'take the last answer, confirmation or change back, and go where it was',
  },
  {
    id: 'down',
    keys: ['j', 'down'],
    hint: 'down',
    help: 'down: a line of the document or of the commands, or a section',
  },
  {id: 'up', keys: ['k', 'up'], hint: 'up', help: 'up'},
  {id: 'page-down', keys: ['pagedown', 'space', 'ctrl+f', 'ctrl+d'], hint: 'page', help: 'a page down'},
  {id: 'page-up', keys: ['pageup', 'ctrl+b', 'ctrl+u'], hint: 'page', help: 'a page up'},
  {id: 'top', keys: ['g', 'home'], hint: 'start', help: 'to the start'},
  {id: 'bottom', keys: ['G', 'end'], hint: 'end', help: 'to the end'},
  {id: 'next-pane', keys: ['tab', 'right'], hint: 'panes', help: 'next pane: sections, document, what would run'},
  {id: 'previous-pane', keys: ['shift+tab', 'left'], hint: 'panes', help: 'previous pane'},
  {id: 'help', keys: ['?'], hint: 'help', help: 'the keys of the review, and the signs of its margin'},
  {
    id: 'redraw',
    keys: ['ctrl+l'],
    hint: 'redraw',
    help: 'draw the screen again; before a run also read the document again',
  },
  {
    id: 'return',
    keys: ['esc', 'q', 'ctrl+g', 'ctrl+c'],
    hint: 'return',
    help: 'back to the console; the review stays as it is',
  },
] as const satisfies readonly KeyEntry[];

export type ReviewActionId = (typeof REVIEW_KEYS)[number]['id'];

export function reviewActionFor(key: string): ReviewActionId | undefined {
  const entries: readonly (KeyEntry & {id: ReviewActionId})[] = REVIEW_KEYS;
  return entries.find(({keys}) => keys.includes(key))?.id;
}

/** The key of an action that is shown for it. */
export function keyOfAction(id: ReviewActionId): string {
  return (REVIEW_KEYS.find(key => key.id === id) ?? REVIEW_KEYS[0]).keys[0];
}

/** The use that each of these keys gives the section. */
export const USE_OF_KEY = {
  'use-run': 'run',
  'use-watch': 'watch',
  'use-rollback': 'rollback',
  'use-triggers': 'triggers',
  'use-other': 'other',
  'use-never': 'reference',
} as const;

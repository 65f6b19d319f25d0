/** Flags that several commands have. */

export const bindings = {
  bindings: {
    type: 'string',
    short: 'b',
    value: 'FILE',
    completes: 'files',
    help: 'the bindings; without it a tminus.yaml beside the checklist',
  },
} as const;

export const view = {
  plain: {type: 'boolean', help: 'one line of text per event instead of the full screen'},
  json: {type: 'boolean', help: "the journal's events as NDJSON"},
  theme: {
    type: 'string',
    value: 'NAME',
    completes: 'themes',
    help: 'colours of the console; TMINUS_THEME sets them, too',
  },
  ascii: {type: 'boolean', help: 'no other signs than ASCII'},
  'no-sync': {type: 'boolean', help: 'for terminals that redraw whole panes on synchronized updates'},
} as const;

export const person = {
  as: {type: 'string', value: 'NAME', help: 'who you are within an account that several people share'},
} as const;

export const values = {
  value: {
    type: 'string',
    value: 'K=V',
    multiple: true,
    help: 'what a placeholder stands for; secret ones are kept nowhere',
  },
} as const;

export const procedure = {
  procedure: {
    type: 'string',
    value: 'NAME',
    help: 'which of several procedures of the document is meant ("RB-1"); the others are left alone',
  },
} as const;

export const damaged = {
  damaged: {
    type: 'string',
    value: 'accept',
    completes: ['accept'],
    help: 'go on from the last line of the journal that holds, and set the rest aside',
  },
} as const;

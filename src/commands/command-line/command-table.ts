/** Every command of the command line, its arguments and its flags, once: parsing, help, README and completions use this. */
import {faults} from '../../rehearsal/faults.ts';
import {bindings, damaged, person, procedure, values, view} from './flags.ts';

/** What may be completed there: paths, runs, themes, the commands themselves, or one of these words. */
export type Completes = 'files' | 'runs' | 'themes' | 'commands' | readonly string[];

export type Flag = {
  type: 'boolean' | 'string';
  short?: string;
  multiple?: boolean;
  /** What stands behind it, as the help writes it: `FILE`, `none|all|DURATION`. */
  value?: string;
  completes?: Completes;
  help: string;
};

export type Entry = {
  /** In square brackets when it may be left out. */
  argument?: string;
  /** Words that the argument may have; one without it. */
  words?: number;
  completes?: Completes;
  /** One line. */
  help: string;
  /** For the command's own help: what the line cannot say. */
  more?: string;
  /** It shows a run that goes on when nobody reads any more. */
  showsRun?: boolean;
  flags: Readonly<Record<string, Flag>>;
};

/** For `config`: an action may have several keys. */
const WORDS_MAX = 8;

export const COMMANDS = {
  run: {
    argument: 'CHECKLIST',
    completes: 'files',
    help: 'run a checklist as a live deployment',
    more: 'The work is done by an engine in the background; closing the screen stops nothing, `attach` shows it again.',
    showsRun: true,
    flags: {
      ...bindings,
      ...values,
      choose: {type: 'string', value: 'SECTION=OPTION', multiple: true, help: 'which of several alternatives is run'},
      ...procedure,
      auto: {type: 'boolean', help: 'run on without a person until something needs one (then exit code 7)'},
      yes: {
        type: 'string',
        value: 'ID|all',
        multiple: true,
        completes: ['all'],
        help: 'tick what people do and fill what can be computed, journaled as presumed',
      },
      watch: {
        type: 'string',
        value: 'none|all|DURATION',
        completes: ['none', 'all'],
        help: 'how long to watch after the last step: all with a terminal, none without one',
      },
      'dry-run': {type: 'boolean', help: 'walk everything, run nothing, say what would run where'},
      ...view,
      ...person,
      group: {type: 'string', value: 'GROUP', help: 'members of this Unix group may attach'},
      'without-ledger': {
        type: 'string',
        value: 'REASON',
        help: "start although the team's ledger cannot be reached, because of this; it goes into the record",
      },
      approve: {
        type: 'string',
        value: '2',
        completes: ['2'],
        help: 'steps marked approve=2, and a rollback that is not ready, need another member of the group',
      },
    },
  },
  check: {
    argument: 'CHECKLIST',
    completes: 'files',
    help: 'show what was understood, what is open, and what is dangerous',
    flags: {
      ...bindings,
      ...procedure,
      connect: {type: 'boolean', help: 'also prove hosts, sudo, databases, logs, probes and the rollback'},
      lines: {type: 'boolean', help: 'print the document, with what each line was read as in the margin'},
      json: {type: 'boolean', help: 'the plan, its problems and the review as JSON'},
      ascii: view.ascii,
    },
  },
  review: {
    argument: 'CHECKLIST',
    completes: 'files',
    help: 'confirm what was read: only what a person has confirmed runs by itself',
    more: 'It is kept in CHECKLIST.review.yaml beside the checklist, to be committed with it. It runs nothing.',
    flags: {
      ...bindings,
      accept: {type: 'boolean', help: 'without a screen: take the reading as it is, recorded as accepted unseen'},
      ...procedure,
      ...values,
      theme: view.theme,
      ascii: view.ascii,
      ...person,
    },
  },
  init: {
    argument: 'CHECKLIST',
    completes: 'files',
    help: 'write a tminus.yaml with every name that the checklist leaves open',
    more: 'A file that exists is never touched.',
    flags: {bindings: {...bindings.bindings, help: 'where to write it; without it tminus.yaml beside the checklist'}},
  },
  rehearse: {
    argument: '[CHECKLIST]',
    completes: 'files',
    help: "practise a deployment in a box: the example's, or one of one's own",
    more: 'Without a terminal it plays itself, drills the rollback, and prints what came of it. A checklist of your own is played against a target that is made of its own commands; neither this machine nor the hosts of the bindings are touched.',
    showsRun: true,
    flags: {
      ...bindings,
      ...procedure,
      fault: {
        type: 'string',
        value: 'NAME',
        completes: faults,
        help: `practise an incident: ${faults.join(', ')}; with a checklist of one's own step:LINE, where it fails`,
      },
      'dry-run': {type: 'boolean', help: 'play nothing: say what follows from the checklist alone'},
      junit: {
        type: 'string',
        value: 'FILE',
        completes: 'files',
        help: 'write what was found in a checklist of your own there as well, as JUnit XML',
      },
      ...view,
    },
  },
  attach: {
    argument: '[RUN]',
    completes: 'runs',
    help: 'show a live run again',
    more: "RUN defaults to the run that is live, else to the newest; the path of a run's directory names one of another account.",
    showsRun: true,
    flags: {
      observe: {type: 'boolean', help: 'look only, never drive'},
      incident: {
        type: 'boolean',
        help: 'for a display on the wall: what is wrong, the way back and the time in large letters; it only looks, and no key but q does anything',
      },
      ...view,
      ...person,
    },
  },
  resume: {
    argument: '[RUN]',
    completes: 'runs',
    help: 'take a run up again whose engine ended',
    more: 'With --install nothing is taken up now: it prints the systemd unit of this account, or the crontab line, that goes on with a watch after a reboot, and writes it when a person or --yes says so. No secret is in it.',
    showsRun: true,
    flags: {
      here: {
        type: 'boolean',
        help: "a run of another machine that is gone: this one goes on with it, from the team's ledger",
      },
      bindings: {...bindings.bindings, help: 'with --here: the same bindings on this machine, for the secrets in them'},
      install: {type: 'boolean', help: 'print what goes on with the watch after a reboot, and ask whether to write it'},
      yes: {type: 'boolean', help: 'with --install: write it without asking'},
      uninstall: {type: 'boolean', help: 'remove what --install has written'},
      boot: {
        type: 'boolean',
        help: 'as a boot does it: asks nothing, stays not attached; for a closed run it removes what --install has written',
      },
      changed: {
        type: 'string',
        value: 'accept',
        completes: ['accept'],
        help: 'the checklist or bindings have changed since: go on with the text as it was then',
      },
      ...damaged,
      ...values,
      ...view,
      ...person,
    },
  },
  runs: {
    argument: '[AGE|SIZE]',
    help: 'list the runs of this account, or of the team, the newest first; or delete old ones',
    more: '`runs --prune 30d` deletes what was last written to more than 30 days ago, `--prune 10G` the oldest until the others take 10 GB; without a limit 90 days. A run whose engine answers is never deleted.',
    flags: {
      prune: {type: 'boolean', help: 'delete runs that are older than AGE, or the oldest beyond SIZE'},
      team: {type: 'boolean', help: "the runs of all operators, from the team's ledger"},
      json: {type: 'boolean', help: 'as JSON'},
    },
  },
  rollback: {
    argument: '[RUN]',
    completes: 'runs',
    help: 'roll a run back without a screen, live or closed',
    showsRun: true,
    flags: {
      print: {type: 'boolean', help: 'only print the bound commands, to finish by hand'},
      force: {type: 'boolean', help: 'go on although something the rollback needs is missing'},
      ...damaged,
      ...values,
      plain: view.plain,
      json: view.json,
      ...person,
    },
  },
  signoff: {
    argument: '[RUN]',
    completes: 'runs',
    help: 'sign a run off, live or closed, and its record with an SSH key',
    more: 'On a terminal it asks for what the flags leave open. In a console the palette (:) has the same. The key is --key, else the setting sign-key, else one of ~/.ssh, else the first of the agent.',
    flags: {
      status: {type: 'string', value: 'TEXT', help: 'the final status: an option of the document, in its words'},
      issues: {type: 'string', value: 'TEXT', help: 'what went wrong'},
      notes: {type: 'string', value: 'TEXT', help: 'anything else for the record'},
      name: {type: 'string', value: 'NAME', help: 'who signs; without it the person at this account'},
      second: {
        type: 'boolean',
        help: 'sign beside whoever has signed: another person, from another account or with --as',
      },
      sign: {type: 'boolean', help: 'also sign the record of a closed run with your SSH key, by ssh-keygen'},
      key: {
        type: 'string',
        value: 'FILE',
        completes: 'files',
        help: 'that key, private or public; "agent" is the first of the agent',
      },
      ...person,
    },
  },
  report: {
    argument: '[RUN]',
    completes: 'runs',
    help: 'print the record of a run: the checklist filled in, and what happened',
    flags: {
      format: {
        type: 'string',
        value: 'md|html|json|junit|github|incident|issue|message',
        completes: ['md', 'html', 'json', 'junit', 'github', 'incident', 'issue', 'message'],
        help: 'md without it; github is for the summary of a job, incident a draft of a report with an issue and a message',
      },
      output: {type: 'string', short: 'o', value: 'FILE', completes: 'files', help: 'write it there'},
      template: {
        type: 'boolean',
        help: 'the checklist as it was read, empty: what the record differs from is what was filled in',
      },
      compare: {type: 'string', value: 'RUN', completes: 'runs', help: 'this run beside another one'},
      verify: {
        type: 'string',
        value: 'FILE',
        completes: 'files',
        help: 'prove that a record (md or html) is unchanged and belongs to the journal of the run, and who signed it',
      },
      signers: {
        type: 'string',
        value: 'FILE',
        completes: 'files',
        help: 'with --verify: whose keys those are, as ssh-keygen reads it; ~/.ssh/allowed_signers where it is there',
      },
    },
  },
  replay: {
    argument: '[RUN]',
    completes: 'runs',
    help: 'show a past run on the full screen again, as it went',
    more: 'Nothing is performed. Space pauses, the arrows go back and forth, , and . go from event to event, < and > change the speed.',
    flags: {
      speed: {type: 'string', value: 'FACTOR', help: 'times real time, such as 10x; 1x without it'},
      cast: {type: 'string', value: 'FILE', completes: 'files', help: 'write it as an asciicast instead, to share it'},
      theme: view.theme,
      ascii: view.ascii,
      'no-sync': view['no-sync'],
    },
  },
  config: {
    argument: '[show|get NAME|set NAME VALUE]',
    words: WORDS_MAX,
    completes: ['show', 'get', 'set'],
    help: 'show the settings of the console, or change one for the consoles that open from now on',
    more: 'They are kept in $XDG_CONFIG_HOME/tminus/config.yaml (~/.config/tminus/config.yaml), which may be edited by hand. Flags and TMINUS_THEME win over it. keys.ACTION names the keys of an action; those that change the run stay as they are.',
    flags: {},
  },
  ledger: {
    argument: '[setup|status|push [RUN]]',
    words: 2,
    completes: ['setup', 'status', 'push'],
    help: "the team's copy of the journals in PostgreSQL: make it, see how far it has got, send what it lacks",
    more: 'Where it is: `ledger: postgres://USER@HOST/DATABASE` in the settings file, or TMINUS_LEDGER. A password belongs into ~/.pgpass. `setup` is for the owner of the database; people need tminus_operator, or tminus_reader to look.',
    flags: {},
  },
  completions: {
    argument: 'SHELL',
    completes: ['bash', 'zsh', 'fish'],
    help: 'print what completes commands, flags, runs and themes in bash, zsh or fish',
    more: 'bash: source <(tminus completions bash). zsh: the same with zsh. fish: tminus completions fish | source.',
    flags: {},
  },
  doctor: {
    help: 'say what this machine lacks for runs and rehearsals, and what follows from it',
    more: 'It changes nothing and asks no host. It ends with 0 when runs can be opened here, and with 7 when they cannot.',
    flags: {json: {type: 'boolean', help: 'as JSON'}},
  },
  help: {argument: '[COMMAND]', completes: 'commands', help: 'show all commands, or the flags of one', flags: {}},
} as const satisfies Readonly<Record<string, Entry>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** In the order of the table, with the optional fields of an entry. */
export function commandEntries(): readonly (readonly [name: CommandName, entry: Entry])[] {
  return Object.entries(COMMANDS) as [CommandName, Entry][];
}

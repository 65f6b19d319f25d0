export const usage = `T-Minus, the live deployment console.

  tminus run CHECKLIST [-b FILE] [--value K=V]… [--choose SECTION=OPTION]… [--auto] [--yes ID|all]…
                       [--watch none|all|DURATION] [--dry-run] [--plain|--json] [--theme NAME] [--ascii]
  tminus check CHECKLIST [-b FILE] [--connect] [--json]
  tminus rehearse [--fault NAME] [--plain|--json]
  tminus attach [RUN] [--observe]
  tminus resume [RUN]
  tminus runs [--json]
  tminus rollback [RUN] [--print] [--force]
  tminus report [RUN] [--format md|html|json] [-o FILE]

RUN defaults to the newest. Without -b, a tminus.yaml beside the checklist is used when there is one.
Exit codes: 0 succeeded, 2 usage, 3 a step failed, 4 rolled back and verified, 5 rollback failed or unverified,
6 aborted, 7 refused (gate, readiness, needs a person), 8 detached, 9 lock held, 65 checklist or bindings invalid,
69 host or database unreachable, 75 state unknown, 130 and 143 signals, 1 internal error.
`;

export const usage = `T-Minus, the live deployment console.

  tminus run CHECKLIST [-b FILE] [--value K=V]… [--choose SECTION=OPTION]… [--auto] [--yes ID|all]…
                       [--watch none|all|DURATION] [--dry-run] [--plain|--json] [--theme NAME] [--ascii]
                       [--as NAME] [--group GROUP] [--approve 2]
  tminus check CHECKLIST [-b FILE] [--connect] [--json]
  tminus init CHECKLIST [-b FILE]
  tminus rehearse [--fault NAME] [--plain|--json]
  tminus attach [RUN] [--observe] [--as NAME]
  tminus resume [RUN] [--changed accept] [--damaged accept] [--value K=V]… [--as NAME]
  tminus runs [--json]
  tminus rollback [RUN] [--print] [--force] [--damaged accept] [--value K=V]… [--as NAME]
  tminus report [RUN] [--format md|html|json] [-o FILE]

RUN defaults to the newest; the path of a run's directory names one of another account. Without -b, a tminus.yaml
beside the checklist is used when there is one; init writes it, with every name that the checklist leaves open. --as says
who you are within your account. --group opens the run to a Unix group, whose members are known by their accounts; with
--approve 2 one of them must agree to steps marked approve=2, and to going on with a rollback that is not ready.
resume refuses a run whose checklist or bindings have changed since (it shows how; --changed accept goes on with the text
as it was) and a journal that was changed or cut off (--damaged accept goes on from the last line that holds). Values of
secrets are kept nowhere: who took them from the command line gives them again.
Exit codes: 0 succeeded, 2 usage, 3 a step failed, 4 rolled back and verified, 5 rollback failed or unverified,
6 aborted, 7 refused (gate, readiness, needs a person), 8 detached, 9 lock held, 65 checklist, bindings or journal invalid,
69 host or database unreachable, 75 state unknown, 130 and 143 signals, 1 internal error.
`;

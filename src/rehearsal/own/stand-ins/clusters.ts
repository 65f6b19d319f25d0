/** Stand-ins for what arranges containers on many hosts: Kubernetes, Helm, and tools that deploy. */
import type {StandIn} from './stand-in.ts';

export const CLUSTERS: readonly StandIn[] = [
  {
    programs: ['kubectl', 'oc', 'k', 'kubectl-argo-rollouts'],
    what: 'Kubernetes',
    rows: [
      {
        call: /^set image/,
        takesMs: 1000,
        says: '{1} image updated\n',
        does: [
          {kind: 'keep', key: 'image {1}', value: '{2}'},
          {kind: 'serve', version: 'words'},
        ],
      },
      {call: /^rollout status/, takesMs: 60_000, says: '{1} successfully rolled out\n'},
      {
        call: /^rollout undo/,
        takesMs: 3000,
        says: '{1} rolled back\n',
        does: [
          {kind: 'back', key: 'image {1}'},
          {kind: 'serve', version: 'old'},
        ],
      },
      {call: /^rollout restart/, takesMs: 1500, says: '{1} restarted\n'},
      {
        call: /^rollout pause/,
        takesMs: 500,
        says: '{1} paused\n',
        does: [{kind: 'keep', key: 'paused {1}', value: 'paused'}],
      },
      {call: /^rollout resume/, takesMs: 500, says: '{1} resumed\n', does: [{kind: 'drop', key: 'paused {1}'}]},
      {call: /^rollout history/, takesMs: 600, says: 'REVISION  CHANGE-CAUSE\n1         {old}\n2         {new}\n'},
      {
        call: /^(?:apply|replace)/,
        takesMs: 4000,
        says: 'configured\n',
        does: [
          {kind: 'keep', key: 'applied {*}', value: 'applied'},
          {kind: 'serve', version: 'words'},
        ],
      },
      {call: /^create/, takesMs: 1500, says: '{2} created\n', does: [{kind: 'keep', key: '{1} {2}', value: 'created'}]},
      {
        call: /^delete/,
        takesMs: 5000,
        says: '{1} "{2}" deleted\n',
        does: [
          {kind: 'drop', key: 'applied {*}'},
          {kind: 'drop', key: 'patched {1} {2}'},
          {kind: 'drop', key: 'replicas {1} {2}'},
          {kind: 'keep', key: '{1} {2}', value: 'deleted'},
        ],
      },
      {
        call: /^scale/,
        takesMs: 2000,
        says: '{1} scaled\n',
        does: [{kind: 'keep', key: 'replicas {1} {2}', value: '{--replicas}'}],
      },
      {
        call: /^(?:patch|annotate|label|edit|autoscale|expose)/,
        takesMs: 1000,
        says: '{1} patched\n',
        does: [{kind: 'keep', key: 'patched {1} {2}', value: '{*}'}],
      },
      {
        call: /^cordon/,
        takesMs: 800,
        says: 'node/{1} cordoned\n',
        does: [{kind: 'keep', key: 'cordoned {1}', value: 'cordoned'}],
      },
      {call: /^uncordon/, takesMs: 800, says: 'node/{1} uncordoned\n', does: [{kind: 'drop', key: 'cordoned {1}'}]},
      {
        call: /^drain/,
        takesMs: 60_000,
        says: 'node/{1} drained\n',
        does: [{kind: 'keep', key: 'cordoned {1}', value: 'cordoned'}],
      },
      {call: /^wait/, takesMs: 30_000, says: '{1} condition met\n'},
      {
        call: /^get nodes?/,
        takesMs: 800,
        says: 'NAME     STATUS   ROLES    AGE   VERSION\nnode-1   Ready    worker   90d   v1.30.2\n',
      },
      {call: /^get .*-o (?:jsonpath|yaml|json|custom)/, takesMs: 800, says: '{version}\n'},
      {
        call: /^(?:get|describe|top)/,
        takesMs: 900,
        says: 'NAME    READY   STATUS    RESTARTS   AGE\napp-0   1/1     Running   0          3m\n',
      },
      {call: /^config current-context/, takesMs: 100, says: 'rehearsal\n'},
      {call: /^diff/, takesMs: 2000},
      {call: /^(?:exec|cp|logs|port-forward|run)/, takesMs: 2000},
      {call: /^/, takesMs: 1000},
    ],
  },
  {
    programs: ['helm', 'helmfile'],
    what: 'Helm',
    rows: [
      {
        call: /^(?:upgrade|install|apply|sync)(?=.*--dry-run)/,
        takesMs: 3000,
        says: 'NAME: {1}\nSTATUS: pending-upgrade\n',
      },
      {
        call: /^(?:upgrade|install|apply|sync)/,
        takesMs: 60_000,
        says: 'Release "{1}" has been upgraded. Happy Helming!\nSTATUS: deployed\n',
        does: [
          {kind: 'keep', key: 'release {1}', value: '{new}'},
          {kind: 'serve', version: 'new'},
        ],
      },
      {
        call: /^rollback/,
        takesMs: 45_000,
        says: 'Rollback was a success! Happy Helming!\n',
        does: [
          {kind: 'back', key: 'release {1}'},
          {kind: 'serve', version: 'old'},
        ],
      },
      {
        call: /^(?:uninstall|delete)/,
        takesMs: 15_000,
        says: 'release "{1}" uninstalled\n',
        does: [{kind: 'keep', key: 'release {1}', value: 'uninstalled'}],
      },
      {
        call: /^(?:history|list|ls|status|get)/,
        takesMs: 900,
        says: 'REVISION  STATUS    CHART        APP VERSION\n1         deployed  app          {version}\n',
      },
      {
        call: /^(?:repo|dependency|pull|template|lint|diff|plugin)/,
        takesMs: 3000,
        says: '1 chart(s) linted, 0 chart(s) failed\n',
      },
    ],
  },
  {
    programs: [
      'argocd',
      'flux',
      'skaffold',
      'kustomize',
      'kamal',
      'cap',
      'fab',
      'mina',
      'dep',
      'eksctl',
      'kops',
      'velero',
      'istioctl',
      'linkerd',
      'nomad',
      'consul',
      'etcdctl',
    ],
    what: 'deployment tool',
    rows: [
      {
        call: /(?:^|\s|:)(?:rollback|undo|revert)\b/,
        takesMs: 40_000,
        says: 'rolled back\n',
        does: [
          {kind: 'back', key: 'release'},
          {kind: 'serve', version: 'old'},
        ],
      },
      {
        call: /(?:^|\s|:)(?:deploy|sync|apply|run|redeploy|push|upgrade|promote)\b/,
        takesMs: 60_000,
        says: 'deployed\n',
        does: [
          {kind: 'keep', key: 'release', value: '{new}'},
          {kind: 'serve', version: 'new'},
        ],
      },
      {
        call: /(?:^|\s)(?:maintenance|lock|pause|suspend|drain)\b/,
        takesMs: 2000,
        does: [{kind: 'keep', key: 'held', value: '{*}'}],
      },
      {call: /(?:^|\s)(?:live|unlock|resume)\b/, takesMs: 2000, does: [{kind: 'drop', key: 'held'}]},
      {call: /^/, takesMs: 1500, says: 'Healthy {version}\n'},
    ],
  },
];

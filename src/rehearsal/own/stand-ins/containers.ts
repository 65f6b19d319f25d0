/** Stand-ins for containers on one host: Docker and Compose. */
import type {StandIn, StandInRow} from './stand-in.ts';

const UP: StandInRow = {
  call: /^(?:-\S+ (?:\S+ )?)*(?:up|start|restart|create)\b/,
  takesMs: 20_000,
  says: 'Container started\n',
  does: [
    {kind: 'keep', key: 'state {1|all}', value: 'up'},
    {kind: 'serve', version: 'words'},
  ],
};

export const CONTAINERS: readonly StandIn[] = [
  {
    programs: ['docker-compose', 'podman-compose', 'compose'],
    what: 'containers',
    rows: [
      {call: /^(?:-\S+ (?:\S+ )?)*(?:pull|push)/, takesMs: 30_000, says: 'Pulled\n'},
      {call: /^(?:-\S+ (?:\S+ )?)*build/, takesMs: 120_000, says: 'Built\n'},
      UP,
      {
        call: /^(?:-\S+ (?:\S+ )?)*(?:stop|down|kill|rm)\b/,
        takesMs: 12_000,
        says: 'Container stopped\n',
        does: [{kind: 'keep', key: 'state {1|all}', value: 'down'}],
      },
      {
        call: /^(?:-\S+ (?:\S+ )?)*(?:ps|ls|images|config|logs|top)/,
        takesMs: 800,
        says: 'app   {version}   Up 3 minutes (healthy)\n',
      },
      {call: /^(?:-\S+ (?:\S+ )?)*(?:exec|run)/, takesMs: 3000},
    ],
  },
  {
    programs: ['docker', 'podman', 'nerdctl'],
    what: 'containers',
    rows: [
      {call: /^(?:image )?pull/, takesMs: 25_000, says: 'Status: Downloaded newer image for {1}\n'},
      {
        call: /^(?:image )?(?:push)/,
        takesMs: 20_000,
        says: '{1}: digest: sha256:0f9c size: 1573\n',
        does: [{kind: 'keep', key: 'pushed {1}', value: 'pushed'}],
      },
      {
        call: /^(?:buildx )?build/,
        takesMs: 120_000,
        says: 'Successfully built 4c1d\nSuccessfully tagged {-t}\n',
        does: [{kind: 'keep', key: 'image {-t|built}', value: '{new}'}],
      },
      {call: /^(?:image )?tag/, takesMs: 300, does: [{kind: 'keep', key: 'image {2}', value: '{1}'}]},
      {call: /^(?:image )?rmi|^image rm/, takesMs: 500, does: [{kind: 'drop', key: 'image {1}'}]},
      {
        call: /^(?:container )?run\b/,
        takesMs: 4000,
        says: '7f3a9c0e2b41\n',
        does: [
          {kind: 'keep', key: 'container {--name|one}', value: 'up'},
          {kind: 'serve', version: 'words'},
        ],
      },
      {
        call: /^(?:container )?(?:start|restart|unpause)\b/,
        takesMs: 4000,
        says: '{1}\n',
        does: [
          {kind: 'keep', key: 'container {1}', value: 'up'},
          {kind: 'serve', version: 'here'},
        ],
      },
      {
        call: /^(?:container )?(?:stop|kill|rm|pause)\b/,
        takesMs: 10_000,
        says: '{1}\n',
        does: [{kind: 'keep', key: 'container {1}', value: 'down'}],
      },
      {call: /^rename/, takesMs: 300, does: [{kind: 'keep', key: 'container {2}', value: '{1}'}]},
      {
        call: /^service (?:update|create|scale)/,
        takesMs: 30_000,
        says: 'verify: Service converged\n',
        does: [
          {kind: 'keep', key: 'service {*}', value: 'updated'},
          {kind: 'serve', version: 'words'},
        ],
      },
      {
        call: /^service rollback/,
        takesMs: 30_000,
        says: 'verify: Service converged\n',
        does: [{kind: 'serve', version: 'old'}],
      },
      {call: /^stack deploy/, takesMs: 30_000, says: 'Updating service\n', does: [{kind: 'serve', version: 'words'}]},
      {
        call: /^(?:ps|images|image ls|container ls|inspect|stats|logs|version|info|node|network|volume)/,
        takesMs: 700,
        says: 'app   {version}   Up 3 minutes (healthy)\n',
      },
      {call: /^(?:save|export)/, takesMs: 20_000},
      {call: /^(?:load|import)/, takesMs: 20_000, says: 'Loaded image\n'},
      {call: /^(?:exec|cp|login)/, takesMs: 1500},
      {call: /^/, takesMs: 1000},
    ],
  },
];

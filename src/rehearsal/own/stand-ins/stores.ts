/** Stand-ins for stores and queues, except PostgreSQL, which is real. */
import type {StandIn} from './stand-in.ts';

export const STORES: readonly StandIn[] = [
  {
    programs: ['redis-cli', 'valkey-cli', 'memcached-tool'],
    what: 'Redis',
    rows: [
      {call: /(?:^|\s)ping\b/i, takesMs: 20, says: 'PONG\n'},
      {call: /(?:^|\s)(?:llen|dbsize|scard|zcard|xlen|ttl)\b/i, takesMs: 20, says: '0\n'},
      {call: /(?:^|\s)set /i, takesMs: 20, says: 'OK\n', does: [{kind: 'keep', key: 'key {1}', value: '{2}'}]},
      {call: /(?:^|\s)(?:del|unlink) /i, takesMs: 20, says: '1\n', does: [{kind: 'drop', key: 'key {1}'}]},
      {call: /(?:^|\s)get /i, takesMs: 20, says: '{=key {1}|1}\n'},
      {
        call: /(?:^|\s)(?:flushall|flushdb)\b/i,
        takesMs: 200,
        says: 'OK\n',
        does: [{kind: 'keep', key: 'data', value: 'flushed'}],
      },
      {call: /(?:^|\s)(?:save|bgsave|bgrewriteaof)\b/i, takesMs: 3000, says: 'OK\n'},
      {
        call: /(?:^|\s)(?:config set|client pause|replicaof|slaveof|failover)/i,
        takesMs: 50,
        says: 'OK\n',
        does: [{kind: 'keep', key: 'config {1}', value: '{2}'}],
      },
      {call: /^/, takesMs: 50, says: 'OK\n'},
    ],
  },
  {
    programs: [
      'mysql',
      'mariadb',
      'sqlplus',
      'sqlcmd',
      'isql',
      'clickhouse-client',
      'cqlsh',
      'sqlite3',
      'mongosh',
      'mongo',
      'influx',
      'hdbsql',
      'bteq',
    ],
    what: 'database other than PostgreSQL',
    rows: [
      {call: /(?:select|show|count|find|describe|desc) /i, takesMs: 300, says: '1\n'},
      {
        call: /(?:alter|create|drop|rename|truncate) /i,
        takesMs: 2000,
        does: [{kind: 'keep', key: 'schema', value: '{*}'}],
      },
      {
        call: /(?:update|insert|delete|set global|replace into) /i,
        takesMs: 500,
        does: [{kind: 'keep', key: 'rows', value: '{*}'}],
      },
      {call: /^/, takesMs: 20_000},
    ],
  },
  {
    programs: ['mysqldump', 'mariadb-dump', 'mongodump', 'expdp', 'exp', 'slapcat', 'influxd'],
    what: 'dump of a database',
    rows: [
      {
        call: /(?=.*--(?:out|archive|result-file)\b)/,
        takesMs: 60_000,
        says: 'done dumping\n',
        does: [{kind: 'file', act: 'make', path: '{--out|dump}/dump.bson', text: 'dump\n'}],
      },
      {call: /^/, takesMs: 60_000, says: '-- dump of a database\nCREATE TABLE t (id int);\n-- Dump completed\n'},
    ],
  },
  {
    programs: ['mongorestore', 'mysqlimport', 'impdp', 'imp', 'slapadd', 'slapindex'],
    what: 'restores a database',
    rows: [{call: /^/, takesMs: 90_000, says: 'done\n', does: [{kind: 'drop', key: 'schema'}]}],
  },
  {
    programs: ['ldapsearch', 'ldapmodify', 'ldapadd', 'ldapdelete', 'ldappasswd', 'slaptest'],
    what: 'directory service',
    rows: [{call: /^/, takesMs: 400, says: 'result: 0 Success\n'}],
  },
  {
    programs: ['rabbitmqctl', 'rabbitmq-plugins', 'rabbitmqadmin', 'rabbitmq-diagnostics'],
    what: 'RabbitMQ',
    rows: [
      {
        call: /^(?:stop_app|stop)/,
        takesMs: 5000,
        says: 'Stopping rabbit application on node\n',
        does: [{kind: 'keep', key: 'app', value: 'stopped'}],
      },
      {call: /^(?:start_app)/, takesMs: 6000, says: 'Starting node\n', does: [{kind: 'drop', key: 'app'}]},
      {call: /^(?:list|status|cluster_status|ping|check)/, takesMs: 900, says: 'orders\t0\n'},
      {
        call: /^(?:set|clear|delete|purge|forget|join|reset|enable|disable|add|change|declare)/,
        takesMs: 1200,
        does: [{kind: 'keep', key: '{*}', value: 'done'}],
      },
      {call: /^/, takesMs: 900, says: 'ok\n'},
    ],
  },
  {
    programs: [
      'kafka-topics.sh',
      'kafka-topics',
      'kafka-configs.sh',
      'kafka-consumer-groups.sh',
      'kafka-consumer-groups',
      'kafka-reassign-partitions.sh',
      'kafka-server-stop.sh',
      'kafka-server-start.sh',
      'kcat',
      'nats',
      'pulsar-admin',
      'zkCli.sh',
      'nodetool',
      'elasticsearch-plugin',
      'curator',
    ],
    what: 'queue or store',
    rows: [
      {
        call: /(?:--create|--alter|--delete|--execute|disable|drain|enable|--add-config|--delete-config)/,
        takesMs: 4000,
        says: 'Completed.\n',
        does: [{kind: 'keep', key: '{*}', value: 'done'}],
      },
      {call: /^/, takesMs: 2000, says: 'UN  127.0.0.1\n'},
    ],
  },
];

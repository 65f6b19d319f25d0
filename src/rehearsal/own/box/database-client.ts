/** A connection to the PostgreSQL of a box, from the operator's machine in it. */
import {Client} from 'pg';

export const PORT = 5432;

export async function withClient(database: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({host: '127.0.0.1', port: PORT, user: 'postgres', database});
  // A server that is stopped meanwhile says so to whoever waits for an answer.
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

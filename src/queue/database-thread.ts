/** What runs in the thread of the embedded database: PostgreSQL as WebAssembly, which holds up whoever runs it. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Answer, type DatabaseFiles, type Question, faultOf } from './embedded-session.js';
import { openDatabase } from './pglite-database.js';

const { folder, template } = workerData as DatabaseFiles;

function tell(answer: Answer): void {
  parentPort?.postMessage(answer);
}

async function serve(): Promise<void> {
  const db = await openDatabase(folder, template);
  db.onNotification((channel, payload) => tell({ kind: 'notification', channel, payload }));
  const carryOut = async (question: Question): Promise<unknown[]> => {
    switch (question.kind) {
      case 'query':
        return (await db.query(question.text, question.params && [...question.params])).rows;
      case 'ping':
        return [];
      case 'close':
        await db.close();
        return [];
    }
  };
  parentPort?.on('message', (question: Question) => {
    const { id } = question;
    carryOut(question).then(
      (rows) => tell({ kind: 'answer', id, rows }),
      (error: unknown) => tell({ kind: 'fault', id, fault: faultOf(error) }),
    );
  });
  tell({ kind: 'open' });
}

serve().catch((error: unknown) => tell({ kind: 'refused', fault: faultOf(error) }));

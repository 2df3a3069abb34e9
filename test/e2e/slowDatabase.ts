import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { nodeBinary } from '../../dev/n8n/paths';

/** Rows that SQLite counts before it goes on; this takes it some seconds. */
const rows = 40_000_000;

/** Runs in the Node.js that n8n runs in, which can write SQLite. */
function runSql(file: string, sql: string): void {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const { DatabaseSync } = require('node:sqlite') as {
		DatabaseSync: new (file: string) => { exec(sql: string): void };
	};
	new DatabaseSync(file).exec(`PRAGMA busy_timeout = 120000; ${sql}`);
}

async function change({ dataDir }: { readonly dataDir: string }, sql: string): Promise<void> {
	const file = path.join(dataDir, '.n8n/database.sqlite');
	const script = `(${runSql.toString()})(...${JSON.stringify([file, sql])})`;
	await promisify(execFile)(nodeBinary, ['--no-warnings', '-e', script]);
}

/**
 * Lets n8n's database take seconds to store an execution of a workflow, while n8n goes on with other things.
 *
 * @param fails whether it then refuses to store it
 * @returns what makes the database quick again, once it has done what it is at
 */
export async function slowDown(
	n8n: { readonly dataDir: string },
	workflowId: string,
	fails: boolean,
): Promise<() => Promise<void>> {
	const verdict = fails ? "RAISE(ABORT, 'On purpose')" : '1';
	await change(
		n8n,
		// A trigger may not have a recursive query, but a view may.
		`CREATE VIEW e2e_long AS WITH RECURSIVE counted(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM counted WHERE x < ${rows})
			SELECT count(*) AS x FROM counted;
		CREATE TRIGGER e2e_slow BEFORE INSERT ON execution_entity WHEN NEW.workflowId = '${workflowId}'
			BEGIN SELECT CASE WHEN (SELECT x FROM e2e_long) > 0 THEN ${verdict} END; END;`,
	);
	return async () => await change(n8n, 'DROP TRIGGER e2e_slow; DROP VIEW e2e_long;');
}

/**
 * Lets n8n's database refuse to store executions of a workflow.
 *
 * @returns what makes it store them again
 */
export async function refuseExecutions(
	n8n: { readonly dataDir: string },
	workflowId: string,
): Promise<() => Promise<void>> {
	await change(
		n8n,
		`CREATE TRIGGER e2e_refuse BEFORE INSERT ON execution_entity WHEN NEW.workflowId = '${workflowId}'
			BEGIN SELECT RAISE(ABORT, 'On purpose'); END;`,
	);
	return async () => await change(n8n, 'DROP TRIGGER e2e_refuse;');
}

/** End-to-end tests against the real n8n of dev/n8n. Slow, and one after the other: they share ports and a CPU. */
/** @type {import('jest').Config} */
module.exports = {
	rootDir: __dirname,
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/dev/n8n/node_modules/'],
	testEnvironment: 'node',
	// Does not check types: `npm run typecheck` does.
	transform: { '^.+\\.ts$': ['@swc/jest', require('./test/support/jest/swc.json')] },
	setupFilesAfterEnv: ['<rootDir>/test/support/jest/requireAssertions.ts'],
	globalSetup: '<rootDir>/test/e2e/startSharedN8n.ts',
	globalTeardown: '<rootDir>/test/e2e/stopSharedN8n.ts',
	maxWorkers: 1,
	testTimeout: 300_000,
};

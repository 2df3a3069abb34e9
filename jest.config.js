/** Unit and in-process tests: no n8n to install, no network. `npm run test:e2e` has its own configuration. */
/** @type {import('jest').Config} */
module.exports = {
	rootDir: __dirname,
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/dev/n8n/node_modules/'],
	testEnvironment: 'node',
	// For slow machines; no test waits that long by itself.
	testTimeout: 30_000,
	// Does not check types: `npm run typecheck` does.
	transform: { '^.+\\.ts$': ['@swc/jest', require('./test/support/jest/swc.json')] },
	globalSetup: '<rootDir>/test/support/jest/createUserFolders.ts',
	globalTeardown: '<rootDir>/test/support/jest/removeUserFolders.ts',
	setupFiles: ['<rootDir>/test/support/jest/restoreHttp.ts', '<rootDir>/test/support/jest/isolateFromMachine.ts'],
	setupFilesAfterEnv: [
		'<rootDir>/test/support/jest/blockOutsideNetwork.ts',
		'<rootDir>/test/support/jest/requireAssertions.ts',
	],
	coverageDirectory: 'coverage',
	collectCoverageFrom: ['credentials/**/*.ts', 'nodes/**/*.ts'],
};

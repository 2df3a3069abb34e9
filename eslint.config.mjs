import { config } from '@n8n/node-cli/eslint';
import jest from 'eslint-plugin-jest';
import nodesBase from 'eslint-plugin-n8n-nodes-base';

/**
 * n8n's own lint, unchanged for everything that is published. @n8n/node-cli brings version 1 of n8n-nodes-base; ESLint
 * accepts one plugin per name, so version 2, which has the same rules, takes its place.
 */
const n8n = config.map((entry) =>
	entry.plugins?.['n8n-nodes-base'] ? { ...entry, plugins: { ...entry.plugins, 'n8n-nodes-base': nodesBase } } : entry,
);

/** The rules n8n itself switches off: each contradicts a newer rule of @n8n/community-nodes. */
const replacedByCommunityNodes = {
	'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
	'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
};

export default [
	{ ignores: ['dist', 'coverage', 'dev/n8n/node_modules'] },
	...n8n,
	{ files: ['package.json'], rules: nodesBase.configs.community.rules },
	{
		files: ['credentials/**/*.ts'],
		rules: { ...nodesBase.configs.credentials.rules, ...replacedByCommunityNodes },
	},
	{
		files: ['nodes/**/*.ts'],
		rules: { ...nodesBase.configs.nodes.rules, ...replacedByCommunityNodes },
	},
	{
		// Never published, runs outside n8n: may use Node.js, start processes, print, and hold made-up secrets.
		files: ['test/**/*.ts', 'dev/**/*.ts'],
		rules: {
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
			'no-console': 'off',
		},
	},
	{
		// A test must be able to fail. That it gets to an assertion is seen when it runs: test/support/jest/requireAssertions.ts.
		...jest.configs['flat/recommended'],
		files: ['test/**/*.ts'],
		rules: {
			...jest.configs['flat/recommended'].rules,
			'jest/expect-expect': 'off',
			'jest/valid-title': ['error', { ignoreTypeOfTestName: true }],
			// Helpers of tests assert, too.
			'jest/no-standalone-expect': 'off',
		},
	},
];

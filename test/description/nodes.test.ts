import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import packageJson from '../../package.json';
import { parseUrl } from '../../nodes/shared/api/parseUrl';
import { registeredCredentials, registeredNodes, repositoryRoot } from '../support/n8n/registeredTypes';
import { choices, everyParameter } from './everyParameter';
import { danglingDisplayRules, foreignOperations, neverShown, shownTwice } from './displayRules';
import { parameterRules, violations } from './parameterRules';
import { frozenParts, missingIcons } from './objectRules';

/** https://docs.n8n.io/integrations/creating-nodes/build/reference/node-codex-files/ */
const codexCategories = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

describe.each(registeredNodes().map((node) => [node.instance.description.displayName, node] as const))(
	'%s',
	(_, { instance: node, source, className }) => {
		const { description } = node;
		const isTrigger = description.group.includes('trigger');

		describe('every parameter', () => {
			it.each(Object.entries(parameterRules))('%s', (_name, rule) => {
				expect(violations(rule, description.properties)).toEqual([]);
			});
		});

		describe('display options', () => {
			it('never show two parameters of one name at once', () => {
				expect(shownTwice(description)).toEqual([]);
			});

			it('name parameters, values and operations that exist', () => {
				expect(danglingDisplayRules(description)).toEqual([]);
				expect(foreignOperations(description)).toEqual([]);
			});

			it('show every parameter at some time', () => {
				expect(neverShown(description)).toEqual([]);
			});
		});

		it('has actions that tell its operations apart', () => {
			const actions = description.properties
				.filter(({ name }) => name === 'operation')
				.flatMap((selector) => choices(selector).map(({ action }) => action));
			expect(actions.filter((action, index) => actions.indexOf(action) !== index)).toEqual([]);
		});

		it('is called like its file, and a trigger so that n8n takes it for one', () => {
			expect(description.name).toBe(className.charAt(0).toLowerCase() + className.slice(1));
			expect(description.name.toLowerCase().includes('trigger')).toBe(isTrigger);
			expect(description.displayName.includes('Trigger')).toBe(isTrigger);
			expect(description.defaults.name).toBe(description.displayName);
		});

		it('offers itself to agents unless it is a trigger', () => {
			expect(Boolean(description.usableAsTool)).toBe(!isTrigger);
			expect(description.inputs).toEqual(isTrigger ? [] : ['main']);
			expect(description.outputs).toEqual(['main']);
		});

		it('has subtitle, description and an icon for light and dark', () => {
			expect(description.subtitle).toBeTruthy();
			expect(description.description).toBeTruthy();
			expect(description.icon).toEqual({
				light: expect.stringMatching(/^file:/),
				dark: expect.stringMatching(/^file:/),
			});
			expect(missingIcons(description.icon, source)).toEqual([]);
		});

		it('has a codex file with categories and documentation', () => {
			const path = resolve(repositoryRoot, dirname(source), `${className}.node.json`);
			expect(existsSync(path)).toBe(true);
			const codex = JSON.parse(readFileSync(path, 'utf8')) as {
				node: string;
				categories: string[];
				resources: Record<string, Array<{ url: string }>>;
			};
			expect(codex).toMatchObject({ node: `${packageJson.name}.${description.name}`, codexVersion: '1.0' });
			expect(codex.categories.length).toBeGreaterThan(0);
			expect(codex.categories.filter((category) => !codexCategories.includes(category))).toEqual([]);
			for (const kind of ['primaryDocumentation', 'credentialDocumentation']) {
				const urls = (codex.resources[kind] ?? []).map(({ url }) => url);
				expect(urls).not.toEqual([]);
				expect(urls.filter((url) => parseUrl(url)?.protocol !== 'https:')).toEqual([]);
			}
		});

		it('uses only methods it has, and has only methods it uses', () => {
			const used = everyParameter(description.properties).flatMap(({ parameter }) => [
				...(parameter.modes ?? []).map(({ typeOptions }) => typeOptions?.searchListMethod),
				parameter.typeOptions?.loadOptionsMethod,
			]);
			const existing = [node.methods?.listSearch, node.methods?.loadOptions].flatMap((methods) =>
				Object.keys(methods ?? {}),
			);
			expect([...new Set(used.filter(Boolean))].sort()).toEqual(existing.sort());
		});

		it('uses credentials of this package and tests them', () => {
			const credentials = registeredCredentials().map(({ instance }) => instance.name);
			const tests = Object.keys(node.methods?.credentialTest ?? {});
			for (const { name, testedBy } of description.credentials ?? []) {
				expect(credentials).toContain(name);
				expect(tests).toContain(testedBy);
			}
		});

		it('can be stored as JSON', () => {
			expect(JSON.parse(JSON.stringify(description))).toEqual(description);
		});

		it('lets n8n change its description without changing that of the next instance', () => {
			const create = () => new (node.constructor as new () => INodeType)();
			const changed = create();
			const untouched = JSON.stringify(changed.description);
			expect(frozenParts(changed.description)).toEqual([]);
			for (const { parameter } of everyParameter(changed.description.properties)) {
				parameter.options?.push({ name: 'Custom API Call', value: '__CUSTOM_API_CALL__' });
				parameter.displayOptions = { show: { changed: [true] } };
				parameter.description = 'changed';
			}
			changed.description.properties.unshift({ displayName: 'Changed', name: 'changed', type: 'string', default: '' });
			expect(JSON.stringify(create().description)).toBe(untouched);
		});
	},
);

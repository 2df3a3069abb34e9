import { registeredCredentials } from '../support/n8n/registeredTypes';
import { choices } from './everyParameter';
import { missingIcons } from './objectRules';
import { parameterRules, violations } from './parameterRules';

/** Fields that anybody may read, although their names end like a secret's. */
const isSecret = (name: string) => /(token|secret|password|passphrase)$/i.test(name);

describe.each(registeredCredentials().map((credential) => [credential.instance.displayName, credential] as const))(
	'%s',
	(_, { instance: credential, source, className }) => {
		it('is called like its file', () => {
			expect(credential.name).toBe(className.charAt(0).toLowerCase() + className.slice(1));
			expect(credential.name).toMatch(/Api$/);
			expect(credential.displayName).toContain('API');
		});

		it('does not take over a credential of n8n itself', () => {
			expect(credential.name).not.toBe('twilioApi');
		});

		it('has icons and a documentation page', () => {
			expect(missingIcons(credential.icon, source)).toEqual([]);
			expect(credential.documentationUrl).toMatch(/^https:\/\//);
		});

		it('hides secrets, shows the rest, and presets no secret', () => {
			const secrets = credential.properties.filter(({ name }) => isSecret(name));
			expect(secrets.length).toBeGreaterThan(0);
			expect(secrets.filter(({ typeOptions, default: value }) => !typeOptions?.password || value !== '')).toEqual([]);
			const others = credential.properties.filter(({ name }) => !isSecret(name));
			expect(others.filter(({ typeOptions }) => typeOptions?.password)).toEqual([]);
		});

		it.each([
			'has a default that its field can show',
			'gives its options unique names and values',
			'sorts long lists by name',
			'ends descriptions with a period only after several sentences',
		])('every field %s', (name) => {
			const rule = parameterRules[name];
			expect(rule && violations(rule, credential.properties)).toEqual([]);
		});

		it('shows fields by choices that exist', () => {
			for (const { displayOptions } of credential.properties) {
				for (const [key, values] of Object.entries(displayOptions?.show ?? {})) {
					const controller = credential.properties.find(({ name }) => name === key);
					const possible = controller ? choices(controller).map(({ value }) => value) : [];
					expect(possible).toEqual(expect.arrayContaining(values ?? []));
				}
			}
		});

		it('can be stored as JSON', () => {
			const { properties } = credential;
			expect(JSON.parse(JSON.stringify(properties))).toEqual(properties);
		});
	},
);

import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult, INodeType } from 'n8n-workflow';
import { createAdditionalData } from './additionalData';

/** Saves a credential in the editor, so that n8n tests it by the node's method (`testedBy`). `data` is passed as given. */
export async function testCredential(
	node: INodeType,
	method: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const test = node.methods?.credentialTest?.[method];
	if (!test) throw new Error(`${node.description.name} has no credentialTest method "${method}"`);
	const type = node.description.credentials?.find(({ testedBy }) => testedBy === method)?.name;
	if (!type) throw new Error(`No credential of ${node.description.name} is testedBy "${method}"`);
	const context = new CredentialTestContext(createAdditionalData({ credentials: { [type]: data } }, 'internal'));
	return await test.call(context, { id: type, name: `Test ${type}`, type, data: structuredClone(data) });
}

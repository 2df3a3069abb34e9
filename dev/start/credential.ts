import type { N8nClient, StoredCredential } from '../n8n';
import type { Simulator } from '../simulator';

/** The type of our credential. */
export const credentialType = 'twilioExtendedApi';

const name = 'Twilio simulator';

/** Stores the credential for the simulator, or brings the stored one up to date: the simulator's port may differ. */
export async function storeCredential(n8n: N8nClient, simulator: Simulator): Promise<StoredCredential> {
	const { accountSid, authToken } = simulator.account;
	const data = { authType: 'authToken', accountSid, authToken, region: 'custom', baseUrl: simulator.baseUrl };
	const stored = (await n8n.listCredentials()).find(
		(credential) => credential.type === credentialType && credential.name === name,
	);
	return stored ? await n8n.updateCredential(stored, data) : await n8n.createCredential(credentialType, name, data);
}

import { developmentOwner, N8nClient, N8nRequestError } from '../n8n';

/**
 * Logs in to n8n as the owner, whom it makes in a new n8n.
 *
 * @throws Error that says what to do when somebody changed the owner's login
 */
export async function logIn(url: string): Promise<N8nClient> {
	const client = new N8nClient(url);
	if (await isNew(client)) {
		await client.ownerSetup();
		return client;
	}
	try {
		await client.login();
	} catch (error) {
		if (!(error instanceof N8nRequestError) || error.status !== 401) throw error;
		throw new Error(
			`This n8n's owner is no longer ${developmentOwner.email} with the password ${developmentOwner.password}. Change that back, or remove n8n's data folder to start anew.`,
		);
	}
	return client;
}

async function isNew(client: N8nClient): Promise<boolean> {
	const response = await client.send('GET', '/rest/settings');
	const { data } = (await response.json()) as { data: { userManagement: { showSetupOnFirstLoad?: boolean } } };
	return data.userManagement.showSetupOnFirstLoad === true;
}

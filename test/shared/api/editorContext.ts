import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions } from 'n8n-workflow';
import type { TwilioCredentials } from '../../../nodes/shared/api/credentials';
import { createTwilioClient, type ClientOptions, type TwilioClient } from '../../../nodes/shared/api/client';
import { Twilio } from '../../../nodes/Twilio/Twilio.node';
import { loadOptionsContext } from '../../support/n8n';
import { tokenCredentials } from './sampleCredentials';

/** A context of n8n-core's own: what sends requests here is what sends them in an installed n8n. */
export function editorContext(credentials: TwilioCredentials = tokenCredentials): ILoadOptionsFunctions {
	return loadOptionsContext({
		node: new Twilio(),
		credentials: { twilioExtendedApi: credentials as unknown as ICredentialDataDecryptedObject },
	});
}

/** A client for one item. */
export function clientFor(
	credentials: TwilioCredentials = tokenCredentials,
	options: Partial<ClientOptions> = {},
): TwilioClient {
	return createTwilioClient(editorContext(credentials), credentials, { itemIndex: 0, ...options });
}

/** The error that a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
	return await promise.then(
		() => {
			throw new Error('It was not rejected');
		},
		(error: Error) => error,
	);
}

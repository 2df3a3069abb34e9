import { isTwilioError, type TwilioError } from '../../shared/api/errors';

/**
 * What a request comes to where one of Twilio's error codes means something of its own: a result, or an error in other words.
 * All other errors stay as they are.
 *
 * @param code such as 21220
 * @param become gives the result, or throws
 */
export async function onCode<T, R>(
	request: Promise<T>,
	code: number,
	become: (error: TwilioError) => R,
): Promise<T | R> {
	return await request.catch((error: unknown) => {
		if (isTwilioError(error) && error.code === code) return become(error);
		throw error;
	});
}

import type { IDataObject } from 'n8n-workflow';

import { mockAnswer } from '../simulator/openApi';

/** A made-up answer of Twilio's, of something that is as far as the operation needs it to be. */
export function sampleAnswer(method: string, product: string, path: string): IDataObject {
	const answer: IDataObject = { ...mockAnswer({ method, product, path }) };
	const status = path.includes('/Recordings/') ? 'completed' : 'in-progress';
	return 'status' in answer ? { ...answer, status } : answer;
}

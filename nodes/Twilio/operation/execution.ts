import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { TwilioClient } from '../../shared/api/client';

/** What a prepared request is sent with. There are no parameters: all that is to be known of them was prepared. */
export interface ExecutionCall {
	/** Sends requests; errors carry the item. */
	twilio: TwilioClient;
	/** n8n's context, for binary data. */
	context: IExecuteFunctions;
}

/** A row, several rows (one item each), or a file with its facts. */
export type OperationResult = IDataObject | IDataObject[] | Required<Pick<INodeExecutionData, 'json' | 'binary'>>;

import type { DocumentName } from './documents';

/** A path that Twilio serves although its OpenAPI file does not list it. */
export interface ExtraPath {
	document: DocumentName;
	/** Path to add, as an OpenAPI template. */
	path: string;
	/** Listed path whose path parameters it takes over. */
	like: string;
	operationId: string;
	/** Query parameters it accepts, with their schemas. */
	query?: Record<string, object>;
	/** Status of a good answer. */
	status: number;
}

const account = '/2010-04-01/Accounts/{AccountSid}';

/** Downloads: the OpenAPI files describe the JSON resources only. */
export const extraPaths: ExtraPath[] = [
	// https://www.twilio.com/docs/messaging/api/media-resource: the URI without ".json" is the file itself
	{
		document: 'api_v2010',
		path: `${account}/Messages/{MessageSid}/Media/{Sid}`,
		like: `${account}/Messages/{MessageSid}/Media/{Sid}.json`,
		operationId: 'DownloadMedia',
		status: 307,
	},
	// https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file: no extension means WAV
	...['', '.wav', '.mp3'].map((extension) => ({
		document: 'api_v2010' as const,
		path: `${account}/Recordings/{Sid}${extension}`,
		like: `${account}/Recordings/{Sid}.json`,
		operationId: `DownloadRecording${extension.replace('.', '_')}`,
		query: { RequestedChannels: { type: 'integer', enum: [1, 2] } },
		status: 200,
	})),
];

/** Form parameters that Twilio accepts although its OpenAPI files do not, or not like this. */
export const extraFormParameters: Array<{
	document: DocumentName;
	operationId: string;
	parameters: Record<string, object>;
}> = [
	{
		document: 'api_v2010',
		operationId: 'CreateMessage',
		// Younger than the files; both are in the `twilio` SDK 6.2.0.
		parameters: { FallbackFrom: { type: 'string' }, MessageIntent: { type: 'string' } },
	},
	{
		document: 'api_v2010',
		operationId: 'UpdateIncomingPhoneNumber',
		// An empty SID removes what it named, as an empty URL does; Twilio's own answers show "sms_application_sid": "".
		parameters: Object.fromEntries(
			Object.entries({ SmsApplication: 'AP', VoiceApplication: 'AP', Address: 'AD', Bundle: 'BU', Trunk: 'TK' }).map(
				([name, prefix]) => [`${name}Sid`, { type: 'string', pattern: `^(${prefix}[0-9a-fA-F]{32})?$` }],
			),
		),
	},
];

/*
 * The fourth exception, "a plain day where the file says date-time", needs no entry: Twilio's own examples use one, see
 * `times.ts`.
 */

import { createHash } from 'node:crypto';
import twilio from 'twilio';
import { makeUp, startSimulator, type Simulator } from '../../dev/simulator';
import type { CallRow } from '../../dev/simulator/resources/callRow';
import { basic, caller, withReceiver } from './asking';

let simulator: Simulator;
let ask: ReturnType<typeof caller>;
let clock = new Date('2026-11-23T12:00:00Z');

beforeAll(async () => {
	simulator = await startSimulator({ now: () => clock });
	ask = caller(simulator);
});

afterAll(() => simulator.close());

beforeEach(() => {
	clock = new Date('2026-11-23T12:00:00Z');
	simulator.reset();
});

const owned = '+15005550006';
const recipient = '+15005550010';
const base = { To: recipient, From: owned, Twiml: '<Response/>' };
const unknown = 'f'.repeat(32);

async function make(more: Record<string, string> | Array<[string, string]> = {}): Promise<CallRow> {
	const form = Array.isArray(more) ? [...Object.entries(base), ...more] : { ...base, ...more };
	const { status, json } = await ask('/Calls.json', { form });
	expect([status, json]).toEqual([201, expect.objectContaining({ status: 'queued' })]);
	return json as CallRow;
}

const rowOf = (sid: string) => simulator.state.calls.find((row) => row.sid === sid)!;

/** Steps on, with so many seconds before each step. */
async function advance(...seconds: number[]): Promise<void> {
	for (const second of seconds) {
		clock = new Date(clock.getTime() + second * 1000);
		await simulator.advance();
	}
}

describe('calls', () => {
	it('have no dates when they are asked for, and all of them at the end', async () => {
		const made = await make();
		const none = { date_created: null, date_updated: null, start_time: null, end_time: null, duration: null };
		expect(made).toMatchObject({ ...none, price: null, direction: 'outbound-api', to_formatted: '(500) 555-0010' });
		expect(made.phone_number_sid).toBe(simulator.state.phoneNumbers[0]!.sid);

		const statuses: string[] = [];
		for (const seconds of [1, 5, 42, 1]) {
			await advance(seconds);
			statuses.push(rowOf(made.sid).status);
		}
		expect(statuses).toEqual(['ringing', 'in-progress', 'completed', 'completed']);
		expect((await ask(`/Calls/${made.sid}.json`)).json).toMatchObject({
			date_created: 'Mon, 23 Nov 2026 12:00:01 +0000',
			start_time: 'Mon, 23 Nov 2026 12:00:01 +0000',
			end_time: 'Mon, 23 Nov 2026 12:00:48 +0000',
			duration: '47',
			price: '-0.01400',
		});
	});

	it.each(['busy', 'no-answer', 'failed'] as const)('end as %s where a test wants it', async (failure) => {
		simulator.state.callFailures.set(recipient, failure);
		const { sid } = await make();
		await advance(1, 1, 1);
		const end_time = expect.stringMatching(/^\w{3}, .* \+0000$/) as string;
		expect(rowOf(sid)).toMatchObject({ status: failure, duration: '0', price: null, end_time });
	});

	it.each<[string, number, Record<string, string | undefined>]>([
		['no To', 21201, { To: undefined }],
		['an empty To', 21201, { To: '' }],
		['no From', 21213, { From: undefined }],
		['no instructions', 21205, { Twiml: undefined }],
		['two kinds of instructions', 20001, { Url: 'https://example.com/' }],
		['a URL that is none', 21205, { Twiml: undefined, Url: 'example' }],
		['a URL of another kind', 21205, { Twiml: undefined, Url: 'ftp://example.com/' }],
		['TwiML that is too long', 20001, { Twiml: 'x'.repeat(4001) }],
		['an unknown application', 21218, { Twiml: undefined, ApplicationSid: `AP${unknown}` }],
		['a callback that is no URL', 21609, { StatusCallback: 'example' }],
		['a detection callback that is no URL', 20001, { AsyncAmdStatusCallback: 'example' }],
		['a callback host with an underscore', 21609, { StatusCallback: 'https://my_host.example.com/' }],
		['an unknown event', 20001, { StatusCallbackEvent: 'hung-up' }],
		['an unknown recording event', 20001, { RecordingStatusCallbackEvent: 'started' }],
		['unknown channels', 20001, { RecordingChannels: 'stereo' }],
		['an unknown detection', 20001, { MachineDetection: 'true' }],
		['a timeout that is too long', 20001, { Timeout: '601' }],
		['a detection that is out of range', 20001, { MachineDetectionSilenceTimeout: '1999' }],
		['digits that no phone has', 20001, { SendDigits: '12x' }],
		['too many digits', 20001, { SendDigits: '1'.repeat(33) }],
		['digits for a SIP endpoint', 20001, { SendDigits: '1', To: 'sip:a@example.com' }],
		['a recipient that is no number', 21211, { To: 'Bob' }],
		['a caller that is no number', 21212, { From: 'Shop' }],
		['a caller who was not verified', 21210, { From: '+14155559999' }],
		['an unknown parameter', 20001, { Colour: 'red' }],
		['magic caller 1', 21212, { From: '+15005550001' }],
		['magic recipient 1', 21217, { To: '+15005550001' }],
		['magic recipient 2', 21214, { To: '+15005550002' }],
		['magic recipient 3', 21215, { To: '+15005550003' }],
		['magic recipient 4', 21216, { To: '+15005550004' }],
	])('are refused with %s', async (_case, code, change) => {
		const form = Object.entries({ ...base, ...change }).filter(
			(entry): entry is [string, string] => entry[1] !== undefined,
		);
		const { status, json } = await ask('/Calls.json', { form });
		expect([status, json.code]).toEqual([400, code]);
		expect(simulator.state.calls).toEqual([]);
	});

	it('are made from verified callers, with pauses and letters, and to SIP endpoints and clients', async () => {
		await make({ From: '+14155550188', SendDigits: 'wwAB12#*W' });
		await make({ To: 'sip:kate@example.com', SipAuthUsername: 'kate', SipAuthPassword: 'secret', From: 'Shop' });
		await make({ To: 'client:kate' });
		expect(simulator.state.calls).toHaveLength(3);
	});

	it('are cancelled, hung up, redirected and deleted when their status allows', async () => {
		const { sid } = await make();
		const update = async (form: Record<string, string>) => (await ask(`/Calls/${sid}.json`, { form })).json;
		expect(await update({ Url: 'https://example.com/' })).toMatchObject({ code: 21220 });
		expect((await ask(`/Calls/${sid}.json`, { method: 'DELETE' })).json.code).toBe(20009);
		await advance(1, 1);
		expect(await update({ Status: 'canceled' })).toMatchObject({ status: 'in-progress' });
		expect(await update({ Twiml: '<Response/>', Url: 'https://example.com/' })).toMatchObject({ code: 20001 });
		expect(await update({ Url: 'https://example.com/next' })).toMatchObject({ status: 'in-progress' });
		expect(simulator.state.callSettings.get(sid)?.instructions).toBe('https://example.com/next');
		clock = new Date(clock.getTime() + 9000);
		expect(await update({ Status: 'completed' })).toMatchObject({ status: 'completed', duration: '10' });
		for (const form of [{ Status: 'completed' }, { Url: 'https://example.com/' }] as Array<Record<string, string>>) {
			expect(await update(form)).toMatchObject({ code: 21220 });
		}
		const deletion = await ask(`/Calls/${sid}.json`, { method: 'DELETE' });
		expect([deletion.status, (await ask(`/Calls/${sid}.json`)).status]).toEqual([204, 404]);

		const queued = await make();
		const cancelled = await ask(`/Calls/${queued.sid}.json`, { form: { Status: 'canceled' } });
		expect(cancelled.json).toMatchObject({ status: 'canceled', duration: '0' });
	});

	it('are listed newest first, queued ones on top, filtered by day whatever the time', async () => {
		const at = (time: string, more: object = {}) =>
			simulator.call({ from: '+14155559999', to: owned, startTime: new Date(time), ...more });
		const first = at('2026-11-20T00:00:00Z');
		const last = at('2026-11-21T23:59:00Z', { duration: 120, parentCallSid: first.sid });
		const middle = at('2026-11-20T18:00:00Z', { status: 'busy', from: '+14155558888' });
		const queued = await make();
		const sids = async (query: string) =>
			((await ask(`/Calls.json?${query}`)).json.calls as CallRow[]).map(({ sid }) => sid);
		const { sid: a } = first;
		const [b, c, q] = [middle.sid, last.sid, queued.sid];
		expect(await sids('')).toEqual([q, c, b, a]);
		const cases: Array<[string, string[]]> = [
			['StartTime=2026-11-20', [b, a]],
			['StartTime=2026-11-20T18:00:00Z', [b, a]],
			['StartTime%3E=2026-11-20T18:00:00Z', [c, b, a]],
			['StartTime%3E=2026-11-21', [c]],
			['StartTime%3C=2026-11-21T12:00:00Z', [b, a]],
			['StartTime%3C=2026-11-20', []],
			['EndTime%3E=2026-11-22', [c]],
			['EndTime%3C=2026-11-22&StartTime%3E=2026-11-20', [b, a]],
			['Status=busy', [b]],
			['From=%2B14155558888', [b]],
			['To=%2B15005550010', [q]],
			[`ParentCallSid=${a}`, [c]],
		];
		for (const [query, expected] of cases) expect([query, await sids(query)]).toEqual([query, expected]);
		expect((await ask('/Calls.json?Status=ended')).json.code).toBe(20001);
	});

	it('report the events that were asked for, signed', async () => {
		await withReceiver([], async (origin, received) => {
			const events = ['initiated', 'ringing', 'answered', 'completed'].map((event): [string, string] => [
				'StatusCallbackEvent',
				event,
			]);
			const { sid } = await make([['StatusCallback', `${origin}/call#rc=1`], ...events]);
			await advance(1, 1, 61);
			expect(received.map(({ params }) => [params.CallStatus, params.SequenceNumber])).toEqual([
				['initiated', '0'],
				['ringing', '1'],
				['in-progress', '2'],
				['completed', '3'],
			]);
			expect(received[3]?.params).toMatchObject({ CallSid: sid, CallDuration: '62', Duration: '2', To: recipient });
			for (const { signature, params, url } of received) {
				expect(twilio.validateRequest(simulator.account.authToken, signature, origin + url, params)).toBe(true);
			}
		});
	});

	it('report only the end by default, also how it failed, and by GET if asked', async () => {
		await withReceiver([], async (origin, received) => {
			simulator.state.callFailures.set(recipient, 'busy');
			await make({ StatusCallback: `${origin}/call?x=1`, StatusCallbackMethod: 'GET' });
			await advance(1, 1, 1);
			expect(received).toHaveLength(1);
			const [{ method, url, signature, params }] = received as [(typeof received)[number]];
			expect([method, params]).toEqual(['GET', {}]);
			expect(new URL(origin + url).searchParams.get('CallStatus')).toBe('busy');
			expect(new URL(origin + url).searchParams.get('x')).toBe('1');
			expect(twilio.validateRequest(simulator.account.authToken, signature, origin + url, {})).toBe(true);
		});
	});

	it('report who answered, with the status, or by a callback of its own that comes later and has no status', async () => {
		await withReceiver([], async (origin, received) => {
			simulator.state.answerers.set(recipient, 'machine_end_beep');
			const detection = { StatusCallback: `${origin}/call`, MachineDetection: 'DetectMessageEnd' };
			const form = { ...detection, StatusCallbackEvent: 'answered', AsyncAmdStatusCallback: `${origin}/detection` };
			const now = await make(form);
			const later = await make({ ...form, AsyncAmd: 'true' });
			await make({ ...form, AsyncAmd: 'true', SendDigits: '1' });
			await advance(1, 1);
			const of = (sid: string) =>
				received.filter(({ params }) => params.CallSid === sid).map(({ url, params }) => [url, params.AnsweredBy]);
			expect(received).toHaveLength(4);
			expect(of(now.sid)).toEqual([['/call', 'machine_end_beep']]);
			expect(of(later.sid)).toEqual([
				['/call', undefined],
				['/detection', 'machine_end_beep'],
			]);
			const { params } = received.find(({ url }) => url === '/detection')!;
			expect(Object.keys(params).sort()).toEqual(['AccountSid', 'AnsweredBy', 'CallSid', 'MachineDetectionDuration']);
			expect((await ask(`/Calls/${later.sid}.json`)).json.answered_by).toBe('machine_end_beep');
		});
	});

	it("follow an application's callback, not their own", async () => {
		await withReceiver([], async (origin, received) => {
			const application = simulator.state.applications[0]!;
			application.status_callback = `${origin}/application`;
			const form = { To: recipient, From: owned, ApplicationSid: application.sid, StatusCallback: `${origin}/own` };
			expect((await ask('/Calls.json', { form })).status).toBe(201);
			await advance(1, 1, 1);
			expect(received.map(({ url }) => url)).toEqual(['/application']);
		});
	});
});

describe('recordings', () => {
	it('come with a call that is recorded, and are processed after it', async () => {
		await withReceiver([], async (origin, received) => {
			const { sid } = await make({
				Record: 'true',
				RecordingChannels: 'dual',
				RecordingStatusCallback: `${origin}/recording`,
				RecordingStatusCallbackEvent: 'in-progress completed',
			});
			const states: string[] = [];
			for (const seconds of [1, 1, 20, 1]) {
				await advance(seconds);
				states.push(simulator.state.recordings.map(({ status, duration }) => `${status} ${duration}`).join());
			}
			expect(states).toEqual(['', 'in-progress -1', 'processing 20', 'completed 20']);
			expect((await ask(`/Calls/${sid}/Recordings.json`)).json.recordings).toMatchObject([
				{ call_sid: sid, channels: 2, source: 'OutboundAPI', track: 'both', price: -0.0025 },
			]);
			expect(received.map(({ params }) => params.RecordingStatus)).toEqual(['in-progress', 'completed']);
			const { RecordingUrl, RecordingDuration } = received[1]!.params;
			expect(RecordingDuration).toBe('20');
			const { accountSid, authToken } = simulator.account;
			const media = await fetch(RecordingUrl!, { headers: { Authorization: basic(accountSid, authToken) } });
			expect([media.status, media.headers.get('content-type')]).toEqual([200, 'audio/x-wav']);
			await media.body?.cancel();
		});
	});

	it('are listed by second, by call, by conference and with those that were deleted', async () => {
		const conferenceSid = `CF${unknown}`;
		const call = simulator.call({ from: '+14155559999', to: owned });
		const at = (time: string) => ({ dateCreated: new Date(time) });
		const a = simulator.record({ callSid: call.sid, ...at('2026-11-20T10:00:00Z') });
		const b = simulator.record({ callSid: call.sid, ...at('2026-11-20T10:00:05Z') });
		const c = simulator.record({ conferenceSid, ...at('2026-11-21T10:00:00Z') });
		const deleted = await ask(`/Recordings/${b.sid}.json`, { method: 'DELETE' });
		expect(deleted.status).toBe(204);

		const cases: Array<[string, Array<{ sid: string }>]> = [
			['/Recordings.json', [c, a]],
			['/Recordings.json?IncludeSoftDeleted=true', [c, b, a]],
			['/Recordings.json?IncludeSoftDeleted=true&DateCreated%3E=2026-11-20T10:00:01Z', [c, b]],
			['/Recordings.json?DateCreated%3C=2026-11-20T10:00:00Z', [a]],
			['/Recordings.json?DateCreated=2026-11-21', [c]],
			[`/Recordings.json?CallSid=${call.sid}`, [a]],
			[`/Recordings.json?ConferenceSid=${conferenceSid}`, [c]],
			[`/Calls/${call.sid}/Recordings.json`, [a]],
			[`/Calls/${call.sid}/Recordings.json?DateCreated%3E=2026-11-21`, []],
			[`/Conferences/${conferenceSid}/Recordings.json`, [c]],
		];
		for (const [path, expected] of cases) {
			const { json } = await ask(path);
			const sids = (json.recordings as Array<{ sid: string }>).map(({ sid }) => sid);
			expect([path, sids]).toEqual([path, expected.map(({ sid }) => sid)]);
		}
		for (const [path, status] of [
			[`/Recordings/${a.sid}.json`, 200],
			[`/Recordings/${b.sid}.json`, 404],
			[`/Recordings/${b.sid}.json?IncludeSoftDeleted=true`, 200],
			[`/Recordings/${b.sid}.mp3`, 404],
			[`/Calls/${call.sid}/Recordings/${a.sid}.json`, 200],
			[`/Calls/CA${unknown}/Recordings/${a.sid}.json`, 404],
			[`/Calls/CA${unknown}/Recordings.json`, 404],
			[`/Calls/${call.sid}/Recordings.json?DateCreated%3E=2026-11-21T00:00:00Z`, 400],
			[`/Conferences/${conferenceSid}/Recordings/${c.sid}.json`, 200],
		] as const) {
			expect([path, (await ask(path)).status]).toEqual([path, status]);
		}
	});

	const download = async (path: string) => {
		const { accountSid, authToken } = simulator.account;
		const url = `${simulator.origin}/api/2010-04-01/Accounts/${accountSid}/Recordings/${path}`;
		return await fetch(url, { headers: { Authorization: basic(accountSid, authToken) } });
	};

	it.each([
		['', 'audio/x-wav', 44 + 15 * 16_000],
		['.wav', 'audio/x-wav', 44 + 15 * 16_000],
		['.mp3', 'audio/mpeg', 60_048],
	])('are served as <sid>%s', async (extension, type, size) => {
		const { sid } = simulator.record();
		const answer = await download(sid + extension);
		const bytes = Buffer.from(await answer.arrayBuffer());
		expect([answer.status, answer.headers.get('content-type'), bytes.length]).toEqual([200, type, size]);
		expect(answer.headers.get('content-length')).toBe(String(size));
		expect(bytes.subarray(0, 4).toString('latin1')).toBe(extension === '.mp3' ? '\xff\xfb\x18\xc0' : 'RIFF');
	});

	it('have the channels that were recorded and asked for', async () => {
		const mono = simulator.record();
		const dual = simulator.record({ channels: 2, duration: 1 });
		const channelsOf = async (path: string) => Buffer.from(await (await download(path)).arrayBuffer()).readUInt16LE(22);
		expect(await channelsOf(dual.sid)).toBe(2);
		expect(await channelsOf(`${dual.sid}.wav?RequestedChannels=1`)).toBe(1);
		const refused = await ask(`/Recordings/${mono.sid}.wav?RequestedChannels=2`);
		expect(refused.status).toBe(400);
		expect(refused.text).toContain('<Code>16113</Code>');
	});

	it('cannot be had or deleted before they are processed', async () => {
		const { sid } = simulator.record({ status: 'processing' });
		expect((await download(`${sid}.mp3`)).status).toBe(404);
		expect((await ask(`/Recordings/${sid}.json`, { method: 'DELETE' })).json.code).toBe(20009);
		await advance(1);
		expect((await download(`${sid}.mp3`)).status).toBe(200);
	});

	it('may be of any size or content', async () => {
		const { sid } = simulator.record({ content: Buffer.from('own sound') });
		expect(await (await download(`${sid}.mp3`)).text()).toBe('own sound');
	});

	it('are streamed: hundreds of megabytes take no memory to speak of', async () => {
		const size = 300 * 1024 * 1024 + 1;
		const { sid } = simulator.record({ content: { size } });
		const before = process.memoryUsage().rss;
		const answer = await download(`${sid}.wav`);
		expect(answer.headers.get('content-length')).toBe(String(size));
		const arrived = createHash('md5');
		let bytes = 0;
		for await (const chunk of answer.body!) {
			arrived.update(chunk);
			bytes += chunk.length;
		}
		expect(process.memoryUsage().rss - before).toBeLessThan(size / 2);
		const sent = createHash('md5');
		for (const chunk of makeUp(size)) sent.update(chunk);
		expect([bytes, arrived.digest('hex')]).toEqual([size, sent.digest('hex')]);
	}, 30_000);

	it('can break off in the middle', async () => {
		const { sid } = simulator.record({ content: { size: 1_000_000 } });
		simulator.fault({ path: '/Recordings/', truncate: 100_000 });
		await expect(download(`${sid}.wav`).then((answer) => answer.arrayBuffer())).rejects.toThrow('terminated');
	});
});

describe('media of messages', () => {
	it('may be of any size, too', async () => {
		const size = 20_000_000;
		const row = simulator.receive({
			from: '+14155559999',
			to: owned,
			media: [{ contentType: 'video/mp4', content: { size } }],
		});
		const { headers } = await ask(`/Messages/${row.sid}/Media/${simulator.state.media[0]!.sid}`);
		const file = await fetch(headers.get('location') ?? '');
		expect([file.headers.get('content-type'), file.headers.get('content-length')]).toEqual(['video/mp4', String(size)]);
		expect((await file.arrayBuffer()).byteLength).toBe(size);
	});
});

describe('transcriptions', () => {
	it('have their text when they are completed, and are listed and deleted', async () => {
		const recording = simulator.record({ duration: 7 });
		const done = simulator.transcribe({ recordingSid: recording.sid, text: 'Done' });
		const running = simulator.transcribe({ recordingSid: recording.sid, text: 'Later', status: 'in-progress' });
		const other = simulator.transcribe({ recordingSid: simulator.record().sid, status: 'failed' });
		const texts = async (path: string) =>
			((await ask(path)).json.transcriptions as Array<{ transcription_text: string }>).map(
				({ transcription_text }) => transcription_text,
			);
		expect(await texts('/Transcriptions.json')).toEqual(['', '', 'Done']);
		expect(await texts(`/Recordings/${recording.sid}/Transcriptions.json`)).toEqual(['', 'Done']);
		expect((await ask(`/Transcriptions/${running.sid}.json`, { method: 'DELETE' })).json.code).toBe(20009);
		await advance(1);
		expect(await texts('/Transcriptions.json')).toEqual(['', 'Later', 'Done']);
		expect((await ask(`/Transcriptions/${done.sid}.json`)).json).toMatchObject({ duration: '7', status: 'completed' });
		expect((await ask(`/Recordings/${recording.sid}/Transcriptions/${other.sid}.json`)).status).toBe(404);
		expect((await ask(`/Recordings/RE${unknown}/Transcriptions.json`)).status).toBe(404);
		expect((await ask(`/Transcriptions/${done.sid}.json`, { method: 'DELETE' })).status).toBe(204);
		expect((await ask(`/Transcriptions/${done.sid}.json`)).status).toBe(404);
	});
});

import { createAccount } from './account';
import { json, judge, type IncomingRequest, type Judgement, type OutgoingAnswer } from './answerRequest';
import { CallbackSender } from './callbacks';
import { bodyOfStatus } from './errors';
import { Faults, type Fault } from './faults';
import { answerMedia } from './mediaOrigin';
import { createPage } from './page';
import type { World } from './resource';
import { createState, happeningsIn, resources } from './resources';
import { openServer, type RawRequest, type Reply } from './server';
import { randomHex } from './sids';
import type { RecordedRequest, Simulator, SimulatorOptions } from './simulator';

export type { Account } from './account';
export type { DeliveredCallback } from './callbacks';
export { makeUp, type FileContent } from './content';
export type { Fault } from './faults';
export type { RecordedRequest, Simulator, SimulatorOptions } from './simulator';
export type { State } from './state';

/** Starts a simulator on this machine. */
export async function startSimulator({
	port = 0,
	latency = 0,
	now = () => new Date(),
	statusInterval,
	account: given,
}: SimulatorOptions = {}): Promise<Simulator> {
	const account = createAccount(given);
	const fresh = () => createState({ ...account, now: now() });
	const callbacks = new CallbackSender(account.authToken, () => page.changed());
	const faults = new Faults();
	const requests: RecordedRequest[] = [];
	const state = fresh();
	let answering = 0;

	/** Records a request, applies the fault that hits it, and answers. */
	async function reply(
		request: IncomingRequest,
		{ act, ...judgement }: Judgement,
		wait: RawRequest['wait'],
	): Promise<Reply> {
		const { method, product, path, query, form, json: body, headers } = request;
		const record: RecordedRequest = {
			method,
			product,
			path,
			query,
			form,
			json: body,
			headers,
			...judgement,
			status: 0,
		};
		requests.push(record);
		page.changed();
		const concurrent = ++answering;
		try {
			const fault = faults.take(request);
			const isDecided = fault?.status !== undefined;
			const early = fault?.when === 'after' ? act() : undefined;
			await wait(simulator.latency + (fault?.delay ?? 0));
			if (fault?.destroy) return 'destroy';
			const answer = isDecided ? faultAnswer(fault ?? {}, product) : (early ?? act());
			Object.assign(record, { status: answer.status, ...errorOf(answer) });
			return {
				status: answer.status,
				headers: {
					Date: now().toUTCString(),
					'Twilio-Request-Id': `RQ${randomHex()}`,
					'Twilio-Concurrent-Requests': String(concurrent),
					...answer.headers,
					...fault?.headers,
				},
				content: answer.content,
				truncate: fault?.truncate,
			};
		} finally {
			answering--;
			page.changed();
		}
	}

	const media = await openServer(0, async (raw) => {
		const request = { ...raw, product: 'media', form: [], productUrl: '' };
		const act = () => answerMedia(world, raw.target, raw.headers.authorization);
		return reply(request, { authorized: false, operationId: undefined, act }, raw.wait);
	});

	const main = await openServer(port, async (raw) => {
		const own = page.answer(raw);
		if (own) return own;
		const [, product = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(raw.path) ?? [];
		const request: IncomingRequest = { ...raw, product, path, productUrl: `http://${raw.headers.host}/${product}` };
		return reply(request, judge(world, request), raw.wait);
	});

	const world: World = { account, state, now, callbacks, mediaOrigin: media.origin, origin: main.origin };

	const simulator: Simulator = {
		...happeningsIn(world, () => page.changed()),
		port: main.port,
		origin: main.origin,
		baseUrl: `${main.origin}/{product}`,
		mediaOrigin: media.origin,
		account,
		state,
		requests,
		callbacks: callbacks.delivered,
		latency,
		fault: (fault) => faults.add(fault),
		async advance() {
			for (const resource of resources) resource.advance?.(world);
			page.changed();
			await callbacks.settle();
		},
		settle: () => callbacks.settle(),
		reset() {
			Object.assign(state, fresh());
			faults.clear();
			requests.length = 0;
			callbacks.delivered.length = 0;
			simulator.latency = latency;
			page.changed();
		},
		async close() {
			clearInterval(timer);
			callbacks.close();
			await Promise.all([main.close(), media.close()]);
		},
	};
	const page = createPage(simulator);
	const timer = statusInterval === undefined ? undefined : setInterval(() => void simulator.advance(), statusInterval);
	return simulator;
}

/** Code and message of an answer that is an error. */
function errorOf({ status, headers, content }: OutgoingAnswer): Pick<RecordedRequest, 'errorCode' | 'errorMessage'> {
	if (status < 400 || !Buffer.isBuffer(content) || !headers['Content-Type']?.includes('json')) return {};
	const { code, message } = JSON.parse(content.toString('utf8')) as { code?: number; message?: string };
	return { errorCode: code, errorMessage: message };
}

function faultAnswer({ status = 500, body }: Fault, product: string): OutgoingAnswer {
	if (typeof body === 'string')
		return { status, headers: { 'Content-Type': 'text/plain' }, content: Buffer.from(body) };
	return json(status, body ?? bodyOfStatus(status, product));
}

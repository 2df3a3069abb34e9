import { ownNumber, useSimulatedTwilio } from '../../Twilio/simulatedTwilio';

const twilio = useSimulatedTwilio();

const caller = '+14155550111';

/** Which lists were read, and how many rows at once. */
const reads = () =>
	twilio.simulator.requests.map(({ operationId, query }) => [operationId, Object.fromEntries(query).PageSize]);

it('calls are the newest ones, with who, when and how they stand', async () => {
	const startTime = new Date('2026-11-20T10:00:00Z');
	const ended = twilio.simulator.call({ from: caller, to: ownNumber, startTime });
	const queued = twilio.simulator.call({
		from: ownNumber,
		to: caller,
		direction: 'outbound-api',
		status: 'queued',
	});
	expect((await twilio.choices('searchCalls')).results).toEqual([
		{ name: `${ownNumber} → ${caller}, not started (queued)`, value: queued.sid },
		{ name: `${caller} → ${ownNumber}, Fri, 20 Nov 2026 10:00:00 +0000 (completed)`, value: ended.sid },
	]);
	expect((await twilio.choices('searchCalls', 'COMPLETED')).results).toMatchObject([{ value: ended.sid }]);
	expect((await twilio.choices('searchCalls', queued.sid)).results).toMatchObject([{ value: queued.sid }]);
});

it('recordings are the newest ones, with when, how long and how they stand', async () => {
	const dateCreated = new Date('2026-11-20T10:00:00Z');
	const older = twilio.simulator.record({ dateCreated, duration: 15 });
	const newer = twilio.simulator.record({ status: 'processing', duration: 7 });
	expect((await twilio.choices('searchRecordings')).results).toEqual([
		{ name: `${newer.date_created}, 7 s (processing)`, value: newer.sid },
		{ name: 'Fri, 20 Nov 2026 10:00:00 +0000, 15 s (completed)', value: older.sid },
	]);
	expect((await twilio.choices('searchRecordings', '15 s')).results).toMatchObject([{ value: older.sid }]);
});

it('caller IDs are the numbers that can call and those that were verified', async () => {
	const mute = twilio.simulator.state.phoneNumbers.find(({ phone_number: number }) => number === '+442079460100');
	if (mute) mute.capabilities = { ...mute.capabilities, voice: false };
	const { results } = await twilio.choices('searchCallerIds');
	expect(results.map(({ name, value }) => [name, value]).sort()).toEqual([
		['+14155550100 (San Francisco)', '+14155550100'],
		['+14155550188 (Front desk)', '+14155550188'],
		['+15005550006 (Magic number)', '+15005550006'],
		['+18005550199 (Hotline)', '+18005550199'],
	]);
	expect((await twilio.choices('searchCallerIds', 'front')).results).toMatchObject([{ value: '+14155550188' }]);
});

it('phone numbers are all of the account, by SID', async () => {
	const { results } = await twilio.choices('searchPhoneNumbers');
	expect(results.map(({ value }) => value).sort()).toEqual(
		twilio.simulator.state.phoneNumbers.map(({ sid }) => sid).sort(),
	);
	const hotline = twilio.simulator.state.phoneNumbers.find((row) => row.friendly_name === 'Hotline');
	expect((await twilio.choices('searchPhoneNumbers', 'hotline')).results).toEqual([
		{ name: '+18005550199 (Hotline)', value: hotline?.sid },
	]);
});

it('Verify services are those of the account, by name', async () => {
	const { results } = await twilio.choices('searchVerifyServices');
	expect(results.map(({ name }) => name).sort()).toEqual(['Checkout', 'Login']);
	const login = twilio.simulator.state.verifyServices.find((row) => row.friendly_name === 'Login');
	expect((await twilio.choices('searchVerifyServices', 'log')).results).toEqual([{ name: 'Login', value: login?.sid }]);
});

it.each([
	['searchCalls', () => twilio.simulator.call({ from: caller, to: ownNumber }), ['ListCall']],
	['searchRecordings', () => twilio.simulator.record(), ['ListRecording']],
	['searchPhoneNumbers', addNumber, ['ListIncomingPhoneNumber']],
	['searchCallerIds', addNumber, ['ListIncomingPhoneNumber', 'ListOutgoingCallerId']],
	['searchVerifyServices', addService, ['ListService']],
])('%s reads one page only, however long the list', async (method, add, lists) => {
	for (let n = 0; n < 150; n++) add();
	const { results, paginationToken } = await twilio.choices(method);
	expect(reads().sort()).toEqual(lists.map((name) => [name, '100']));
	// Caller IDs come from two lists, of which the second has a single row.
	expect(results).toHaveLength(99 + lists.length);
	expect(paginationToken).toBeUndefined();
});

function addNumber(): void {
	const { phoneNumbers } = twilio.simulator.state;
	const number = `+1415556${String(phoneNumbers.length).padStart(4, '0')}`;
	phoneNumbers.push({
		...phoneNumbers[0]!,
		sid: `PN${String(phoneNumbers.length).padStart(32, '0')}`,
		phone_number: number,
	});
}

function addService(): void {
	const { verifyServices } = twilio.simulator.state;
	verifyServices.push({ ...verifyServices[0]!, sid: `VA${String(verifyServices.length).padStart(32, '0')}` });
}

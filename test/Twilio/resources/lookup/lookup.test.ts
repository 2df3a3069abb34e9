import { useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

const number = '+14155552671';

it('tells of a valid number what is free, however it is written', async () => {
	const { json, error } = await twilio.run('lookup.get', { phoneNumber: '+1 (415) 555-2671' });
	expect(error).toBeUndefined();
	expect(json).toEqual([
		expect.objectContaining({ phone_number: number, valid: true, country_code: 'US', line_type_intelligence: null }),
	]);
	expect(twilio.simulator.requests).toMatchObject([{ product: 'lookups', query: [] }]);
	expect(decodeURIComponent(twilio.simulator.requests[0]?.path ?? '')).toBe(`/v2/PhoneNumbers/${number}`);
});

it('asks for the fields that were chosen, as one list', async () => {
	const fields = ['line_type_intelligence', 'sim_swap'];
	const { json } = await twilio.run('lookup.get', { phoneNumber: number, fields });
	expect(twilio.simulator.requests[0]?.query).toEqual([['Fields', 'line_type_intelligence,sim_swap']]);
	expect(json[0]).toMatchObject({
		line_type_intelligence: { type: 'mobile' },
		sim_swap: { carrier_name: expect.any(String) },
		caller_name: null,
	});
});

it('refuses fields that do not exist before any request: they cost money', async () => {
	const { error } = await twilio.run('lookup.get', { phoneNumber: number, fields: ['everything'] });
	expect(error?.message).toContain("'Fields' must be one of");
	expect(twilio.simulator.requests).toEqual([]);
});

it('reads a number as written in a country', async () => {
	const { json } = await twilio.run('lookup.get', { phoneNumber: '020 7946 0100', options: { countryCode: 'GB' } });
	expect(twilio.simulator.requests[0]?.query).toEqual([['CountryCode', 'GB']]);
	expect(json).toMatchObject([{ phone_number: '+442079460100', valid: true, country_code: 'GB' }]);
});

describe('a number that is none', () => {
	it('is an item, where Twilio says so with 200', async () => {
		const { json, error } = await twilio.run('lookup.get', { phoneNumber: '+1415555' });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ phone_number: '+1415555', valid: false, validation_errors: ['TOO_SHORT'] }]);
	});

	it('is an item, where Twilio says so with 404; the others are looked up all the same', async () => {
		twilio.simulator.state.lookupErrors.set('+14155550000', 20404);
		const { json, error } = await twilio.run(
			'lookup.get',
			{ phoneNumber: '={{ $json.phone }}' },
			{ items: [{ phone: '+14155550000' }, { phone: number }] },
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{ phone_number: '+14155550000', valid: false, validation_errors: [expect.stringContaining('was not found')] },
			expect.objectContaining({ phone_number: number, valid: true }),
		]);
	});

	it('is not taken for one when the 404 is not of Twilio, as with a wrong base URL', async () => {
		twilio.simulator.fault({ status: 404, body: 'Not Found' });
		const { error } = await twilio.run('lookup.get', { phoneNumber: number });
		expect(error).toMatchObject({ httpCode: '404' });
	});
});

it("fails with Twilio's words for every other error", async () => {
	twilio.simulator.fault({ status: 403, body: { code: 70051, message: 'No permission', status: 403 } });
	const { error } = await twilio.run('lookup.get', { phoneNumber: number });
	expect(error).toMatchObject({ message: 'No permission', context: { data: { code: 70051 } } });
});

import type { NewTranscription, TranscriptionRow } from '../../../../dev/simulator/resources/transcriptions';
import { transcription } from '../../../../nodes/Twilio/resources/transcription';
import { transcriptionRow } from '../../../../nodes/Twilio/resources/transcription/fields';
import { sampleSid } from '../../../shared/api/sampleCredentials';
import { useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

const transcribe = (more: Partial<NewTranscription> = {}): TranscriptionRow =>
	twilio.simulator.transcribe({ recordingSid: twilio.simulator.record().sid, text: 'Call me back.', ...more });

it('get gives the text in a simple row, or all of it', async () => {
	const row = transcribe();
	const { json } = await twilio.run('transcription.get', { transcriptionSid: row.sid });
	expect(Object.keys(json[0] ?? {})).toEqual([...transcriptionRow]);
	expect(json[0]).toMatchObject({ sid: row.sid, transcription_text: 'Call me back.', status: 'completed' });
	const whole = await twilio.run('transcription.get', { transcriptionSid: row.sid, simplify: false });
	expect(whole.json).toEqual([row]);
});

describe('get many', () => {
	it('lists those of the account, newest first, up to the limit', async () => {
		const [older, newer] = [1, 2].map((day) => transcribe({ dateCreated: new Date(`2026-11-0${day}`) }));
		const { json } = await twilio.run('transcription.getAll');
		expect(json.map(({ sid }) => sid)).toEqual([newer?.sid, older?.sid]);
		expect(Object.keys(json[0] ?? {})).toEqual([...transcriptionRow]);
		const limited = await twilio.run('transcription.getAll', { limit: 1, simplify: false });
		expect(limited.json).toEqual([newer]);
	});

	it('lists those of one recording', async () => {
		const { sid, recording_sid: recordingSid } = transcribe();
		transcribe();
		const { json } = await twilio.run('transcription.getAll', { filters: { recordingSid } });
		expect(json.map((row) => row.sid)).toEqual([sid]);
		expect(twilio.simulator.requests.at(-1)?.path).toContain(`/Recordings/${recordingSid}/Transcriptions.json`);
	});

	it("fails with Twilio's words for a recording that is not there", async () => {
		const { error } = await twilio.run('transcription.getAll', { filters: { recordingSid: sampleSid('RE') } });
		expect(error).toMatchObject({ httpCode: '404', context: { data: { code: 20404 } } });
	});
});

describe('delete', () => {
	it('gives the SID of what is gone', async () => {
		const { sid } = transcribe();
		expect((await twilio.run('transcription.delete', { transcriptionSid: sid })).json).toEqual([
			{ sid, deleted: true },
		]);
		expect(twilio.simulator.state.transcriptions).toEqual([]);
	});

	it('is refused by Twilio while it is in progress', async () => {
		const { error } = await twilio.run('transcription.delete', {
			transcriptionSid: transcribe({ status: 'in-progress' }).sid,
		});
		expect(error).toMatchObject({ context: { data: { code: 20009 } } });
	});
});

it.each(['get', 'delete'])('%s checks the SID before a request', async (operation) => {
	const { error } = await twilio.run(`transcription.${operation}`, { transcriptionSid: sampleSid('RE') });
	expect(error?.message).toBe("'Transcription SID' must be a SID: TR followed by 32 characters 0-9 and a-f");
	expect(twilio.simulator.requests).toEqual([]);
});

it("says what it covers, and that Twilio's successor is another API", () => {
	expect(transcription.description).toMatch(/Record transcribe.*successor, Batch Transcription/s);
	for (const { value, description } of transcription.operations.filter(({ access }) => access === 'read')) {
		expect([value, description]).toEqual([value, expect.stringMatching(/Record transcribe.*Batch Transcription/)]);
	}
});

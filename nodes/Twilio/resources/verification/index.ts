import { defineResource } from '../../operation/defineResource';
import { checkVerification } from './check';
import { sendVerification } from './send';

export const verification = defineResource({
	name: 'Verification',
	value: 'verification',
	description: 'One-time codes of Twilio Verify',
	operations: [sendVerification, checkVerification],
});

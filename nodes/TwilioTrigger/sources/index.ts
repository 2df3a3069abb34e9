import type { PollSource } from '../pollSource';
import { callEnded } from './callEnded';
import { newAlert } from './newAlert';
import { newCall } from './newCall';
import { newMessage } from './newMessage';
import { newPhoneNumber } from './newPhoneNumber';
import { newRecording } from './newRecording';
import { newTranscription } from './newTranscription';

/** What the trigger can watch, one file each; the first is the default. The selector and the fields follow from it. */
export const sources: readonly PollSource[] = [
	newMessage,
	newCall,
	callEnded,
	newRecording,
	newTranscription,
	newAlert,
	newPhoneNumber,
];

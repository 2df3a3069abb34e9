import { defineResource } from '../../operation/defineResource';
import { deleteRecording } from './delete';
import { downloadRecording } from './download';
import { getRecording } from './get';
import { getManyRecordings } from './getAll';

export const recording = defineResource({
	name: 'Recording',
	value: 'recording',
	description: 'Recordings of calls and conferences',
	operations: [getManyRecordings, getRecording, downloadRecording, deleteRecording],
});

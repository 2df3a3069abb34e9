import { defineResource } from '../../operation/defineResource';
import { deleteMedia } from './delete';
import { downloadMedia } from './download';
import { getManyMedia } from './getAll';

export const media = defineResource({
	name: 'Media',
	value: 'media',
	description: 'Pictures and other files of messages',
	operations: [getManyMedia, downloadMedia, deleteMedia],
});

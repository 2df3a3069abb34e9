export { searchApplications } from './searchApplications';
export { searchContentTemplates } from './searchContentTemplates';
export { searchMessages } from './searchMessages';
export { searchMessagingServices } from './searchMessagingServices';
export { searchSenders } from './searchSenders';

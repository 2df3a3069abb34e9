import type { Resource } from '../operation/defineResource';
import { media } from './media';
import { message } from './message';

/** The table of contents: selectors, display rules, the router and the documentation's tables follow from it. */
export const resources: readonly Resource[] = [message, media];

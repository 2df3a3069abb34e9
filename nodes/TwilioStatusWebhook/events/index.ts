import { callStatus } from './callStatus';
import { machineDetection } from './machineDetection';
import { messageStatus } from './messageStatus';
import { recordingStatus } from './recordingStatus';
import type { StatusEvent } from './statusEvent';

/** The table of contents: the selector, the choice of statuses and what a callback means follow from it. */
export const events: readonly StatusEvent[] = [messageStatus, callStatus, recordingStatus, machineDetection];

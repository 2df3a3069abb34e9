/** A pinned, real n8n under script control: install, start, talk to, stop. */
export * from './executions';
export { installN8n } from './install';
export { packageFolder, unpackIntoN8n } from './packageInstall';
export { packPackage } from './packPackage';
export { packageName } from './paths';
export * from './restClient';
export { peakMemory, startN8n, type RestartOptions, type RunningN8n, type StartOptions } from './start';
export { waitUntil } from './waitUntil';

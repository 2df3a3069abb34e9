import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where systems put it. `CHROMIUM_PATH` names another place. */
const usualPlaces = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const args = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// No name but this machine's leads anywhere.
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/**
 * Starts the Chromium of this machine.
 *
 * @throws Error that says what to install when there is none
 */
export async function launchChromium(): Promise<Browser> {
	return await chromium.launch({ executablePath: findChromium(), args });
}

function findChromium(): string {
	const chosen = process.env.CHROMIUM_PATH;
	const found = chosen === undefined ? usualPlaces.find((place) => existsSync(place)) : chosen;
	if (found === undefined || !existsSync(found)) {
		throw new Error(
			`The browser test needs Chromium, and there is none ${chosen === undefined ? `in ${usualPlaces.join(', ')}` : `at ${chosen}`}. ` +
				'Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome.',
		);
	}
	return found;
}

import http from 'node:http';
import https from 'node:https';

/**
 * Runs before each test file, and so before its nock. Jest gives each file its own nock but all files of a worker the
 * same `http`: a file that fails while it is being loaded never undoes its interception, and the next would inherit it.
 */
interface Pristine {
	http: Pick<typeof http, 'ClientRequest' | 'get' | 'request'>;
	https: Pick<typeof https, 'get' | 'request'>;
}

const key = Symbol.for('n8n-nodes-twilio.pristine');
const shared = http as unknown as Record<symbol, Pristine | undefined>;
const pristine = (shared[key] ??= {
	http: { ClientRequest: http.ClientRequest, get: http.get, request: http.request },
	https: { get: https.get, request: https.request },
});

Object.assign(http, pristine.http);
Object.assign(https, pristine.https);

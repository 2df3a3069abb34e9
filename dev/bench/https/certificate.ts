import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A certificate that signs for itself, made for one run. */
export interface Certificate {
	readonly key: Buffer;
	readonly cert: Buffer;
	/** Where `cert` is, for Node.js' NODE_EXTRA_CA_CERTS. */
	readonly certFile: string;
	/** Removes it from the disk. */
	remove(): Promise<void>;
}

/**
 * Makes a certificate for a host name with the openssl command. Its elliptic key keeps the server's part of a handshake
 * small: it shares the machine with what is measured, which Twilio does not.
 *
 * @throws Error when there is no openssl
 */
export async function createCertificate(host: string): Promise<Certificate> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-nodes-twilio-certificate-'));
	const remove = async () => await rm(folder, { recursive: true, force: true });
	const [keyFile, certFile] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
	try {
		await promisify(execFile)('openssl', [
			...['req', '-x509', '-nodes', '-days', '2'],
			...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
			...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
			...['-keyout', keyFile, '-out', certFile],
		]);
		return { key: await readFile(keyFile), cert: await readFile(certFile), certFile, remove };
	} catch (error) {
		await remove();
		throw new Error('The openssl command (1.1.1 or newer) could not make a certificate', { cause: error });
	}
}

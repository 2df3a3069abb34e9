import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail server that takes every mail and sends none. */
export interface SmtpServer {
	port: number;
	/** What was given for sending, headers and text, in the order it came. */
	mails: string[];
	close(): Promise<void>;
}

/** Starts a mail server on this machine; it speaks as much SMTP as it takes to hand over a mail. */
export async function startSmtpServer(): Promise<SmtpServer> {
	const mails: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket)).on('error', () => {});
		let input = '';
		let isMail = false;
		const say = (line: string) => socket.write(`${line}\r\n`);
		const answer = (command: string) => {
			if (command.startsWith('EHLO') || command.startsWith('HELO')) say('250 localhost');
			else if (command === 'DATA') {
				isMail = true;
				say('354 Go ahead');
			} else if (command === 'QUIT') {
				say('221 Bye');
				socket.end();
			} else say('250 OK');
		};
		socket.setEncoding('utf8').on('data', (text: string) => {
			input += text;
			for (;;) {
				const end = isMail ? '\r\n.\r\n' : '\r\n';
				const at = input.indexOf(end);
				if (at < 0) return;
				const part = input.slice(0, at);
				input = input.slice(at + end.length);
				if (!isMail) answer(part);
				else {
					isMail = false;
					mails.push(part);
					say('250 OK');
				}
			}
		});
		say('220 localhost');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		mails,
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/**
 * Loaded into n8n before n8n itself: TLS connections to one host lead to a port of this machine, as if the name resolved to
 * it. Names are not looked up; everything else is as it would be, the check of the certificate's name included.
 */
const tls = require('node:tls');

const { BENCH_REROUTED_HOST: host, BENCH_REROUTED_PORT: port } = process.env;
const connect = tls.connect;

if (host && port) {
	tls.connect = function (options, ...rest) {
		if (options?.host !== host) return connect.call(this, options, ...rest);
		return connect.call(this, { ...options, host: '127.0.0.1', port: Number(port), servername: host }, ...rest);
	};
}

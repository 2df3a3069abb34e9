/**
 * Loaded into n8n before n8n itself: when the process that started it is gone, however it ended, this one ends as well and
 * takes its task runner along.
 */
if (process.channel) {
	process.once('disconnect', () => {
		try {
			process.kill(-process.pid, 'SIGKILL');
		} catch {
			process.kill(process.pid, 'SIGKILL');
		}
	});
	process.channel.unref();
}

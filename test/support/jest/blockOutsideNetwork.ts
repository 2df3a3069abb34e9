import nock from 'nock';

/** A request that no test expects fails instead of leaving the machine; servers a test starts itself are reachable. */
nock.disableNetConnect();
nock.enableNetConnect(/^(localhost|127\.0\.0\.1|\[?::1\]?)(:\d+)?$/);

// Jest gives each test file its own nock but the same `http`, so each has to undo its own interception.
afterAll(() => {
	nock.cleanAll();
	nock.restore();
});

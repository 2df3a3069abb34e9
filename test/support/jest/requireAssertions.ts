/** A test whose assertions all stand where they were not reached has shown nothing, and fails. */
beforeEach(() => expect.hasAssertions());

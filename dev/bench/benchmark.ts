/** Something that is measured, for people to read. */
export interface Benchmark {
	/** What `npm run bench -- <name>` runs it by. */
	readonly name: string;
	/** What is done, in one line. */
	readonly title: string;
	/** @throws Error when it could not be measured, never because of a figure */
	run(setup: BenchmarkSetup): Promise<Finding[]>;
}

/** What every benchmark is given. */
export interface BenchmarkSetup {
	/** Our package as npm would publish it. */
	readonly tarball: string;
	/** Less work and fewer repetitions: shows that the benchmark works; its figures mean little. */
	readonly quick: boolean;
	/** Receives one line about the progress at a time. */
	readonly log: (line: string) => void;
}

/** One figure. */
export interface Finding {
	readonly what: string;
	readonly measured: string;
	readonly target?: Target;
}

/** What a figure should be. */
export interface Target {
	readonly text: string;
	readonly isMet: boolean;
}

/** Bytes in the megabytes that figures and targets are given in. */
export const megabyte = 1024 * 1024;

/** The value in the middle; the mean of the two in the middle when their number is even. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
	const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
	return (lower + upper) / 2;
}

/** The median of some measurements with the smallest and the largest: `1.23 s (1.20–1.31, 3 runs)`. */
export function spread(values: readonly number[], unit: string, digits = 2): string {
	const middle = `${median(values).toFixed(digits)} ${unit}`;
	if (values.length === 1) return `${middle} (1 run)`;
	const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
	return `${middle} (${least}–${most}, ${values.length} runs)`;
}

/**
 * The workflows that the polling trigger has polled for in this process.
 *
 * n8n saves the static data of a workflow as a whole, and the status trigger's copy of it is as old as its callback: saved
 * right after a poll, it would set the polling trigger back, which would then emit rows a second time after a restart. So
 * the status trigger does not write to the static data of these workflows.
 */
const polled = new Set<string>();

/** Notes that a workflow has a polling trigger. */
export function notePolled(workflowId: string | undefined): void {
	if (workflowId !== undefined) polled.add(workflowId);
}

/** Whether a workflow is known to have a polling trigger. */
export function isPolled(workflowId: string | undefined): boolean {
	return workflowId !== undefined && polled.has(workflowId);
}

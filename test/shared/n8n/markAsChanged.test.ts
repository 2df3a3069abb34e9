import type { IDataObject } from 'n8n-workflow';

import { markAsChanged } from '../../../nodes/shared/n8n/markAsChanged';
import { createWorkflow } from '../../support/n8n/workflow';

/* Against n8n's own `Workflow`: it decides by `__dataChanged` whether it saves. */

const workflowOf = (staticData: IDataObject) => createWorkflow({ nodes: [], nodeTypes: {}, staticData });

it('marks static data that a second workflow of the same data has taken the mark from', async () => {
	const first = workflowOf({ global: { mine: 1 } });
	const data = first.getStaticData('global');
	data.twilioExtended = { memories: {} };
	const marked = markAsChanged(data);
	const { staticData } = first;
	expect(staticData.__dataChanged).toBe(true);
	workflowOf(staticData);
	// If this is true, n8n saves without our doing, and `markAsChanged` can go.
	expect(staticData.__dataChanged).toBe(false);
	await marked;
	expect(staticData.__dataChanged).toBe(true);
	expect(staticData).toEqual({ global: { mine: 1, twilioExtended: { memories: {} } } });
});

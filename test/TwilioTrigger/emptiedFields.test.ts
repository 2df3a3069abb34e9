import { useSimulatedTrigger, valuesOf } from './simulatedTrigger';

const trigger = useSimulatedTrigger();

it.each(['={{ undefined }}', '={{ null }}', '={{ "" }}'])(
	'a limit whose expression gives nothing is the usual one, and no row is lost: %s',
	async (limit) => {
		const workflow = trigger.workflow({ event: 'newMessage', limit });
		await workflow.activate();
		const bodies = Array.from({ length: 60 }, (_, n) => String(n));
		for (const body of bodies) {
			trigger.wait(1);
			trigger.simulator.receive({ from: '+14155550123', to: '+14155550100', body });
		}
		trigger.wait(60);
		const polls = [await workflow.poll(), await workflow.poll()].map((rows) => valuesOf(rows, 'body'));
		expect(polls).toEqual([bodies.slice(0, 50), bodies.slice(50)]);
	},
);

/**
 * The floor plan as rules; CONTRIBUTING.md has the picture. `npm run lint` checks them.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */

/** The rooms of nodes/shared/, and which of the others each may use. Rooms not named may not be used. */
const rooms = {
	api: [],
	fields: ['api'],
	lists: ['api', 'fields'],
	dropdowns: ['api', 'lists'],
	n8n: ['api', 'fields'],
	webhook: ['api', 'fields', 'n8n'],
};

const inRooms = (names) => names.map((name) => `^nodes/shared/${name}/`);

export default {
	forbidden: [
		{
			name: 'no-circle',
			comment: 'No file may need itself, however many others lie between.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		...Object.entries(rooms).map(([room, others]) => ({
			name: `shared-${room}`,
			comment: `nodes/shared/${room} may use ${others.map((other) => `nodes/shared/${other}`).join(', ') || 'nothing of ours'}.`,
			severity: 'error',
			from: { path: `^nodes/shared/${room}/` },
			to: { path: '^(nodes|credentials)/', pathNot: inRooms([room, ...others]) },
		})),
		{
			name: 'shared-has-rooms',
			comment: 'Every file of nodes/shared is in one of its rooms.',
			severity: 'error',
			from: {},
			to: { path: '^nodes/shared/', pathNot: inRooms(Object.keys(rooms)) },
		},
		{
			name: 'no-node-needs-another',
			comment: 'What two nodes need is in nodes/shared.',
			severity: 'error',
			from: { path: '^nodes/(?!shared/)([^/]+)/' },
			to: { path: '^nodes/(?!shared/)', pathNot: '^nodes/$1/' },
		},
		{
			name: 'action-node-downwards',
			comment: 'Twilio.node → resources → operation, fields.',
			severity: 'error',
			from: { path: '^nodes/Twilio/(operation|fields)/' },
			to: { path: '^nodes/Twilio/resources/' },
		},
		{
			name: 'polling-trigger-downwards',
			comment: 'TwilioTrigger.node → sources → engine.',
			severity: 'error',
			from: { path: '^nodes/TwilioTrigger/engine/' },
			to: { path: '^nodes/TwilioTrigger/', pathNot: '^nodes/TwilioTrigger/engine/' },
		},
		{
			name: 'engine-is-pure',
			comment: 'The engine knows neither n8n nor HTTP; that is why it can be tried with thousands of histories.',
			severity: 'error',
			from: { path: '^nodes/TwilioTrigger/engine/' },
			to: {
				path: '(^|/)node_modules/n8n-(workflow|core)/|^nodes/shared/',
				pathNot: '^nodes/shared/(lists/listDate|api/parameters)\\.ts$',
			},
		},
		{
			name: 'nodes-are-at-the-top',
			comment: 'Nothing of ours needs a *.node.ts but n8n, and what starts or tests it.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^nodes/.*\\.node\\.ts$' },
		},
		{
			name: 'package-without-tools',
			comment: 'What is published needs nothing of dev/ and test/.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(dev|test)/' },
		},
		{
			name: 'simulator-knows-no-product',
			comment:
				'A simulator made of the code that it tests would repeat its mistakes. Only what reads any URL is shared: `URL.canParse`, which it would use instead, is wrong in Node.js 20 once it has been called often.',
			severity: 'error',
			from: { path: '^dev/simulator/' },
			to: { path: '^(nodes|credentials|test)/', pathNot: '^nodes/shared/api/parseUrl\\.ts$' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(dist|coverage)/' },
		// Types count as well: a circle of them is a circle for whoever reads.
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'] },
	},
};

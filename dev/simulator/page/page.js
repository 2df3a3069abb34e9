/* The simulator's page: shows what /simulator/events tells, and posts what a person wants to happen. */

/** Shown things by kind and id, and the list item of each. */
const shown = { message: new Map(), call: new Map(), callback: new Map(), request: new Map(), number: new Map() };

const moods = {
	good: ['delivered', 'read', 'received', 'completed', 'sent'],
	bad: ['failed', 'undelivered', 'busy', 'no-answer'],
	busy: ['queued', 'accepted', 'scheduled', 'sending', 'ringing', 'in-progress', 'receiving'],
};

const moodOf = (status) => Object.keys(moods).find((mood) => moods[mood].includes(status)) ?? '';
const moodOfCode = (code) => (code === 0 ? 'bad' : code < 300 ? 'good' : code < 400 ? '' : 'bad');

function element(name, className, ...children) {
	const node = document.createElement(name);
	if (className) node.className = className;
	node.append(...children);
	return node;
}

function pill(text, mood) {
	const node = element('span', 'status', text);
	node.dataset.mood = mood;
	return node;
}

function clock(date) {
	const time = date ? new Date(date) : undefined;
	const node = element('time', 'when', time ? time.toLocaleTimeString([], { hour12: false }) : '–');
	if (time) {
		node.dateTime = time.toISOString();
		node.title = time.toLocaleString();
	}
	return node;
}

const arrow = (direction) => (direction === 'inbound' ? '← in' : '→ out');
const ends = ({ direction, from, to }) =>
	element('span', 'who', `${arrow(direction)}   ${from ?? 'Messaging Service'} → ${to}`);

function errorNote({ errorCode, errorMessage }) {
	if (!errorCode) return [];
	const link = element('a', '', `Error ${errorCode}`);
	link.href = `https://www.twilio.com/docs/api/errors/${errorCode}`;
	link.rel = 'noreferrer';
	link.target = '_blank';
	return [element('span', 'note', link, errorMessage ? `: ${errorMessage}` : '')];
}

/** Whether all there was is shown; what comes now is new. */
let isReady = false;

/** What a list item of each kind consists of. */
const render = {
	message: (thing) => [
		clock(thing.time),
		ends(thing),
		pill(thing.status, moodOf(thing.status)),
		element('span', 'what', thing.body, thing.media ? ` [${thing.media} media]` : ''),
		...errorNote(thing),
	],
	call: (thing) => [
		clock(thing.time),
		ends(thing),
		pill(thing.status + (thing.duration ? `, ${thing.duration} s` : ''), moodOf(thing.status)),
	],
	callback: (thing) => [
		element('span', 'when', thing.event ?? ''),
		element('span', 'who code', thing.url),
		pill(thing.status === 0 ? 'no answer' : String(thing.status), moodOfCode(thing.status)),
		element('span', 'about code', thing.about ?? ''),
	],
	request: (thing) => [
		element('span', 'when code', thing.method),
		element('span', 'who code', thing.operation ?? `${thing.product} ${thing.path}`),
		pill(thing.status === 0 ? '…' : String(thing.status), thing.status === 0 ? 'busy' : moodOfCode(thing.status)),
		...errorNote(thing),
	],
};

function card(kind) {
	return document.querySelector(`section[data-kind="${kind}"]`);
}

function count(kind) {
	const size = shown[kind].size;
	card(kind).querySelector('.count').textContent = size ? String(size) : '';
}

/** Adds a thing on top of its list, or changes it where it stands. */
function show(kind, thing) {
	const before = shown[kind].get(thing.id);
	const item = element('li', isReady ? 'changed' : '', ...render[kind](thing));
	if (before) before.replaceWith(item);
	else card(kind).querySelector('ol').prepend(item);
	shown[kind].set(thing.id, item);
	count(kind);
}

function remove(kind, id) {
	shown[kind].get(id)?.remove?.();
	shown[kind].delete(id);
	if (kind === 'number') showNumbers();
	else count(kind);
}

function showNumbers() {
	const select = document.querySelector('select[name="to"]');
	const chosen = select.value;
	const options = [...shown.number.values()].map(({ id, name, canText, canCall }) => {
		const limits = !canText ? ', calls only' : !canCall ? ', texts only' : '';
		return new Option(`${id} (${name}${limits})`, id, false, id === chosen);
	});
	select.replaceChildren(...options);
}

function showAccount({ accountSid, authToken, apiKeySid, apiKeySecret, baseUrl }) {
	const values = {
		'Base URL': baseUrl,
		'Account SID': accountSid,
		'Auth Token': authToken,
		'API Key SID': apiKeySid,
		'API Key Secret': apiKeySecret,
	};
	const rows = Object.entries(values).flatMap(([name, value]) => {
		const copy = element('button', 'copy', 'Copy');
		copy.type = 'button';
		copy.ariaLabel = `Copy ${name}`;
		copy.addEventListener('click', async () => {
			await navigator.clipboard.writeText(value);
			copy.textContent = 'Copied';
		});
		return [element('dt', '', name, copy), element('dd', '', value)];
	});
	document.querySelector('#account').replaceChildren(...rows);
}

async function post(path, body, outcome, done) {
	const answer = await fetch(`/simulator/${path}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	}).catch(() => undefined);
	const { message } = answer ? await answer.json() : { message: 'The simulator does not answer' };
	outcome.dataset.bad = String(!answer?.ok);
	outcome.textContent = answer?.ok ? done : message;
}

for (const kind of Object.keys(render)) {
	const { dataset } = card(kind);
	card(kind).querySelector('ol').dataset.empty = dataset.empty;
}

const connection = document.querySelector('#connection');
function setConnection(state) {
	connection.dataset.state = state;
	connection.textContent = state;
}

const events = new EventSource('/simulator/events');
events.addEventListener('open', () => {
	// The stream starts with everything there is.
	for (const kind of Object.keys(shown)) for (const id of [...shown[kind].keys()]) remove(kind, id);
	isReady = false;
	setConnection('live');
});
events.addEventListener('ready', () => (isReady = true));
events.addEventListener('error', () => setConnection('lost'));
for (const kind of Object.keys(render)) {
	events.addEventListener(kind, ({ data }) => show(kind, JSON.parse(data)));
}
events.addEventListener('account', ({ data }) => showAccount(JSON.parse(data)));
events.addEventListener('number', ({ data }) => {
	const number = JSON.parse(data);
	shown.number.set(number.id, number);
	showNumbers();
});
events.addEventListener('gone', ({ data }) => {
	const { kind, id } = JSON.parse(data);
	if (kind in shown) remove(kind, id);
});

document.querySelector('#outside').addEventListener('submit', (event) => {
	event.preventDefault();
	const action = event.submitter?.value ?? 'messages';
	const { from, to, body } = Object.fromEntries(new FormData(event.target));
	const outcome = document.querySelector('#outside-outcome');
	void post(action, { from, to, body }, outcome, action === 'calls' ? 'It rings.' : 'It arrived.');
});

for (const button of document.querySelectorAll('#faults button')) {
	button.addEventListener('click', () => {
		const outcome = document.querySelector('#fault-outcome');
		void post('faults', { fault: button.value }, outcome, `The next request: ${button.textContent.toLowerCase()}.`);
	});
}

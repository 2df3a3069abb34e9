import { errorFields } from '../../../nodes/shared/api/errorDocument';

const xml = (fields: string) =>
	`<?xml version='1.0'?>\n<TwilioResponse><RestException>${fields}</RestException></TwilioResponse>`;

it('reads JSON as it is', () => {
	expect(errorFields({ code: 1, title: 'x' })).toEqual({ code: 1, title: 'x' });
});

it("reads Twilio's XML under the names of JSON", () => {
	const document = xml(
		'<Code>16113</Code><Message>a &amp;lt; &lt;b&gt; &#39;</Message><MoreInfo>https://x/?a=1&amp;b=2</MoreInfo><Status>400</Status>',
	);
	expect(errorFields(document)).toEqual({
		code: 16113,
		message: 'a &lt; <b> &#39;',
		more_info: 'https://x/?a=1&b=2',
	});
});

it.each([
	['XML without a code', xml('<Message>Gone</Message>'), { message: 'Gone' }],
	['other XML', '<Error><Code>AccessDenied</Code><Message>no</Message></Error>', {}],
	['a page', '<html>Bad Gateway</html>', {}],
	['nothing', null, {}],
])('reads only what is there: %s', (_, body, expected) => {
	expect(JSON.parse(JSON.stringify(errorFields(body)))).toEqual(expected);
});

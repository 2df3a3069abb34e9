/** Methods that Twilio can call a URL with, for fields of type `options`. */
export const httpMethods = [
	{ name: 'GET', value: 'GET' },
	{ name: 'POST', value: 'POST' },
] as const;

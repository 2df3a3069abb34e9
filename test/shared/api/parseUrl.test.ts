import { parseUrl } from '../../../nodes/shared/api/parseUrl';

it('gives the URL, and nothing for what is none', () => {
	expect(parseUrl('https://example.com/gr\u00fcn')?.pathname).toBe('/gr%C3%BCn');
	expect(parseUrl('example.com')).toBeUndefined();
	expect(parseUrl('/path', 'https://example.com')?.href).toBe('https://example.com/path');
});

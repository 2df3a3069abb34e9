/** The basic GSM alphabet and its extension table, whose characters count twice. */
const basic = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;
const extended = /[\^{}\\[~\]|€]/g;

/** Number of SMS a text takes. @see https://www.twilio.com/docs/glossary/what-sms-character-limit */
export function countSegments(text: string): number {
	const isGsm = basic.test(text);
	const length = isGsm ? text.length + (text.match(extended)?.length ?? 0) : text.length;
	const [single, part] = isGsm ? [160, 153] : [70, 67];
	return length <= single! ? 1 : Math.ceil(length / part!);
}

/**
 * Senders that always fail, with their error code. Twilio knows them with test credentials only, the simulator always.
 * @see https://www.twilio.com/docs/iam/test-credentials
 */
export const magicMessageSenders: Partial<Record<string, number>> = {
	'+15005550001': 21212,
	'+15005550007': 21606,
	'+15005550008': 21611,
};

/** Recipients that always fail, with their error code. */
export const magicMessageRecipients: Partial<Record<string, number>> = {
	'+15005550001': 21211,
	'+15005550002': 21612,
	'+15005550003': 21408,
	'+15005550004': 21610,
	'+15005550009': 21614,
};

/** The same for calls: who calls … */
export const magicCallers: Partial<Record<string, number>> = { '+15005550001': 21212 };

/** … and who is called. */
export const magicCallRecipients: Partial<Record<string, number>> = {
	'+15005550001': 21217,
	'+15005550002': 21214,
	'+15005550003': 21215,
	'+15005550004': 21216,
};

/** Numbers that nobody can buy, with their error code. */
export const magicPurchases: Partial<Record<string, number>> = { '+15005550000': 21422, '+15005550001': 21421 };

/** Area codes without a number left. */
export const magicAreaCodes: Partial<Record<string, number>> = { '533': 21452 };
